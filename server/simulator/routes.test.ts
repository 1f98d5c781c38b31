import { expect, test } from 'vitest'
import { Heap } from './heap.ts'
import { seededRandom, seededUuid } from './random.ts'
import { length, type Metres, type RoadGraph, route, shortestPath } from './routes.ts'
import { demoWorld } from './world.ts'

const { graph } = demoWorld()

test('a heap gives items back by key', () => {
  const random = seededRandom('heap')
  const keys = Array.from({ length: 500 }, () => random.integer(0, 300))
  const heap = new Heap()
  keys.forEach((key, item) => {
    heap.push(item, key)
  })
  expect(keys.map(() => keys[heap.pop()])).toEqual([...keys].sort((a, b) => a - b))
  expect(heap.pop()).toBe(-1)
})

test('the same words give the same numbers, other words other ones', () => {
  const numbers = (word: string) => Array.from({ length: 5 }, () => seededRandom(word, 7).next())
  expect(numbers('a')).toEqual(numbers('a'))
  expect(numbers('a')).not.toEqual(numbers('b'))
  expect(seededUuid('a', 1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(Array.from({ length: 20_000 }, (_, i) => seededUuid('a', i))).size).toBe(20_000)
})

test('every road of the demo street can be reached from every other', () => {
  const seen = new Set([0])
  const queue = [0]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const next of graph.neighbours[node]!) if (!seen.has(next) && seen.add(next)) queue.push(next)
  }
  expect(seen.size).toBe(graph.points.length)
})

test('A* finds ways as short as Bellman–Ford, along edges that exist', () => {
  const random = seededRandom('pairs')
  for (let i = 0; i < 3; i++) {
    const from = random.integer(0, graph.points.length - 1)
    const shortest = bellmanFord(graph, from)
    for (let k = 0; k < 20; k++) {
      const to = random.integer(0, graph.points.length - 1)
      const path = shortestPath(graph, from, to)
      for (let n = 1; n < path.length; n++) expect(graph.neighbours[path[n - 1]!]).toContain(path[n])
      expect(metres(path.map(node => graph.points[node]!))).toBeCloseTo(shortest[to]!, 6)
    }
  }
})

test('the nearest node is the nearest', () => {
  const random = seededRandom('nearest')
  for (let i = 0; i < 100; i++) {
    const point: Metres = [random.between(-4000, 4000), random.between(-3000, 3000)]
    const best = Math.min(...graph.points.map(node => length(node, point)))
    expect(length(graph.points[graph.nearest(point)]!, point)).toBe(best)
  }
})

test('a route begins and ends at its places', () => {
  const way = route(graph, [10, 20], [600, -300])
  expect([way[0], way.at(-1)]).toEqual([
    [10, 20],
    [600, -300],
  ])
})

const metres = (way: readonly Metres[]) => way.reduce((sum, p, i) => (i === 0 ? 0 : sum + length(way[i - 1]!, p)), 0)

function bellmanFord(graph: RoadGraph, from: number): number[] {
  const cost = graph.points.map((_, node) => (node === from ? 0 : Number.POSITIVE_INFINITY))
  for (let isBetter = true; isBetter; ) {
    isBetter = false
    graph.points.forEach((point, node) => {
      for (const next of graph.neighbours[node]!) {
        const total = cost[node]! + length(point, graph.points[next]!)
        if (total < cost[next]! - 1e-9) {
          cost[next] = total
          isBetter = true
        }
      }
    })
  }
  return cost
}
