import { expect, test } from 'vitest'
import { polygonsOf } from '../geo/geojson.ts'
import { isobands } from './bands.ts'
import { countsGrid } from './counts.ts'
import { type Density, density, densityAt, massOf } from './density.ts'
import { difference, negated } from './difference.ts'
import { levelFor } from './lattice.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'
import { shareOf } from './shareOf.ts'

const bounds = [121.4, 31.2, 121.412, 31.212] as const
const day = 86_400_000
const options = { bandwidthM: 150, unit: 'perKm2', windowMs: day } as const
const gridOf = (
  places: Parameters<typeof countsGrid>[0],
  changed: Partial<typeof options> | { unit: 'perHectareHour' } | { windowMs: number } = {},
): Density => density(countsGrid(places, bounds, levelFor(150, 31.2)), { ...options, ...changed })
const places = scatteredPlaces(300, bounds)

test('a difference is signed, its mass is the difference of the counts, and its falls are drawn as rises of the other sign', () => {
  const change = difference(gridOf(places.slice(0, 100)), gridOf(places.slice(100)))
  expect(change.n).toBe(-100)
  expect(massOf(change)).toBeCloseTo(-100, 0)
  expect(Math.min(...change.values)).toBeLessThan(0)
  const [rises, falls] = [change, negated(change)].map(grid => isobands(grid, [5])[0]!.geometry)
  for (const [geometry, sign] of [
    [rises!, 1],
    [falls!, -1],
  ] as const)
    for (const [lng, lat] of polygonsOf(geometry).flat(2))
      expect(densityAt(change, { lng, lat })! * sign).toBeCloseTo(5, 0)
})

test('two windows of different length are compared by the hour, and not per km²', () => {
  const hourly = { unit: 'perHectareHour' as const }
  const twice = { ...hourly, windowMs: 2 * day }
  const change = difference(gridOf([...places, ...places], twice), gridOf(places, hourly))
  expect(Math.max(...change.values.map(Math.abs))).toBeLessThan(1e-12)
  expect(() => difference(gridOf(places, { windowMs: 2 * day }), gridOf(places))).toThrow(/per hectare and hour/)
})

test('a share is the share of the incidents around, and masked where there are next to none', () => {
  const third = places.filter((_, i) => i % 3 === 0)
  const everywhere = shareOf(
    gridOf([...places, ...places, ...places]),
    gridOf([...places, ...places, ...places, ...places]),
    1,
  )
  expect(densityAt(everywhere, { lng: 121.406, lat: 31.206 })).toBeCloseTo(0.75, 12)
  const share = shareOf(gridOf(third), gridOf(places), 20)
  const all = gridOf(places)
  share.values.forEach((value, i) => {
    expect(Number.isNaN(value)).toBe(all.values[i]! < 20)
    if (!Number.isNaN(value)) expect(value >= 0 && value <= 1).toBe(true)
  })
})

test('grids that do not belong together are refused with what differs', () => {
  const grid = gridOf(places)
  const other = density(countsGrid(places, bounds, levelFor(150, 31.2)), { ...options, bandwidthM: 200 })
  for (const of of [difference, (a: Density, b: Density) => shareOf(a, b, 1)]) {
    expect(() => of(grid, { ...grid, x0: grid.x0 + 1 })).toThrow(/differ in x0/)
    expect(() => of(grid, other)).toThrow(/differ in (level|x0|bandwidthM)/)
    expect(() => of(grid, { ...grid, unit: 'perHectareHour' })).toThrow(/differ in unit/)
  }
  expect(() => shareOf(grid, { ...grid, windowMs: 1 }, 1)).toThrow(/one window/)
  expect(() => shareOf(grid, grid, 0)).toThrow(/positive/)
})
