import { expect, test } from 'vitest'
import { distanceM } from '../geo/distance.ts'
import type { LngLat } from '../incident/facts.ts'
import { countsGrid } from './counts.ts'
import { pileUps } from './pileUps.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const bounds = [121.4, 31.2, 121.43, 31.23] as const
const found = (places: readonly LngLat[]) => pileUps(countsGrid(places, bounds, 25))
const times = (n: number, place: LngLat) => Array<LngLat>(n).fill(place)
const office = { lng: 121.4123, lat: 31.2234 }

test('incidents filed at the office are found at the office, the most first', () => {
  const hotline = { lng: 121.4201, lat: 31.2101 }
  const piles = found([...scatteredPlaces(3_000, bounds), ...times(90, office), ...times(400, hotline)])
  expect(piles.map(pile => pile.n)).toEqual([400, 90])
  expect(distanceM(piles[0]!, hotline)).toBeLessThan(1)
  expect(distanceM(piles[1]!, office)).toBeLessThan(1)
})

test('two default coordinates side by side do not hide each other, nor does one far from everything', () => {
  const beside = { lng: office.lng + 0.0003, lat: office.lat }
  expect(found([...scatteredPlaces(1_000, bounds), ...times(50, office), ...times(40, beside)])).toHaveLength(2)
  expect(found([...scatteredPlaces(200, [121.4, 31.2, 121.405, 31.205]), ...times(30, office)])).toHaveLength(1)
  expect(found(times(30, office))).toHaveLength(1)
})

test('a busy square, an estate with a coordinate per house and a few of the same place are no pile-ups', () => {
  const square = scatteredPlaces(800, [121.41, 31.21, 121.4105, 31.2105])
  expect(found(square)).toEqual([])
  const houses = scatteredPlaces(30, [121.41, 31.21, 121.413, 31.213])
  expect(found([...houses.flatMap((house, i) => times(20 + i, house)), ...scatteredPlaces(10, bounds)])).toEqual([])
  expect(found([...scatteredPlaces(200, bounds), ...times(9, office)])).toEqual([])
  expect(found([...scatteredPlaces(5_000, bounds), ...times(40, office)])).toEqual([])
  expect(found([])).toEqual([])
})

test('cells too coarse to tell one coordinate are refused', () => {
  expect(() => pileUps(countsGrid(times(30, office), bounds, 20))).toThrow(/too coarse to tell one coordinate/)
})
