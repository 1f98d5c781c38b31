import { EARTH_RADIUS_M } from './distance.ts'
import { type AreaGeometry, polygonsOf, type Ring } from './geojson.ts'

/** Square metres on the ground of shells without their holes, on the mean sphere; edges are straight in degrees, as RFC 7946 says. */
export function areaM2(geometry: AreaGeometry): number {
  let sum = 0
  for (const [shell, ...holes] of polygonsOf(geometry)) {
    if (!shell) continue
    sum += Math.abs(ringAreaM2(shell))
    for (const hole of holes) sum -= Math.abs(ringAreaM2(hole))
  }
  return sum
}

/** Square metres inside a ring, positive when it runs counter-clockwise. A ring that crosses itself gets the lobes' difference. */
export function ringAreaM2(ring: Ring): number {
  const radians = Math.PI / 180
  const first = ring[0]
  const last = ring.at(-1)
  if (!first || !last) return 0
  const sinFirst = Math.sin(first[1] * radians)
  let sum = 0
  let from = last
  for (const to of ring) {
    // The integral of sin φ along the edge, exact: sin of the middle times sin(δ)/δ. Less the first point's, for the digits.
    const half = ((to[1] - from[1]) * radians) / 2
    const middle = Math.sin(((to[1] + from[1]) * radians) / 2)
    const mean = Math.abs(half) < 1e-8 ? middle : (middle * Math.sin(half)) / half
    sum -= (to[0] - from[0]) * radians * (mean - sinFirst)
    from = to
  }
  return sum * EARTH_RADIUS_M * EARTH_RADIUS_M
}
