import { type Geom, intersection } from 'polyclip-ts'
import { expect, test } from 'vitest'
import { areaM2 } from '#domain/geo/areaM2.ts'
import type { AreaGeometry, Position, Ring } from '#domain/geo/geojson.ts'
import { cutTo } from './cutTo.ts'

const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const area: AreaGeometry = { type: 'Polygon', coordinates: [square(0, 0, 1), square(0.4, 0.4, 0.2).toReversed()] }
const inside = [square(0.1, 0.1, 0.1), square(0.12, 0.12, 0.02).toReversed()]
const outside = [square(2, 2, 0.1)]
const inTheHole = [square(0.45, 0.45, 0.1)]
const acrossTheBorder = [square(0.9, 0.1, 0.2)]
const aroundTheHole = [square(0.3, 0.3, 0.4)]

test('what lies wholly inside stays as it is, what lies wholly outside or in a hole goes', () => {
  expect(cutTo([inside, outside, inTheHole], area)).toEqual([inside])
})

test.each([
  ['across the border', acrossTheBorder],
  ['around a hole', aroundTheHole],
])('what lies %s is cut as if all were clipped', (_, polygon) => {
  const all = [polygon, inside, outside]
  const clipped = intersection(all as unknown as Geom, area.coordinates as unknown as Geom)
  const m2 = (coordinates: unknown) => areaM2({ type: 'MultiPolygon', coordinates: coordinates as Ring[][] })
  expect(m2(cutTo(all, area))).toBeCloseTo(m2(clipped), 3)
})

test('of nothing nothing is left', () => {
  expect(cutTo([], area)).toEqual([])
})
