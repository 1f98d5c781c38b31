import { type AreaGeometry, type Position, polygonsOf, type Ring } from './geojson.ts'
import { orientation } from './orientation.ts'

/**
 * Whether an area holds a point. One rule for edges and vertices: the area that holds a point of them is the one into which a
 * tiny step east, and a far tinier step north, leads. So a point on an edge belongs to the area east of it, and on an edge that
 * runs exactly east–west to the area north of it. Areas that share an edge (the same two end points, in either direction)
 * never both hold a point of it and never both miss it: whichever ring asks, the same normalised edge is compared, exactly.
 * Inside is odd: holes, and the parts of a MultiPolygon, need no order and no orientation. Rings do not cross the antimeridian.
 */
export function holdsPoint(geometry: AreaGeometry, lng: number, lat: number): boolean {
  let isInside = false
  for (const rings of polygonsOf(geometry)) for (const ring of rings) if (isOdd(ring, lng, lat)) isInside = !isInside
  return isInside
}

/** Whether a ray from the point to the east crosses the ring an odd number of times; closed by itself when the ring is not. */
export function isOdd(ring: Ring, lng: number, lat: number): boolean {
  let isInside = false
  let from = ring.at(-1)
  for (const to of ring) {
    if (from && isCrossed(from, to, lng, lat)) isInside = !isInside
    from = to
  }
  return isInside
}

/** Whether a ray from the point to the east crosses an edge, under the rule above. */
export function isCrossed(a: Position, b: Position, lng: number, lat: number): boolean {
  const isAbove = a[1] > lat
  if (isAbove === b[1] > lat) return false
  if (lng > a[0] && lng > b[0]) return false
  if (lng < a[0] && lng < b[0]) return true
  // Always from the southern to the northern end: strictly left of the upward edge is west of it.
  return isAbove ? orientation(b[0], b[1], a[0], a[1], lng, lat) > 0 : orientation(a[0], a[1], b[0], b[1], lng, lat) > 0
}
