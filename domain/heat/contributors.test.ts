import { expect, test } from 'vitest'
import { distanceM } from '../geo/distance.ts'
import type { LngLat } from '../incident/facts.ts'
import { contributors, maskFewer } from './contributors.ts'
import { countsGrid } from './counts.ts'
import { type Density, density, densityAt } from './density.ts'
import { levelFor, positionAt } from './lattice.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const bounds = [121.4, 31.2, 121.42, 31.22] as const
const options = { bandwidthM: 100, unit: 'perHectareHour', windowMs: 7 * 3_600_000 } as const
const middle = { lng: 121.41, lat: 31.21 }

function made(places: readonly LngLat[]): { grid: Density; effective: Float64Array } {
  const counts = countsGrid(places, bounds, levelFor(100, 31.2, 64))
  const grid = density(counts, options)
  return { grid, effective: contributors(counts, grid) }
}

const centreOf = (grid: Density, i: number): LngLat => {
  const [lng, lat] = positionAt(grid, (i % grid.width) + 0.5, Math.floor(i / grid.width) + 0.5)
  return { lng, lat }
}

test('the number of contributors is (Σ w)² ÷ Σ w² of the kernel’s weights', () => {
  const places = scatteredPlaces(60, bounds, 3)
  const { grid, effective } = made(places)
  for (let i = 0; i < effective.length; i += 997) {
    const weights = places.map(place => Math.exp(-((distanceM(place, centreOf(grid, i)) / 100) ** 2) / 2))
    const sum = weights.reduce((a, b) => a + b)
    // Where the kernel is cut and rounding to cells weighs, little is there to be shared.
    if (Math.max(...weights) < 0.1) continue
    expect(effective[i]! / (sum ** 2 / weights.reduce((a, w) => a + w * w, 0))).toBeCloseTo(1, 1)
  }
})

test('a lone incident is not to be seen, neither its bell nor a hole of its shape', () => {
  const { grid, effective } = made([middle])
  expect(maskFewer(grid, effective, 2).values.every(Number.isNaN)).toBe(true)
  const group = made(Array<LngLat>(4).fill(middle))
  expect(maskFewer(group.grid, group.effective, 5).values.every(Number.isNaN)).toBe(true)
  const enough = made(Array<LngLat>(5).fill(middle))
  expect(densityAt(maskFewer(enough.grid, enough.effective, 5), middle)).toBe(densityAt(enough.grid, middle))
})

test('every cell that is shown has k incidents within the kernel’s reach, and no one of them makes half of it', () => {
  const places = [...scatteredPlaces(120, bounds, 9), ...scatteredPlaces(60, [121.412, 31.212, 121.414, 31.214])]
  const { grid, effective } = made(places)
  const shown = maskFewer(grid, effective, 5)
  let n = 0
  shown.values.forEach((value, i) => {
    if (Number.isNaN(value)) return
    n++
    if (n % 41 !== 0) return
    const weights = places.map(place => Math.exp(-((distanceM(place, centreOf(grid, i)) / 100) ** 2) / 2))
    // The kernel is cut at 4 σ to either side, so its corners lie 5.7 σ away.
    expect(places.filter(place => distanceM(place, centreOf(grid, i)) < 580).length).toBeGreaterThanOrEqual(5)
    expect(Math.max(...weights) / weights.reduce((a, b) => a + b)).toBeLessThan(0.5)
  })
  expect(n).toBeGreaterThan(1_000)
})

test('one beside a crowd out of its sight stays hidden while the crowd is shown', () => {
  const aside = { lng: middle.lng + 0.0042, lat: middle.lat } // 400 m
  const { grid, effective } = made([...Array<LngLat>(50).fill(middle), aside])
  const shown = maskFewer(grid, effective, 5)
  expect(densityAt(shown, middle)).toBeGreaterThan(0)
  expect(densityAt(shown, aside)).toBeNull()
})

test('contributors of another grid are refused', () => {
  const { grid } = made([middle])
  expect(() => maskFewer(grid, [1, 2], 5)).toThrow(/2 numbers of contributors/)
})
