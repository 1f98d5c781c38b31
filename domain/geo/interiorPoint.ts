import type { LngLat } from '../incident/facts.ts'
import { type AreaGeometry, type Position, polygonsOf, type Ring } from './geojson.ts'
import { isOdd } from './pointInPolygon.ts'

type Square = {
  readonly x: number
  readonly y: number
  readonly half: number
  readonly reach: number
  readonly most: number
}

/**
 * A place strictly inside an area, about as far from every edge as can be (within 2 %): where its name is written. Null when the
 * area is too thin for a double to lie inside. Source: Mapbox polylabel, the grid search for the pole of inaccessibility.
 */
export function interiorPoint(geometry: AreaGeometry): LngLat | null {
  let best: Square | null = null
  for (const rings of polygonsOf(geometry)) {
    const found = poleOf(rings)
    if (found && (!best || found.reach > best.reach)) best = found
  }
  return best && { lng: best.x, lat: best.y }
}

function poleOf(rings: readonly Ring[]): Square | null {
  const shell = rings[0]
  if (!shell || shell.length < 3) return null
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lng, lat] of shell) {
    ;[west, south] = [Math.min(west, lng), Math.min(south, lat)]
    ;[east, north] = [Math.max(east, lng), Math.max(north, lat)]
  }
  // Distances are measured in degrees of latitude: a degree of longitude is shorter by cos φ.
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const squareAt = (x: number, y: number, half: number): Square => {
    const reach = signedDistance(rings, x, y, squeeze)
    return { x, y, half, reach, most: reach + half * Math.hypot(1, squeeze) }
  }
  let best = spanMiddle(rings, south, north, (x, y) => squareAt(x, y, 0))
  const half = Math.max(Math.min(east - west, north - south), Math.max(east - west, north - south) / 16) / 2
  const queue: Square[] = []
  for (let x = west + half; x - half < east; x += 2 * half)
    for (let y = south + half; y - half < north; y += 2 * half) queue.push(squareAt(x, y, half))
  for (let looked = 0; looked < 2_000; looked++) {
    let at = 0
    for (let i = 1; i < queue.length; i++) if ((queue[i]?.most ?? 0) > (queue[at]?.most ?? 0)) at = i
    const [next] = queue.splice(at, 1)
    if (!next) break
    if (next.reach > (best?.reach ?? 0)) best = next
    if (next.most <= (best?.reach ?? 0) * 1.02) break
    const quarter = next.half / 2
    for (const [dx, dy] of [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ] as const)
      queue.push(squareAt(next.x + dx * quarter, next.y + dy * quarter, quarter))
  }
  return best
}

/** The middle of the widest span inside, over a few latitudes between the corners': finds slivers that no square hits. */
function spanMiddle(
  rings: readonly Ring[],
  south: number,
  north: number,
  squareAt: (x: number, y: number) => Square,
): Square | null {
  const heights = [...new Set(rings.flatMap(ring => ring.map(([, lat]) => lat)))].sort((a, b) => a - b)
  const tries = heights
    .slice(1)
    .map((lat, i) => ({ lat: (lat + (heights[i] ?? lat)) / 2, gap: lat - (heights[i] ?? lat) }))
  tries.sort((a, b) => b.gap - a.gap)
  let best: Square | null = null
  for (const lat of [(south + north) / 2, ...tries.slice(0, 12).map(each => each.lat)]) {
    const crossings = rings.flatMap(ring => crossingsOf(ring, lat)).sort((a, b) => a - b)
    for (let i = 1; i < crossings.length; i += 2) {
      const found = squareAt(((crossings[i - 1] ?? 0) + (crossings[i] ?? 0)) / 2, lat)
      if (found.reach > (best?.reach ?? 0)) best = found
    }
  }
  return best
}

function crossingsOf(ring: Ring, lat: number): number[] {
  return ring.flatMap((to, i) => {
    const from = ring.at(i - 1) ?? to
    return from[1] > lat === to[1] > lat ? [] : [from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])]
  })
}

/** To the nearest edge, in degrees of latitude; negative outside. */
function signedDistance(rings: readonly Ring[], x: number, y: number, squeeze: number): number {
  let isInside = false
  let nearest = Infinity
  for (const ring of rings) {
    if (isOdd(ring, x, y)) isInside = !isInside
    let from = ring.at(-1)
    for (const to of ring) {
      if (from) nearest = Math.min(nearest, squaredToEdge(from, to, x, y, squeeze))
      from = to
    }
  }
  return isInside ? Math.sqrt(nearest) : -Math.sqrt(nearest)
}

function squaredToEdge(a: Position, b: Position, x: number, y: number, squeeze: number): number {
  const dx = (b[0] - a[0]) * squeeze
  const dy = b[1] - a[1]
  const px = (x - a[0]) * squeeze
  const py = y - a[1]
  const length = dx * dx + dy * dy
  const along = length > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length)) : 0
  return (px - along * dx) ** 2 + (py - along * dy) ** 2
}
