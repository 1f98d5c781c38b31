import { type AreaGeometry, polygonsOf } from './geojson.ts'

/** [west, south, east, north], degrees. */
export type Bbox = readonly [west: number, south: number, east: number, north: number]

/** The smallest box around all shells; null when there is no point at all. */
export function bboxOf(geometries: Iterable<AreaGeometry>): Bbox | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const geometry of geometries)
    for (const rings of polygonsOf(geometry))
      for (const [lng, lat] of rings[0] ?? []) {
        if (lng < west) west = lng
        if (lng > east) east = lng
        if (lat < south) south = lat
        if (lat > north) north = lat
      }
  return west <= east ? [west, south, east, north] : null
}
