/** Ways through the street: the road graph in metres, and A* over it. */
import type { LngLat } from '#domain/incident/facts.ts'
import { Heap } from './heap.ts'

export type Metres = readonly [x: number, y: number]
export type RoadGraph = {
  readonly points: readonly Metres[]
  readonly neighbours: readonly (readonly number[])[]
  readonly toMetres: (place: LngLat) => Metres
  readonly toPlace: (point: Metres) => LngLat
  nearest(point: Metres): number
}
export type RoadLine = { readonly geometry: { readonly coordinates: readonly (readonly number[])[] } }

/** Roads that share a vertex meet there. A plane about the first vertex is exact enough for a street of some kilometres. */
export function roadGraph(roads: readonly RoadLine[]): RoadGraph {
  const [lng0 = 0, lat0 = 0] = roads[0]?.geometry.coordinates[0] ?? []
  const perLat = 110_860
  const perLng = 111_320 * Math.cos((lat0 * Math.PI) / 180)
  const toMetres = ({ lng, lat }: LngLat): Metres => [(lng - lng0) * perLng, (lat - lat0) * perLat]
  const toPlace = ([x, y]: Metres): LngLat => ({ lng: lng0 + x / perLng, lat: lat0 + y / perLat })
  const idOf = new Map<string, number>()
  const points: Metres[] = []
  const neighbours: number[][] = []
  for (const { geometry } of roads) {
    let before = -1
    for (const [lng = 0, lat = 0] of geometry.coordinates) {
      const key = `${lng} ${lat}`
      const id = idOf.get(key) ?? points.push(toMetres({ lng, lat })) - 1
      idOf.set(key, id)
      neighbours[id] ??= []
      if (before >= 0 && before !== id) {
        if (!neighbours[id]?.includes(before)) neighbours[id]?.push(before)
        if (!neighbours[before]?.includes(id)) neighbours[before]?.push(id)
      }
      before = id
    }
  }
  return { points, neighbours, toMetres, toPlace, nearest: nearestOf(points) }
}

/** The way along roads between two places, both included: off the road only at its ends. */
export function route(graph: RoadGraph, from: Metres, to: Metres): Metres[] {
  const nodes = shortestPath(graph, graph.nearest(from), graph.nearest(to))
  return [from, ...nodes.map(node => at(graph, node)), to]
}

/** Nodes of the shortest way; empty when there is none. */
export function shortestPath(graph: RoadGraph, from: number, to: number): number[] {
  const goal = at(graph, to)
  const cost = new Float64Array(graph.points.length).fill(Number.POSITIVE_INFINITY)
  const cameFrom = new Int32Array(graph.points.length).fill(-1)
  const done = new Uint8Array(graph.points.length)
  const open = new Heap()
  cost[from] = 0
  open.push(from, 0)
  while (open.size > 0) {
    const node = open.pop()
    if (node === to) break
    if (done[node] === 1) continue
    done[node] = 1
    const here = at(graph, node)
    const soFar = cost[node] ?? 0
    for (const next of graph.neighbours[node] ?? []) {
      const there = at(graph, next)
      const total = soFar + length(here, there)
      if (total >= (cost[next] ?? 0)) continue
      cost[next] = total
      cameFrom[next] = node
      open.push(next, total + length(there, goal))
    }
  }
  if (cost[to] === Number.POSITIVE_INFINITY) return []
  const path: number[] = []
  for (let node = to; node >= 0; node = cameFrom[node] ?? -1) path.push(node)
  return path.reverse()
}

export function length(a: Metres, b: Metres): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  return Math.sqrt(dx * dx + dy * dy) // several times faster than Math.hypot, and nothing here can overflow
}

const at = (graph: RoadGraph, node: number): Metres => graph.points[node] ?? [0, 0]

/** Buckets of 100 m, searched in growing squares. */
function nearestOf(points: readonly Metres[]): (point: Metres) => number {
  const size = 100
  const buckets = new Map<string, number[]>()
  points.forEach(([x, y], i) => {
    const key = `${Math.floor(x / size)} ${Math.floor(y / size)}`
    const bucket = buckets.get(key)
    if (bucket === undefined) buckets.set(key, [i])
    else bucket.push(i)
  })
  return ([x, y]) => {
    const [bx, by] = [Math.floor(x / size), Math.floor(y / size)]
    let best = -1
    let bestM = Number.POSITIVE_INFINITY
    for (let r = 0; r < 200; r++) {
      for (let i = bx - r; i <= bx + r; i++) {
        for (let j = by - r; j <= by + r; j++) {
          if (Math.max(Math.abs(i - bx), Math.abs(j - by)) !== r) continue
          for (const node of buckets.get(`${i} ${j}`) ?? []) {
            const m = length(points[node] ?? [0, 0], [x, y])
            if (m < bestM) [best, bestM] = [node, m]
          }
        }
      }
      if (best >= 0 && bestM <= r * size) break // nothing in a farther square can be nearer
    }
    return best
  }
}
