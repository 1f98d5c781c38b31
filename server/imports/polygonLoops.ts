import { ringAreaM2 } from '#domain/geo/areaM2.ts'
import type { Position, Ring } from '#domain/geo/geojson.ts'
import { interiorPoint } from '#domain/geo/interiorPoint.ts'
import { isOdd } from '#domain/geo/pointInPolygon.ts'

/**
 * A closed ring cut where it comes back to one of its own corners, into closed loops that do not. A way out and back along the
 * same edge encloses nothing and disappears. Quantised files are full of such touches; cutting moves no position.
 */
export function loopsOf(ring: Ring): Ring[] {
  const loops: Ring[] = []
  const walked: Position[] = []
  const places = new Map<string, number>()
  for (const point of ring) {
    const key = cornerKey(point)
    const before = places.get(key)
    if (before === undefined) {
      places.set(key, walked.length)
      walked.push(point)
      continue
    }
    const loop = walked.splice(before + 1)
    for (const corner of loop) places.delete(cornerKey(corner))
    const start = walked[before] ?? point
    if (loop.length >= 2) loops.push([start, ...loop, start])
  }
  return loops
}

/**
 * Polygons (a shell, then its holes) made of the loops of a shell and of its holes. A loop of the shell that lies within another
 * is a hole of it when it runs the other way round, and covers nothing new when it runs the same way.
 */
export function nested(shellLoops: readonly Ring[], holes: readonly Ring[]): Ring[][] {
  const bySize = shellLoops
    .map(ring => ({ ring, area: ringAreaM2(ring) }))
    .sort((a, b) => Math.abs(b.area) - Math.abs(a.area))
  const polygons: { readonly isForward: boolean; readonly rings: Ring[] }[] = []
  for (const { ring, area } of bySize) {
    const around = polygons.findLast(({ rings: [shell] }) => shell && isLoopWithin(ring, shell))
    if (!around) polygons.push({ isForward: area > 0, rings: [ring] })
    else if (around.isForward !== area > 0) around.rings.push(ring)
  }
  for (const hole of holes)
    (polygons.find(({ rings: [shell] }) => shell && isLoopWithin(hole, shell)) ?? polygons[0])?.rings.push(hole)
  return polygons.map(({ rings }) => rings)
}

/** Whether a loop lies within another that it does not cross: any corner tells that is not a corner of both. */
export function isLoopWithin(loop: Ring, other: Ring): boolean {
  const corners = new Set(other.map(cornerKey))
  const [lng, lat] = loop.find(corner => !corners.has(cornerKey(corner))) ?? []
  if (lng !== undefined && lat !== undefined) return isOdd(other, lng, lat)
  const inner = interiorPoint({ type: 'Polygon', coordinates: [loop] })
  return inner !== null && isOdd(other, inner.lng, inner.lat)
}

function cornerKey([lng, lat]: Position): string {
  return `${lng},${lat}`
}
