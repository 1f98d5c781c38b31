import type { Position, Ring } from '#domain/geo/geojson.ts'
import { orientation } from '#domain/geo/orientation.ts'

export type PolygonFault = { readonly reason: string; readonly place: Position | null }

type Edge = {
  readonly from: Position
  readonly to: Position
  readonly ring: number
  readonly isNext: (other: Edge) => boolean
}

/**
 * The first place where rings (closed, without repeated points in a row) cross or run along each other or themselves; and the
 * first where a corner of one only lies on an edge (`touch`). Corners that meet corners are neither. Exact: the turns are.
 */
export function firstCrossing(rings: readonly Ring[]): { crossing: PolygonFault | null; touch: PolygonFault | null } {
  let touch: PolygonFault | null = null
  const edges = rings.flatMap(edgesOf)
  const seen = new Set<number>()
  for (const cell of cellsOf(edges))
    for (let i = 0; i < cell.length; i++)
      for (let j = i + 1; j < cell.length; j++) {
        const [a, b] = [cell[i], cell[j]]
        if (a === undefined || b === undefined) continue
        const pair = a * edges.length + b
        const [one, other] = [edges[a], edges[b]]
        if (!one || !other || !boxesMeet(one, other) || seen.has(pair)) continue
        seen.add(pair)
        const crossing = crossingOf(one, other)
        if (crossing) return { crossing, touch }
        touch ??= touchOf(one, other)
      }
  return { crossing: null, touch }
}

function edgesOf(points: Ring, ring: number): Edge[] {
  const last = points.length - 2
  return points.slice(1).map((to, i) => ({
    from: points[i] ?? to,
    to,
    ring,
    isNext: other => other.ring === ring && (other.from === to || (i === last && other.from === points[0])),
  }))
}

/** Numbers of the edges whose box touches a cell, for each cell of a grid with about as many cells as there are edges. */
function cellsOf(edges: readonly Edge[]): number[][] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { from } of edges) {
    ;[west, east] = [Math.min(west, from[0]), Math.max(east, from[0])]
    ;[south, north] = [Math.min(south, from[1]), Math.max(north, from[1])]
  }
  const side = Math.max(1, Math.ceil(Math.sqrt(edges.length)))
  const cell = (value: number, low: number, high: number) =>
    high > low ? Math.min(side - 1, Math.floor(((value - low) / (high - low)) * side)) : 0
  const cells: number[][] = Array.from({ length: side * side }, () => [])
  edges.forEach(({ from, to }, edge) => {
    const [left, right] = [cell(Math.min(from[0], to[0]), west, east), cell(Math.max(from[0], to[0]), west, east)]
    const [low, high] = [cell(Math.min(from[1], to[1]), south, north), cell(Math.max(from[1], to[1]), south, north)]
    for (let y = low; y <= high; y++) for (let x = left; x <= right; x++) cells[y * side + x]?.push(edge)
  })
  return cells
}

function boxesMeet(a: Edge, b: Edge): boolean {
  return [0, 1].every(axis => {
    const of = (position: Position) => (axis === 0 ? position[0] : position[1])
    return (
      Math.max(of(a.from), of(a.to)) >= Math.min(of(b.from), of(b.to)) &&
      Math.max(of(b.from), of(b.to)) >= Math.min(of(a.from), of(a.to))
    )
  })
}

function crossingOf(a: Edge, b: Edge): PolygonFault | null {
  const isSame = a.ring === b.ring
  const [fromB, toB] = [turn(a, b.from), turn(a, b.to)]
  if (fromB === 0 && toB === 0) {
    const shared = [b.from, b.to].filter(end => isWithin(end, a)).concat([a.from, a.to].filter(end => isWithin(end, b)))
    const distinct = new Set(shared.map(([lng, lat]) => `${lng},${lat}`))
    const reason = isSame ? 'the ring runs back along itself' : 'two rings run along each other'
    return distinct.size > 1 ? { reason, place: shared[0] ?? a.from } : null
  }
  const [fromA, toA] = [turn(b, a.from), turn(b, a.to)]
  if (fromA * toA < 0 && fromB * toB < 0) {
    const share = fromB / (fromB - toB)
    const place: Position = [b.from[0] + share * (b.to[0] - b.from[0]), b.from[1] + share * (b.to[1] - b.from[1])]
    return { reason: isSame ? 'the ring crosses itself' : 'two rings cross', place }
  }
  return null
}

function touchOf(a: Edge, b: Edge): PolygonFault | null {
  if (a.isNext(b) || b.isNext(a)) return null
  const reason = a.ring === b.ring ? 'the ring touches itself' : 'one ring touches another'
  for (const end of [b.from, b.to]) if (turn(a, end) === 0 && isInside(end, a)) return { reason, place: end }
  for (const end of [a.from, a.to]) if (turn(b, end) === 0 && isInside(end, b)) return { reason, place: end }
  return null
}

function turn(edge: Edge, point: Position): number {
  return orientation(edge.from[0], edge.from[1], edge.to[0], edge.to[1], point[0], point[1])
}

/** Of a point on the edge's line: whether it lies on the edge, ends included. */
function isWithin([lng, lat]: Position, { from, to }: Edge): boolean {
  return (
    Math.min(from[0], to[0]) <= lng &&
    lng <= Math.max(from[0], to[0]) &&
    Math.min(from[1], to[1]) <= lat &&
    lat <= Math.max(from[1], to[1])
  )
}

function isInside(point: Position, edge: Edge): boolean {
  return isWithin(point, edge) && !isAt(point, edge.from) && !isAt(point, edge.to)
}

export function isAt(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
