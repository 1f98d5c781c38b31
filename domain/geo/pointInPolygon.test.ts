import { expect, test } from 'vitest'
import type { AreaGeometry, Position, Ring } from './geojson.ts'
import { orientation } from './orientation.ts'
import { holdsPoint } from './pointInPolygon.ts'

/** A square cut into jittered triangles and quads whose corners lie on an awkward lattice; ring directions and starts vary. */
function partition(side: number, random: () => number): { areas: AreaGeometry[]; edges: [Position, Position][] } {
  const corner = (x: number, y: number): Position => {
    const isBorder = x === 0 || y === 0 || x === side || y === side
    const jitter = () => (isBorder ? 0 : (random() - 0.5) * 0.0006)
    return [121.4 + x / 1000 + jitter(), 31.2 + y / 1000 + jitter()]
  }
  const corners = Array.from({ length: side + 1 }, (_, y) => Array.from({ length: side + 1 }, (_, x) => corner(x, y)))
  const areas: AreaGeometry[] = []
  const edges: [Position, Position][] = []
  const add = (points: Position[]) => {
    const start = Math.floor(random() * points.length)
    const turned = [...points.slice(start), ...points.slice(0, start)]
    const ring: Ring = random() < 0.5 ? turned : turned.toReversed()
    areas.push({ type: 'Polygon', coordinates: [random() < 0.5 ? [...ring, ring[0]!] : ring] })
    points.forEach((point, i) => {
      edges.push([points.at(i - 1)!, point])
    })
  }
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [a, b, c, d] = [corners[y]![x]!, corners[y]![x + 1]!, corners[y + 1]![x + 1]!, corners[y + 1]![x]!]
      if (random() < 0.5) add([a, b, c, d])
      else {
        add([a, b, c])
        add([a, c, d])
      }
    }
  return { areas, edges }
}

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
}

test('every point of a partition, on edges and vertices too, belongs to exactly one area', () => {
  const random = seeded(7)
  const { areas, edges } = partition(8, random)
  const isInner = ([lng, lat]: Position) => lng > 121.4 && lng < 121.408 && lat > 31.2 && lat < 31.208
  const points: Position[] = edges.flatMap(([a, b]) => [
    a,
    b,
    ...[0.5, 0.25, random(), random()].map((t): Position => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]),
  ])
  for (let i = 0; i < 2000; i++) points.push([121.4 + random() * 0.008, 31.2 + random() * 0.008])
  const wrong = points
    .filter(isInner)
    .filter(([lng, lat]) => areas.filter(area => holdsPoint(area, lng, lat)).length !== 1)
  expect(wrong).toEqual([])
})

test('a point on the outer border belongs to the west and the south side only', () => {
  const square: AreaGeometry = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0, 0],
      ],
    ],
  }
  const held = (
    [
      [0, 0.5],
      [0.5, 0],
      [0, 0],
      [1, 0.5],
      [0.5, 1],
      [1, 0],
      [0, 1],
      [1, 1],
    ] as const
  ).map(([x, y]) => holdsPoint(square, x, y))
  expect(held).toEqual([true, true, true, false, false, false, false, false])
})

test('a hole is outside, and its border is shared with whatever fills it', () => {
  const hole: Ring = [
    [2, 2],
    [4, 2],
    [4, 4],
    [2, 4],
    [2, 2],
  ]
  const around: AreaGeometry = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [6, 0],
        [6, 6],
        [0, 6],
        [0, 0],
      ],
      hole,
    ],
  }
  const filling: AreaGeometry = { type: 'Polygon', coordinates: [hole] }
  for (const [x, y] of [
    [3, 3],
    [2, 3],
    [4, 3],
    [3, 2],
    [3, 4],
    [2, 2],
    [4, 2],
    [4, 4],
    [2, 4],
    [1, 1],
  ] as const)
    expect([x, y, Number(holdsPoint(around, x, y)) + Number(holdsPoint(filling, x, y))]).toEqual([x, y, 1])
})

test('the turn is exact where floating point alone errs', () => {
  // Source: Kettner et al., Classroom Examples of Robustness Problems in Geometric Computations: points next to a diagonal.
  let wrong = 0
  for (let i = 0; i < 64; i++)
    for (let j = 0; j < 64; j++) {
      const [x, y] = [0.5 + i * 2 ** -53, 0.5 + j * 2 ** -53]
      const turn = Math.sign(orientation(12, 12, 24, 24, x, y))
      if (turn !== Math.sign(y - x)) wrong++
      expect(turn === -Math.sign(orientation(24, 24, 12, 12, x, y)) || turn === 0).toBe(true)
    }
  expect(wrong).toBe(0)
})
