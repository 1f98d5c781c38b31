import { expect, test } from 'vitest'
import { countsGrid } from '#domain/heat/counts.ts'
import { scatteredPlaces } from '#domain/heat/scatteredPlaces.ts'
import { inBox } from './inBox.ts'

const SMALL = [121.84, 30.54, 121.86, 30.555] as const
const LARGE = [121.83, 30.53, 121.88, 30.57] as const
const places = scatteredPlaces(500, SMALL)

test('counts of a smaller window are those of the larger one, cell by cell', () => {
  expect(inBox(countsGrid(places, SMALL, 20), LARGE)).toEqual(countsGrid(places, LARGE, 20))
})

test('what lies outside the box is left out and not counted', () => {
  const half = [121.85, 30.54, 121.86, 30.555] as const
  const cut = inBox(countsGrid(places, LARGE, 20), half)
  expect(cut.n).toBe(cut.counts.reduce((sum, count) => sum + count, 0))
  expect(cut.n).toBeGreaterThan(150)
  expect(cut.n).toBeLessThan(350)
})
