import { expect, test } from 'vitest'
import { areaM2, ringAreaM2 } from '#domain/geo/areaM2.ts'
import { polygonsOf } from '#domain/geo/geojson.ts'
import { interiorPoint } from '#domain/geo/interiorPoint.ts'
import { holdsPoint } from '#domain/geo/pointInPolygon.ts'
import { checkPolygon } from './polygonCheck.ts'

const square = (west: number, south: number, east: number, north: number) => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
]
const verdictOf = (coordinates: unknown, type: 'Polygon' | 'MultiPolygon' = 'Polygon') =>
  checkPolygon(type, coordinates)
const taken = (coordinates: unknown, type: 'Polygon' | 'MultiPolygon' = 'Polygon') => {
  const verdict = verdictOf(coordinates, type)
  if (!verdict.isValid) throw new Error(verdict.fault.reason)
  return verdict
}
const refusedFor = (coordinates: unknown) => {
  const verdict = verdictOf(coordinates)
  if (verdict.isValid) throw new Error('was taken')
  return verdict.fault
}

test('a valid polygon passes as it is, turned the right way round, without repeats and altitudes', () => {
  const hole = square(1, 1, 2, 2)
  const { geometry, repaired, changedBy } = taken([square(0, 0, 4, 4).toReversed(), hole])
  expect({ repaired, changedBy }).toEqual({ repaired: [], changedBy: 0 })
  expect(polygonsOf(geometry)[0]!.map(ring => ringAreaM2(ring) > 0)).toEqual([true, false])
  const repeats = taken([
    [
      [0, 0, 7],
      [0, 0, 7],
      [4, 0, 7],
      [4, 4, 7],
      [4, 4, 7],
      [0, 0, 7],
    ],
  ])
  expect(repeats).toEqual({
    isValid: true,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [0, 0],
        ],
      ],
    },
    repaired: [],
    changedBy: 0,
  })
})

test('a bow-tie becomes its two wings, with the place where it crosses', () => {
  const { geometry, repaired, changedBy } = taken([
    [
      [0, 0],
      [2, 2],
      [2, 0],
      [0, 2],
      [0, 0],
    ],
  ])
  expect(repaired).toEqual([{ reason: 'the ring crosses itself', place: [1, 1] }])
  expect(geometry.type).toBe('MultiPolygon')
  expect(
    areaM2(geometry) /
      areaM2({
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [0, 2],
            [0, 0],
          ],
        ],
      }),
  ).toBeCloseTo(2, 3)
  expect(changedBy).toBeGreaterThan(0.01)
})

test('a bow-tie with a corner where it crosses is cut there', () => {
  const { geometry, changedBy } = taken([
    [
      [0, 0],
      [1, 1],
      [2, 2],
      [2, 0],
      [1, 1],
      [0, 2],
      [0, 0],
    ],
  ])
  expect(polygonsOf(geometry).length).toBe(2)
  expect(changedBy).toBeGreaterThan(0.01)
})

test('a ring that touches itself at a corner becomes two parts or a hole, and no position moves', () => {
  const lobes = taken([
    [
      [0, 0],
      [2, 0],
      [2, 2],
      [4, 2],
      [4, 4],
      [2, 4],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ])
  expect({ parts: polygonsOf(lobes.geometry).length, changedBy: lobes.changedBy, repaired: lobes.repaired }).toEqual({
    parts: 2,
    changedBy: 0,
    repaired: [],
  })
  const bay = taken([
    [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
      [1, 3],
      [3, 3],
      [3, 1],
      [0, 0],
    ],
  ])
  expect(polygonsOf(bay.geometry).map(rings => rings.length)).toEqual([2])
  expect(bay.changedBy).toBeLessThan(1e-9)
})

test('a spike is cut off and changes no area', () => {
  const { geometry, changedBy } = taken([
    [
      [0, 0],
      [2, 0],
      [2, 1],
      [3, 1],
      [2, 1],
      [2, 2],
      [0, 2],
      [0, 0],
    ],
  ])
  expect(changedBy).toBeLessThan(1e-9)
  expect(JSON.stringify(geometry)).not.toContain('[3,1]')
})

test('an unclosed ring is closed, and said', () => {
  const { geometry, repaired, changedBy } = taken([square(0, 0, 2, 2).slice(0, -1)])
  expect(repaired).toEqual([{ reason: 'a ring was not closed', place: [0, 2] }])
  expect({ first: polygonsOf(geometry)[0]![0]![0], last: polygonsOf(geometry)[0]![0]!.at(-1), changedBy }).toEqual({
    first: [0, 0],
    last: [0, 0],
    changedBy: 0,
  })
})

test('a hole outside its shell, across it or inside another hole is repaired and its change told', () => {
  const outside = taken([square(0, 0, 4, 4), square(5, 5, 7, 7)])
  expect(outside.repaired).toEqual([{ reason: 'a hole lies outside its shell', place: [5, 5] }])
  expect(outside.changedBy).toBeGreaterThan(0.3)
  const across = taken([square(0, 0, 4, 4), square(3, 1, 5, 2)])
  expect(across.repaired[0]!.reason).toBe('two rings cross')
  expect(across.changedBy).toBeCloseTo(1 / 14, 2)
  const inner = taken([square(0, 0, 9, 9), square(1, 1, 5, 5), square(2, 2, 3, 3)])
  expect(inner.repaired[0]!.reason).toBe('a hole lies inside another hole')
})

test('parts that overlap are joined; parts and holes that only touch stay as they are', () => {
  const overlap = taken([[square(0, 0, 2, 2)], [square(1, 1, 3, 3)]], 'MultiPolygon')
  expect(overlap.repaired[0]!.reason).toBe('two rings cross')
  expect(overlap.geometry.type).toBe('Polygon')
  const within = taken([[square(0, 0, 4, 4)], [square(1, 1, 2, 2)]], 'MultiPolygon')
  expect(within.repaired[0]!.reason).toBe('one part lies inside another')
  const corner = taken([[square(0, 0, 2, 2)], [square(2, 2, 3, 3)]], 'MultiPolygon')
  expect(corner.repaired).toEqual([])
  const onEdge = taken([
    square(0, 0, 4, 4),
    [
      [2, 0],
      [1, 1],
      [3, 1],
      [2, 0],
    ],
  ])
  expect({ repaired: onEdge.repaired, changedBy: onEdge.changedBy < 1e-9 }).toEqual({ repaired: [], changedBy: true })
  const island = taken([[square(0, 0, 9, 9), square(1, 1, 8, 8)], [square(2, 2, 3, 3)]], 'MultiPolygon')
  expect(island.repaired).toEqual([])
})

test('what is no polygon is refused with the reason and the place', () => {
  expect(
    refusedFor([
      [
        [31.23, 121.47],
        [31.24, 121.47],
        [31.24, 121.48],
        [31.23, 121.47],
      ],
    ]),
  ).toEqual({
    reason: 'latitude 121.47 is out of range: longitude and latitude look swapped',
    place: [31.23, 121.47],
  })
  expect(
    refusedFor([
      [
        [0, 0],
        [200, 0],
        [0, 1],
        [0, 0],
      ],
    ]),
  ).toEqual({ reason: 'longitude 200 is out of range: are these degrees?', place: [200, 0] })
  expect(
    refusedFor([
      [
        [351000, 3456000],
        [351100, 3456000],
        [351100, 3456100],
        [351000, 3456000],
      ],
    ]).reason,
  ).toMatch(/are these degrees/)
  expect(
    refusedFor([
      [
        [0, 0],
        [1, 1],
        [0, 0],
      ],
    ]),
  ).toEqual({ reason: 'a ring of 2 different points encloses nothing', place: [0, 0] })
  expect(
    refusedFor([
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 0],
      ],
    ]).reason,
  ).toMatch(/encloses nothing/)
  expect(
    refusedFor([
      [
        [0, 0],
        [1, null],
        [2, 2],
        [0, 0],
      ],
    ]).reason,
  ).toBe('a position is not two numbers: [1,null]')
  expect(
    refusedFor([
      [0, 0],
      [1, 1],
    ]).reason,
  ).toMatch(/is not two numbers|not a list of rings/)
  expect(refusedFor('none').reason).toMatch(/not a list/)
})

test('whatever is taken, of the wildest rings, is valid when it is judged again and holds its interior point', () => {
  let state = 1
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296
    return state / 4294967296
  }
  for (let i = 0; i < 300; i++) {
    const isLattice = random() < 0.6
    const corner = () => [random() * 5, random() * 5].map(each => (isLattice ? Math.floor(each) : each))
    const ring = () => Array.from({ length: 3 + Math.floor(random() * 7) }, corner)
    const first = verdictOf(Array.from({ length: 1 + Math.floor(random() * 2) }, ring).map(each => [...each, each[0]]))
    if (!first.isValid) continue
    const again = verdictOf(first.geometry.coordinates, first.geometry.type)
    expect(again).toMatchObject({ isValid: true, repaired: [] })
    const inner = interiorPoint(first.geometry)!
    expect(holdsPoint(first.geometry, inner.lng, inner.lat)).toBe(true)
  }
})
