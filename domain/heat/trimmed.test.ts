import { expect, test } from 'vitest'
import { countsGrid } from './counts.ts'
import { density, densityAt } from './density.ts'
import { seededRandom } from './seededRandom.ts'
import { trimmed } from './trimmed.ts'

const BOUNDS: [number, number, number, number] = [121.8, 30.5, 121.9, 30.6]
const next = seededRandom(7)
const places = Array.from({ length: 40 }, () => ({ lng: 121.84 + next() * 0.01, lat: 30.55 + next() * 0.01 }))

test('a trimmed window makes the same density everywhere, of fewer cells', () => {
  const counts = countsGrid(places, BOUNDS, 22)
  const options = { bandwidthM: 120, unit: 'perKm2', windowMs: 3_600_000, level: 19 } as const
  const [whole, small] = [density(counts, options), density(trimmed(counts), options)]
  expect(small.values.length).toBeLessThan(whole.values.length / 10)
  for (const { lng, lat } of [...places, { lng: 121.8502, lat: 30.5601 }, { lng: 121.81, lat: 30.51 }])
    expect(densityAt(small, { lng, lat })).toBeCloseTo(densityAt(whole, { lng, lat }) ?? Number.NaN, 9)
})

test('counts without an incident shrink to one empty cell', () => {
  const { width, height, cells, n } = trimmed(countsGrid([], BOUNDS, 22))
  expect([width, height, cells.length, n]).toEqual([1, 1, 0, 0])
})

test('a window that is full stays as it is', () => {
  const counts = {
    level: 20,
    x0: 5,
    y0: 6,
    width: 2,
    height: 2,
    cells: Uint32Array.of(0, 3),
    counts: Uint32Array.of(1, 2),
    n: 3,
  }
  expect(trimmed(counts)).toEqual(counts)
})
