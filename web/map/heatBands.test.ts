import { expect, test } from 'vitest'
import { encodeHeat } from '#domain/heat/codec.ts'
import { countsGrid } from '#domain/heat/counts.ts'
import { densityAt } from '#domain/heat/density.ts'
import { geometryBbox } from './camera.ts'
import { heatBands } from './heatBands.ts'

const spot = { lng: 121.85, lat: 30.54 }
const settings = {
  unit: 'perHectareHour',
  bandwidthM: 120,
  windowMs: 4 * 3_600_000,
  classes: [0.1, 0.2, 0.3, 0.4, 0.5],
}
const bytes = encodeHeat({
  counts: countsGrid(Array(20).fill(spot), [121.8, 30.5, 121.9, 30.6], 22),
  fromMs: 0,
  toMs: settings.windowMs,
  head: 1,
})

test('the bands and the picked value come of one grid, in the unit of the place', () => {
  const { bands, grid } = heatBands(bytes, settings, null)
  // A lone peak: n ÷ (2πσ²) per square metre, × 10,000 for the hectare, ÷ 4 hours.
  const peak = ((20 / (2 * Math.PI * 120 ** 2)) * 10_000) / 4
  expect(Math.abs((densityAt(grid, spot) ?? 0) / peak - 1)).toBeLessThan(0.01)
  expect(bands.features.map(f => f.properties)).toEqual(
    settings.classes.flatMap((from, band) => (from <= peak ? [{ band, from }] : [])),
  )
})

test('the bands end at the border of the area shown; the picked value does not', () => {
  const west = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [121.8, 30.5],
        [121.85, 30.5],
        [121.85, 30.6],
        [121.8, 30.6],
        [121.8, 30.5],
      ],
    ],
  }
  const { bands, grid } = heatBands(bytes, settings, west)
  expect(bands.features.length).toBeGreaterThan(2)
  for (const { geometry } of bands.features) expect(geometryBbox(geometry)?.[2]).toBeLessThanOrEqual(121.85 + 1e-9)
  expect(densityAt(grid, { lng: 121.8505, lat: 30.54 })).toBeGreaterThan(0.3)
})

test('an unknown unit and broken bytes are said', () => {
  expect(() => heatBands(bytes, { ...settings, unit: 'score' }, null)).toThrow(/score/)
  expect(() => heatBands(bytes.slice(0, 61), settings, null)).toThrow(/heat/)
})
