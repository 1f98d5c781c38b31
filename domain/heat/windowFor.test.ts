import { expect, test } from 'vitest'
import type { Bbox } from '../geo/bbox.ts'
import { latAt, lngAt, worldX, worldY } from '../geo/mercator.ts'
import { countsGrid } from './counts.ts'
import { density, densityAt } from './density.ts'
import { levelFor } from './lattice.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'
import { windowFor } from './windowFor.ts'

/** What a screen of 512 × 384 points shows around a place at a zoom of the map. */
function viewport(lng: number, lat: number, zoom: number): Bbox {
  const [x, y] = [worldX(lng), worldY(lat)]
  const [halfX, halfY] = [256 / 512 / 2 ** zoom, 192 / 512 / 2 ** zoom]
  return [lngAt(x - halfX), latAt(y + halfY), lngAt(x + halfX), latAt(y - halfY)]
}

test('the same coordinate has the same value from z12 to z18, in every viewport, at any latitude', () => {
  for (const lat of [31.2, -62])
    for (const bandwidthM of [60, 400]) {
      const whole: Bbox = [121.3, lat - 0.08, 121.5, lat + 0.08]
      const places = scatteredPlaces(3_000, whole, 7)
      const [countLevel, level] = [levelFor(bandwidthM, lat, 64), levelFor(bandwidthM, lat)]
      const asked = (bounds: Bbox) =>
        density(countsGrid(places, bounds, countLevel), { bandwidthM, unit: 'perKm2', windowMs: 1, level })
      const everything = asked(whole)
      for (const centre of [places[10]!, { lng: 121.41, lat: lat + 0.01 }])
        for (let zoom = 12; zoom <= 18; zoom++) {
          const view = viewport(centre.lng, centre.lat, zoom)
          const grid = asked(windowFor(view, bandwidthM))
          const probes = [
            centre,
            ...scatteredPlaces(12, view, zoom),
            ...[0, 1].map(i => ({ lng: view[2 * i]!, lat: view[1 + 2 * i]! })),
          ]
          for (const probe of probes) {
            const expected = densityAt(everything, probe)!
            expect(Math.abs(densityAt(grid, probe)! - expected)).toBeLessThanOrEqual(1e-9 * expected)
          }
        }
    }
})

test('two windows that overlap agree in their common viewport, and a window without padding does not', () => {
  const places = scatteredPlaces(2_000, [121.38, 31.18, 121.44, 31.24], 3)
  const asked = (bounds: Bbox) =>
    density(countsGrid(places, bounds, 24), { bandwidthM: 200, unit: 'perKm2', windowMs: 1, level: 21 })
  const [one, other]: Bbox[] = [
    [121.4, 31.2, 121.412, 31.208],
    [121.408, 31.203, 121.42, 31.215],
  ] as const
  const corner = { lng: 121.408, lat: 31.203 }
  const value = densityAt(asked(windowFor(one!, 200)), corner)!
  expect(Math.abs(densityAt(asked(windowFor(other!, 200)), corner)! / value - 1)).toBeLessThan(1e-9)
  expect(densityAt(asked(other!), corner)! / value).toBeLessThan(0.7)
})

test('a window ends where the map does', () => {
  expect(windowFor([-180, -85, 180, 85], 10_000)).toEqual([-180, -85, 180, 85])
  const [west, south, east, north] = windowFor([121.4, 31.2, 121.5, 31.3], 120)
  expect(west).toBeLessThan(121.395)
  expect(east).toBeGreaterThan(121.505)
  expect([south, north].map(lat => Math.round(lat * 1000) / 1000)).toEqual([31.195, 31.305])
})
