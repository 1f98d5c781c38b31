import { union } from 'polyclip-ts'
import { areaM2, ringAreaM2 } from '#domain/geo/areaM2.ts'
import { bboxOf } from '#domain/geo/bbox.ts'
import { type AreaGeometry, geometryOf, type Position, type Ring } from '#domain/geo/geojson.ts'
import { orientation } from '#domain/geo/orientation.ts'
import { firstCrossing, isAt, type PolygonFault } from './polygonCrossings.ts'
import { isLoopWithin, loopsOf, nested } from './polygonLoops.ts'

/**
 * What became of a geometry. `repaired`: what was wrong and no longer is; `changedBy`: how much its area changed by that, as a
 * part of what it was (Infinity when it was nothing). Orientation, repeated points and altitudes are put right without a word.
 */
export type PolygonVerdict =
  | {
      readonly isValid: true
      readonly geometry: AreaGeometry
      readonly repaired: readonly PolygonFault[]
      readonly changedBy: number
    }
  | { readonly isValid: false; readonly fault: PolygonFault }

/** Judges the coordinates of a GeoJSON Polygon or MultiPolygon in degrees WGS 84: valid, repaired, or refused with reason and place. */
export function checkPolygon(type: 'Polygon' | 'MultiPolygon', coordinates: unknown): PolygonVerdict {
  const read = readPolygons(type === 'Polygon' ? [coordinates] : coordinates)
  if ('reason' in read) return { isValid: false, fault: read }
  const repaired: PolygonFault[] = []
  const closed = read.map(rings => rings.map(ring => closedRing(ring, repaired)))
  const before = areaM2(geometryOf(closed))
  const cut = closed.flatMap(rings => cutPolygon(rings, repaired))
  if (cut.length === 0) {
    const place = closed[0]?.[0]?.[0] ?? null
    return { isValid: false, fault: repaired.at(-1) ?? { reason: 'it has no ring', place } }
  }
  const { crossing, touch } = firstCrossing(cut.flat())
  const fault = crossing ?? firstMisplaced(cut)
  const whole = fault || touch ? united(cut) : cut
  if (!whole) {
    const { reason, place } = fault ?? touch ?? { reason: 'it is broken', place: null }
    return { isValid: false, fault: { reason: `${reason} and cannot be repaired`, place } }
  }
  const after = areaM2(geometryOf(whole))
  const changedBy = after === before ? 0 : before > after * 1e-9 ? Math.abs(after - before) / before : Infinity
  // A corner on an edge is no harm unless the union says otherwise; untouched positions keep shared edges shared.
  const isHarmless = !fault && changedBy < 1e-9
  const said = isHarmless ? null : (fault ?? touch)
  if (said) repaired.push(said)
  return { isValid: true, geometry: geometryOf((isHarmless ? cut : whole).map(oriented)), repaired, changedBy }
}

/** The positions of polygons, two numbers each; or the first thing that is none. */
function readPolygons(polygons: unknown): Ring[][] | PolygonFault {
  if (!Array.isArray(polygons)) return { reason: 'its coordinates are not a list of polygons', place: null }
  for (const rings of polygons) {
    if (!Array.isArray(rings) || !rings.every(Array.isArray))
      return { reason: 'a polygon is not a list of rings', place: null }
    for (const position of rings.flat()) {
      const fault = positionFault(position)
      if (fault) return fault
    }
  }
  return polygons
    .filter(rings => rings.length > 0)
    .map((rings: Position[][]) => rings.map(ring => ring.map(([lng, lat]): Position => [lng, lat])))
}

function positionFault(position: unknown): PolygonFault | null {
  if (!Array.isArray(position) || !Number.isFinite(position[0]) || !Number.isFinite(position[1]))
    return { reason: `a position is not two numbers: ${JSON.stringify(position)}`, place: null }
  const [lng, lat] = position as [number, number]
  const place: Position = [lng, lat]
  if (Math.abs(lat) > 90 && Math.abs(lat) <= 180 && Math.abs(lng) <= 90)
    return { reason: `latitude ${lat} is out of range: longitude and latitude look swapped`, place }
  if (Math.abs(lat) > 90) return { reason: `latitude ${lat} is out of range: are these degrees?`, place }
  if (Math.abs(lng) > 180) return { reason: `longitude ${lng} is out of range: are these degrees?`, place }
  return null
}

function closedRing(ring: Ring, repaired: PolygonFault[]): Ring {
  const points = ring.filter((point, i) => i === 0 || !isAt(point, ring[i - 1] ?? point))
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || (points.length > 1 && isAt(first, last))) return points
  if (points.length > 2) repaired.push({ reason: 'a ring was not closed', place: last })
  return [...points, first]
}

function cutPolygon([shell = [], ...holes]: readonly Ring[], repaired: PolygonFault[]): Ring[][] {
  const [shellLoops, ...holeLoops] = [shell, ...holes].map(ring => loopsOf(ring).filter(isNotFlat))
  const place = shell[0] ?? null
  if (!shellLoops || shellLoops.length === 0) {
    repaired.push({ reason: `a ring of ${new Set(shell.map(String)).size} different points encloses nothing`, place })
    return []
  }
  holeLoops.forEach((loops, i) => {
    if (loops.length === 0) repaired.push({ reason: 'a hole encloses nothing', place: holes[i]?.[0] ?? place })
  })
  return nested(shellLoops, holeLoops.flat())
}

/** Whether some corner lies off the line of the first edge. (An area of zero says less: the wings of a bow-tie cancel.) */
function isNotFlat([a = [0, 0], b = a, ...others]: Ring): boolean {
  return others.some(([lng, lat]) => orientation(a[0], a[1], b[0], b[1], lng, lat) !== 0)
}

/** A hole outside its shell or inside another hole, or a part inside another part; of rings that do not cross. */
function firstMisplaced(polygons: readonly Ring[][]): PolygonFault | null {
  const boxes = polygons.map(([shell = []]) => bboxOf([{ type: 'Polygon', coordinates: [shell] }]))
  for (const [i, [shell = [], ...holes]] of polygons.entries()) {
    for (const hole of holes) {
      const place = hole[0] ?? null
      if (!isLoopWithin(hole, shell)) return { reason: 'a hole lies outside its shell', place }
      if (holes.some(other => other !== hole && isLoopWithin(hole, other)))
        return { reason: 'a hole lies inside another hole', place }
    }
    for (const [k, other] of polygons.entries()) {
      const [box, around] = [boxes[i], boxes[k]]
      if (
        k === i ||
        !box ||
        !around ||
        box[0] < around[0] ||
        box[1] < around[1] ||
        box[2] > around[2] ||
        box[3] > around[3]
      )
        continue
      const [outer = [], ...outerHoles] = other
      if (isLoopWithin(shell, outer) && !outerHoles.some(hole => isLoopWithin(shell, hole)))
        return { reason: 'one part lies inside another', place: shell[0] ?? null }
    }
  }
  return null
}

/** The same ground without crossings; null when there is none, or when rounding leaves crossings again and again. */
function united(polygons: readonly Ring[][]): Ring[][] | null {
  let parts: readonly Ring[][] = polygons
  for (let round = 0; round < 3; round++) {
    try {
      const plain = parts.map(rings => rings.map(ring => ring.map(([lng, lat]): [number, number] => [lng, lat])))
      // Where edges meet within a rounding error the library returns rings of one point, drawn several times.
      parts = union(plain).flatMap(rings =>
        cutPolygon(
          rings.map(ring => closedRing(ring, [])),
          [],
        ),
      )
    } catch {
      return null // it could not close a ring, or ran too deep
    }
    if (parts.length === 0) return null
    if (!firstCrossing(parts.flat()).crossing && !firstMisplaced(parts)) return [...parts]
  }
  return null
}

/** RFC 7946: shells run counter-clockwise, holes clockwise. */
function oriented(rings: readonly Ring[]): Ring[] {
  return rings.map((ring, i) => (ringAreaM2(ring) > 0 === (i === 0) ? ring : ring.toReversed()))
}
