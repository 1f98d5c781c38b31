import type { Bbox } from '../geo/bbox.ts'
import type { LngLat } from '../incident/facts.ts'

/** Places scattered evenly over a box, the same for the same seed: what the tests and benchmarks of heat count. */
export function scatteredPlaces(n: number, [west, south, east, north]: Bbox, seed = 1): LngLat[] {
  let state = seed
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
  return Array.from({ length: n }, () => ({
    lng: west + random() * (east - west),
    lat: south + random() * (north - south),
  }))
}
