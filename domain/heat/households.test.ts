import { expect, test } from 'vitest'
import type { AreaGeometry } from '../geo/geojson.ts'
import { holdsPoint } from '../geo/pointInPolygon.ts'
import { countsGrid } from './counts.ts'
import { density, densityAt, massOf } from './density.ts'
import { householdWeights } from './households.ts'
import { levelFor, positionAt } from './lattice.ts'
import { perThousand } from './perThousand.ts'
import { windowFor } from './windowFor.ts'

const box = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
const bounds = [121.4, 31.2, 121.42, 31.22] as const
const west = { code: 'w', households: 500, geometry: box(121.401, 31.201, 121.41, 31.215) }
const east = { code: 'e', households: 137, geometry: box(121.41, 31.201, 121.4177, 31.211) }

test('every household is on the lattice, evenly over the cells of its area', () => {
  const { weights, leftOut } = householdWeights([west, east], bounds, 20)
  expect(leftOut).toEqual([])
  expect(weights.n).toBeCloseTo(637, 9)
  for (const area of [west, east]) {
    const held = [...weights.cells.keys()].filter(i => {
      const cell = weights.cells[i]!
      const [lng, lat] = positionAt(weights, (cell % weights.width) + 0.5, Math.floor(cell / weights.width) + 0.5)
      return holdsPoint(area.geometry, lng, lat)
    })
    expect(held.length).toBeGreaterThan(100)
    for (const i of held) expect(weights.counts[i]).toBeCloseTo(area.households / held.length, 12)
  }
})

test('an area smaller than a cell, and one too thin to have an inside, put all on one cell', () => {
  const building = { code: 'b', households: 24, geometry: box(121.40501, 31.20501, 121.40502, 31.20502) }
  const line = { code: 'l', households: 3, geometry: box(121.411, 31.211, 121.411, 31.211) }
  const { weights } = householdWeights([building, line], bounds, 18)
  expect([...Array.from(weights.counts)].sort((a, b) => a - b)).toEqual([3, 24])
})

test('areas without a number or a geometry are named, and an area of nobody is not one of them', () => {
  const { weights, leftOut } = householdWeights(
    [
      { ...west, code: 'unknown', households: null },
      { ...east, code: 'nowhere', geometry: null },
      { ...west, code: 'point', geometry: { type: 'MultiPolygon', coordinates: [] } },
      { ...west, code: 'park', households: 0 },
      east,
    ],
    bounds,
    20,
  )
  expect(leftOut).toEqual(['unknown', 'nowhere', 'point'])
  expect(weights.n).toBeCloseTo(137, 9)
})

test('an area that sticks out of the box brings in the part that lies within', () => {
  const [left, right] = [121.4, 121.405].map(
    edge => householdWeights([west], [edge, 31.2, 121.42, 31.22], 22).weights.n,
  )
  expect(left).toBeCloseTo(500, 9)
  // The box cuts between cells of 8 m, so a column more may lie within.
  expect(Math.abs(right! / 500 - 5 / 9)).toBeLessThan(0.01)
})

test('incidents and households that were counted on two levels over one box make a ratio', () => {
  const bandwidthM = 100
  const asked = windowFor([121.403, 31.203, 121.408, 31.213], bandwidthM)
  const options = { bandwidthM, unit: 'perKm2', windowMs: 1, level: levelFor(bandwidthM, 31.2) } as const
  const homes = density(householdWeights([west], asked, options.level).weights, options)
  expect(massOf(homes) / 500).toBeGreaterThan(0.5)
  const incidents = density(countsGrid([{ lng: 121.405, lat: 31.208 }], asked, levelFor(bandwidthM, 31.2, 64)), options)
  const ratio = densityAt(perThousand(incidents, homes, 1), { lng: 121.405, lat: 31.208 })!
  // A lone peak over the even density of 500 households on 1.33 km².
  const areaKm2 = 0.009 * 111.2 * Math.cos((31.208 * Math.PI) / 180) * 0.014 * 111.2
  expect(ratio / ((1e6 / (2 * Math.PI * bandwidthM ** 2) / (500 / areaKm2)) * 1000)).toBeCloseTo(1, 1)
})

test('a lattice too fine to hold is refused', () => {
  expect(() => householdWeights([west], bounds, 28)).toThrow(/too fine for households/)
})
