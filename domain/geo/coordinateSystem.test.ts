import { expect, test } from 'vitest'
import { coordinateSystem, gaussKrugerAt, utmAt } from './coordinateSystem.ts'

test.each([
  [4326, 'WGS 84', 'degree'],
  [4490, 'CGCS2000', 'degree'],
  [3857, 'WGS 84', 'metre'],
  [4534, 'CGCS2000', 'metre'],
  [4554, 'CGCS2000', 'metre'],
  [32651, 'WGS 84', 'metre'],
  [32760, 'WGS 84', 'metre'],
])('EPSG:%i is known', (code, datum, unit) => {
  expect(coordinateSystem(code)).toMatchObject({ code, datum, unit })
})

test.each([0, 4533, 4555, 4214, 2437, 26910, 32600, 32661, 32761, 4490.5])('EPSG:%d is none of them', code => {
  expect(coordinateSystem(code)).toBeNull()
})

test.each([
  [120.1, 4549, 120],
  [121.4, 4549, 120],
  [121.6, 4550, 123],
  [75, 4534, 75],
  [103.9, 4544, 105],
])('at %d° E the fitting zone is EPSG:%i', (lng, code, centralMeridian) => {
  expect(gaussKrugerAt(lng)).toBe(code)
  expect(coordinateSystem(code)?.projection).toMatchObject({ centralMeridian })
})

test('outside China there is no Gauss-Kruger zone, and everywhere a UTM zone', () => {
  expect([gaussKrugerAt(-122.4), gaussKrugerAt(140)]).toEqual([null, null])
  expect([utmAt(-122.4, 37.8), utmAt(121.4, 31.2), utmAt(151.2, -33.9), utmAt(180, 1)]).toEqual([
    32610, 32651, 32756, 32660,
  ])
})
