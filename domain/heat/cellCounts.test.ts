import { expect, test } from 'vitest'
import type { AreaGeometry, Position } from '../geo/geojson.ts'
import { cellAt, cellSizeM } from '../geo/mercator.ts'
import { holdsPoint } from '../geo/pointInPolygon.ts'
import { cellCounts } from './cellCounts.ts'
import { countsGrid } from './counts.ts'
import { positionAt } from './lattice.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const bounds = [121.4, 31.2, 121.43, 31.23] as const
const ring: Position[] = [
  [121.4, 31.2],
  [121.43, 31.205],
  [121.42, 31.23],
  [121.405, 31.222],
  [121.4, 31.2],
]
const area: AreaGeometry = { type: 'Polygon', coordinates: [ring] }

test('cells of about the size asked for lie wholly in the area and hold what lies in them', () => {
  const places = scatteredPlaces(3_000, bounds)
  const cells = cellCounts(countsGrid(places, bounds, 24), { cellM: 100, areas: [area], bounds: null })
  expect(cellSizeM(cells.level, 31.2)).toBeGreaterThan(70)
  expect(cellSizeM(cells.level, 31.2)).toBeLessThan(142)
  const expected = new Map<number, number>()
  for (const { lng, lat } of places) {
    const { x, y } = cellAt(lng, lat, cells.level)
    const cell = (y - cells.y0) * cells.width + (x - cells.x0)
    expected.set(cell, (expected.get(cell) ?? 0) + 1)
  }
  let n = 0
  cells.values.forEach((value, i) => {
    const [x, y] = [i % cells.width, Math.floor(i / cells.width)]
    const tried = [0.125, 0.375, 0.625, 0.875].flatMap(dx =>
      [0.125, 0.375, 0.625, 0.875].map(dy => positionAt(cells, x + dx, y + dy)),
    )
    const isWhole = tried.every(([lng, lat]) => holdsPoint(area, lng, lat))
    expect(value).toEqual(isWhole ? (expected.get(i) ?? 0) : Number.NaN)
    n += isWhole ? value : 0
  })
  expect([cells.n, cells.leftOut]).toEqual([n, 3_000 - n])
  expect(n).toBeGreaterThan(1_000)
})

test('the cells of a street are the same whether it is given whole or in the parts it is made of', () => {
  const counts = countsGrid(scatteredPlaces(500, bounds), bounds, 23)
  const parts = ring.slice(1, -1).flatMap((corner, i): AreaGeometry[] => {
    const next = ring[i + 2]!
    return i + 2 < ring.length - 1 ? [{ type: 'Polygon', coordinates: [[ring[0]!, corner, next, ring[0]!]] }] : []
  })
  expect(parts).toHaveLength(2)
  expect(cellCounts(counts, { cellM: 60, areas: parts, bounds: null })).toEqual(
    cellCounts(counts, { cellM: 60, areas: [area], bounds: null }),
  )
})

test('beyond the box that was asked for nothing is studied; an empty part of the area is', () => {
  const [west, south, east, north] = [121.405, 31.206, 121.41, 31.212]
  const few = countsGrid([{ lng: 121.408, lat: 31.21 }], [west, south, east, north], 24)
  const asked = cellCounts(few, { cellM: 50, areas: [area], bounds: [west, south, east, north] })
  asked.values.forEach((value, i) => {
    if (Number.isNaN(value)) return
    const [lng, lat] = positionAt(asked, i % asked.width, Math.floor(i / asked.width))
    expect(lng >= west && lat <= north).toBe(true)
  })
  const whole = cellCounts(few, { cellM: 50, areas: [area], bounds: null })
  const studied = (values: Float64Array) => values.filter(value => !Number.isNaN(value)).length
  expect(studied(whole.values)).toBeGreaterThan(4 * studied(asked.values))
})

test('no area is no cell, and cells finer than the counts are refused', () => {
  const counts = countsGrid(scatteredPlaces(5, bounds), bounds, 20)
  expect(cellCounts(counts, { cellM: 100, areas: [], bounds: null })).toMatchObject({ width: 0, n: 0, leftOut: 5 })
  expect(() => cellCounts(counts, { cellM: 2, areas: [area], bounds: null })).toThrow(/finer than the counts/)
  expect(() => cellCounts(counts, { cellM: 0, areas: [area], bounds: null })).toThrow(/finer than the counts/)
})
