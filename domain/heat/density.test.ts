import { expect, test } from 'vitest'
import type { Bbox } from '../geo/bbox.ts'
import { distanceM } from '../geo/distance.ts'
import { holdsPoint } from '../geo/pointInPolygon.ts'
import { countsGrid } from './counts.ts'
import { type Density, density, densityAt, maskOutside, massOf } from './density.ts'
import { levelFor, positionAt } from './lattice.ts'
import { perThousand } from './perThousand.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const hour = 3_600_000
const boundsAt = (lat: number): Bbox => [121.4, lat, 121.412, lat + 0.012]
const centresOf = (grid: Density) =>
  Array.from(grid.values, (value, i) => {
    const [lng, lat] = positionAt(grid, (i % grid.width) + 0.5, Math.floor(i / grid.width) + 0.5)
    return { lng, lat, value }
  })
const greatestOf = (values: Iterable<number>) => [...values].reduce((a, b) => Math.max(a, b))
const analytic = (metres: number, sigma: number) =>
  (1e6 / (2 * Math.PI * sigma ** 2)) * Math.exp(-(metres ** 2) / (2 * sigma ** 2))

test('a lone incident is the analytic Gaussian in metres on the ground, at any latitude', () => {
  for (const lat of [0, 31.2, -45, 60]) {
    const bounds = boundsAt(lat)
    const level = levelFor(120, lat)
    const [lng, at] = positionAt(countsGrid([], bounds, level), 40.5, 40.5)
    const grid = density(countsGrid([{ lng, lat: at }], bounds, level), {
      bandwidthM: 120,
      unit: 'perKm2',
      windowMs: hour,
    })
    const peak = analytic(0, 120)
    const worst = greatestOf(
      centresOf(grid).map(cell => Math.abs(cell.value - analytic(distanceM(cell, { lng, lat: at }), 120))),
    )
    expect(worst / peak).toBeLessThan(0.002)
  }
})

test('counts on a finer lattice put an incident anywhere to within 2 % of its peak', () => {
  const bounds = boundsAt(31.2)
  for (const place of scatteredPlaces(5, boundsAt(31.2))) {
    const counts = countsGrid([place], bounds, levelFor(120, 31.2, 64))
    const grid = density(counts, { bandwidthM: 120, unit: 'perKm2', windowMs: hour })
    expect(grid.level).toBe(levelFor(120, 31.2))
    const worst = greatestOf(centresOf(grid).map(cell => Math.abs(cell.value - analytic(distanceM(cell, place), 120))))
    expect(worst / analytic(0, 120)).toBeLessThan(0.02)
  }
})

test('no mass is lost, wherever the incidents lie and however wide the kernel is', () => {
  for (const lat of [0, 31.2, 62])
    for (const bandwidthM of [40, 120, 500])
      for (const unit of ['perKm2', 'perHectareHour'] as const) {
        const counts = countsGrid(scatteredPlaces(500, boundsAt(lat)), boundsAt(lat), levelFor(bandwidthM, lat))
        expect(counts.n).toBe(500)
        const grid = density(counts, { bandwidthM, unit, windowMs: 4 * hour })
        expect(Math.abs(massOf(grid) / 500 - 1)).toBeLessThan(0.005)
      }
})

test('the same place has the same value on two lattices of neighbouring levels', () => {
  // Rounding to cells moves an incident by at most half a cell's diagonal; over 2,000 incidents these moves cancel to well
  // under 1 % of the greatest value, and reading between centres adds less than 0.4 %.
  const bounds = boundsAt(31.2)
  const [coarse, fine] = [8, 16].map(perBandwidth =>
    density(countsGrid(scatteredPlaces(2_000, bounds), bounds, levelFor(150, 31.2, perBandwidth)), {
      bandwidthM: 150,
      unit: 'perKm2',
      windowMs: hour,
      level: levelFor(150, 31.2, perBandwidth),
    }),
  ) as [Density, Density]
  expect(fine.level).toBe(coarse.level + 1)
  const greatest = greatestOf(fine.values)
  for (const place of scatteredPlaces(300, bounds, 9))
    expect(Math.abs(densityAt(coarse, place)! - densityAt(fine, place)!) / greatest).toBeLessThan(0.015)
})

test('per hectare and hour is per square kilometre, a hundredth of it, over the hours', () => {
  const counts = countsGrid(scatteredPlaces(50, boundsAt(31.2)), boundsAt(31.2), levelFor(120, 31.2))
  const perKm2 = density(counts, { bandwidthM: 120, unit: 'perKm2', windowMs: 4 * hour })
  const perHectareHour = density(counts, { bandwidthM: 120, unit: 'perHectareHour', windowMs: 4 * hour })
  const place = { lng: 121.405, lat: 31.205 }
  expect(densityAt(perHectareHour, place)).toBeCloseTo(densityAt(perKm2, place)! / 100 / 4, 12)
})

test('a place outside the grid is 0, and one that is masked has no value', () => {
  const counts = countsGrid(scatteredPlaces(50, boundsAt(31.2)), boundsAt(31.2), levelFor(120, 31.2))
  const grid = density(counts, { bandwidthM: 120, unit: 'perKm2', windowMs: hour })
  const triangle = {
    type: 'Polygon',
    coordinates: [
      [
        [121.4, 31.2],
        [121.412, 31.202],
        [121.404, 31.212],
        [121.4, 31.2],
      ],
    ],
  } as const
  const masked = maskOutside(grid, [triangle])
  expect(densityAt(grid, { lng: 0, lat: 0 })).toBe(0)
  expect(densityAt(masked, { lng: 121.4119, lat: 31.2119 })).toBeNull()
  expect(densityAt(masked, { lng: 121.405, lat: 31.204 })).toBeCloseTo(
    densityAt(grid, { lng: 121.405, lat: 31.204 })!,
    12,
  )
  for (const { lng, lat, value } of centresOf(masked)) expect(Number.isNaN(value)).toBe(!holdsPoint(triangle, lng, lat))
})

test('a ratio to households is the same everywhere when incidents follow the households, and masked where nobody lives', () => {
  const bounds = boundsAt(31.2)
  const level = levelFor(200, 31.2)
  const options = { bandwidthM: 200, unit: 'perKm2', windowMs: hour } as const
  const homes = scatteredPlaces(200, [121.4, 31.2, 121.404, 31.204])
  const incidents = density(countsGrid(homes, bounds, level), options)
  const households = density(
    countsGrid(
      homes.map(home => ({ ...home, weight: 40 })),
      bounds,
      level,
    ),
    options,
  )
  const ratio = perThousand(incidents, households, 1000)
  expect(densityAt(ratio, { lng: 121.402, lat: 31.202 })).toBeCloseTo(25, 9)
  expect(densityAt(ratio, { lng: 121.4119, lat: 31.2119 })).toBeNull()
})

test('the level follows the bandwidth on the ground, and a cell never exceeds its share', () => {
  expect(levelFor(120, 31.2)).toBe(22)
  expect(levelFor(120, 31.2, 4)).toBe(21)
  expect(() => levelFor(0, 31)).toThrow(/positive number of metres/)
  const coarse = countsGrid([], boundsAt(31.2), 12)
  expect(() => density(coarse, { bandwidthM: 50, unit: 'perKm2', windowMs: hour })).toThrow(
    /too coarse for a bandwidth of 50 m/,
  )
})
