import { expect, test } from 'vitest'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { encodeHeat } from '#domain/heat/codec.ts'
import { countsGrid } from '#domain/heat/counts.ts'
import { densityAt } from '#domain/heat/density.ts'
import { scatteredPlaces } from '#domain/heat/scatteredPlaces.ts'
import { windowFor } from '#domain/heat/windowFor.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { makePicture, type PictureQuestion } from './picture.ts'

const AREA = [121.84, 30.54, 121.86, 30.555] as const
const ring: [number, number][] = [
  [AREA[0], AREA[1]],
  [AREA[2], AREA[1]],
  [AREA[2], AREA[3]],
  [AREA[0], AREA[3]],
  [AREA[0], AREA[1]],
]
const clip: AreaGeometry = { type: 'Polygon', coordinates: [ring] }
const bounds = windowFor(AREA, 120)
const DAY = 86_400_000
const bytes = (places: readonly LngLat[], toMs = DAY) =>
  encodeHeat({ counts: countsGrid(places, bounds, 22), fromMs: 0, toMs, head: 7 })
const question: PictureQuestion = {
  periods: [],
  quantity: 'perKm2',
  bandwidthM: 120,
  bounds,
  homes: [],
  method: 'equal',
  breaks: null,
  clip,
  isDifference: false,
  hot: null,
}
const west = { lng: 121.845, lat: 30.548 }
const east = { lng: 121.855, lat: 30.548 }
const many = (place: LngLat, n: number) => Array.from({ length: n }, () => place)
const period = (places: readonly LngLat[], toMs = DAY) => ({ counts: bytes(places, toMs), breached: null })

test('one scale holds for both periods, and reaches the greater of their peaks', () => {
  const { periods, breaks, top } = makePicture({
    ...question,
    periods: [period(many(west, 5)), period(many(east, 50))],
  })
  const [a, b] = periods
  expect([a?.n, b?.n]).toEqual([5, 50])
  expect(b?.peak).toBeGreaterThan(9 * (a?.peak ?? 0))
  expect(breaks).toHaveLength(5)
  expect(top).toBeGreaterThanOrEqual(b?.peak ?? Number.POSITIVE_INFINITY)
  expect(b?.bands.features.map(({ properties }) => properties.band)).toEqual([0, 1, 2, 3, 4])
  expect(a?.bands.features.length).toBeLessThan(2)
})

test('locked limits stay, whatever is drawn', () => {
  const breaks = [1, 2, 3]
  expect(makePicture({ ...question, breaks, periods: [period(many(west, 500))] }).breaks).toEqual(breaks)
})

test('the shares of the area add up to all of it', () => {
  const { periods } = makePicture({ ...question, periods: [period(scatteredPlaces(300, AREA))] })
  expect(periods[0]?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
})

test.each(['equal', 'quantile', 'mean'] as const)('%s classes ascend from above 0', method => {
  const { breaks } = makePicture({ ...question, method, periods: [period(scatteredPlaces(300, AREA))] })
  expect(breaks).toEqual([...breaks].sort((a, b) => a - b))
  expect(breaks[0]).toBeGreaterThan(0)
  expect(new Set(breaks).size).toBe(breaks.length)
})

test('the difference is more where the first period has more, and less where it has less', () => {
  const { difference } = makePicture({
    ...question,
    isDifference: true,
    periods: [period(many(west, 20)), period(many(east, 20))],
  })
  if (difference === null || difference === 'unequalWindows') throw new Error('there is a difference')
  const lngs = (bands: typeof difference.more) =>
    bands.features.flatMap(({ geometry }) => geometry.coordinates.flat(2).map(([lng = 0]) => lng))
  expect(Math.max(...lngs(difference.more))).toBeLessThan(121.85)
  expect(Math.min(...lngs(difference.less))).toBeGreaterThan(121.85)
})

test('counts per km² over windows of different length are not subtracted; rates are', () => {
  const periods = [period(many(west, 20)), period(many(west, 40), 2 * DAY)]
  expect(makePicture({ ...question, isDifference: true, periods }).difference).toBe('unequalWindows')
  const rates = makePicture({ ...question, quantity: 'perHectareHour', isDifference: true, periods })
  expect(rates.difference).toMatchObject({ more: { features: [] }, less: { features: [] } })
})

test('the share of breaches is that of what lies around, and says nothing where next to nothing lies', () => {
  const all = [...many(west, 40), ...many(east, 40), ...many({ lng: 121.85, lat: 30.543 }, 1)]
  const breached = [...many(west, 10), ...many(east, 40)]
  const { periods } = makePicture({
    ...question,
    quantity: 'share',
    periods: [{ counts: bytes(all), breached: bytes(breached) }],
  })
  const at = (place: LngLat) => (periods[0] ? densityAt(periods[0].grid, place) : null)
  expect(at(west)).toBeCloseTo(0.25, 2)
  expect(at(east)).toBeCloseTo(1, 2)
  expect(at({ lng: 121.85, lat: 30.543 })).toBeNull()
})

test.each(['equal', 'mean'] as const)('%s classes of a share end below the whole', method => {
  const all = [...many(west, 40), ...many(east, 40)]
  const share = { counts: bytes(all), breached: bytes(many(west, 40)) }
  const { breaks, top } = makePicture({ ...question, method, quantity: 'share', periods: [share] })
  expect(breaks.length).toBeGreaterThan(1)
  expect(Math.max(...breaks)).toBeLessThan(1)
  expect(top).toBeGreaterThanOrEqual(1)
})

test('per 1,000 households and day: where everything is even, it is the whole divided by the whole', () => {
  const homes = [{ code: 'a', households: 4000, geometry: clip }]
  const { periods } = makePicture({
    ...question,
    quantity: 'perThousand',
    homes,
    periods: [period(scatteredPlaces(4000, AREA), 4 * DAY)],
  })
  expect(periods[0]?.mean).toBeGreaterThan(240)
  expect(periods[0]?.mean).toBeLessThan(260)
})

test('hot spots stand where incidents crowd, and nothing is claimed of a handful', () => {
  const hot = { alpha: 0.05, perHousehold: false }
  const crowd = [...scatteredPlaces(400, AREA), ...scatteredPlaces(120, [121.844, 30.546, 121.847, 30.549], 3)]
  const found = makePicture({ ...question, hot, periods: [period(crowd)] }).periods[0]?.hot
  expect(found?.verdict).toBe('found')
  expect(found?.hot).toBeGreaterThan(3)
  expect(found?.outlines.features.map(({ properties }) => properties?.['sign'])).toContain(1)
  const few = makePicture({ ...question, hot, periods: [period(many(west, 5))] }).periods[0]?.hot
  expect(few).toMatchObject({ verdict: 'tooFewIncidents', hot: 0, expected: null })
})

test('nothing at all gives no limits and no bands', () => {
  const { breaks, periods } = makePicture({ ...question, periods: [period([])] })
  expect(breaks).toEqual([])
  expect(periods[0]).toMatchObject({ n: 0, peak: 0, bands: { features: [] } })
})
