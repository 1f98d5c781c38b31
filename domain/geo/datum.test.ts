import { expect, test } from 'vitest'
import { DATUMS, type Datum, fromWgs84, toWgs84 } from './datum.ts'
import { distanceM } from './distance.ts'

const shanghai = { lng: 121.4737, lat: 31.2304 }

test('every datum goes there and back to better than a decimetre, anywhere in the box and outside it', () => {
  for (const datum of DATUMS)
    for (let lng = 73.5; lng < 137; lng += 2.37)
      for (let lat = 3.1; lat < 54; lat += 1.71) {
        const place = { lng, lat }
        expect(distanceM(toWgs84(fromWgs84(place, datum), datum), place)).toBeLessThan(0.1)
      }
  expect(toWgs84({ lng: 2.35, lat: 48.85 }, 'gcj02')).toEqual({ lng: 2.35, lat: 48.85 })
})

test('gcj02 is what public converters give', () => {
  // Source: googollee/eviltransform, its test vectors (Shanghai, Shenzhen, Beijing).
  const table = [
    [
      { lng: 121.5272106, lat: 31.1774276 },
      { lng: 121.531541859215, lat: 31.17530398364597 },
    ],
    [
      { lng: 113.912316, lat: 22.543847 },
      { lng: 113.9171764808363, lat: 22.540796131694766 },
    ],
    [
      { lng: 116.377817, lat: 39.911954 },
      { lng: 116.38404722455657, lat: 39.91334545536069 },
    ],
  ] as const
  for (const [wgs84, gcj02] of table) {
    expect(distanceM(fromWgs84(wgs84, 'gcj02'), gcj02)).toBeLessThan(0.001)
    expect(distanceM(toWgs84(gcj02, 'gcj02'), wgs84)).toBeLessThan(0.001)
  }
})

test('bd09 lies another 0.0065° east and 0.006° north of gcj02, give or take its waves', () => {
  const gcj = fromWgs84(shanghai, 'gcj02')
  const bd = fromWgs84(shanghai, 'bd09')
  expect(Math.abs(bd.lng - gcj.lng - 0.0065)).toBeLessThan(0.0005)
  expect(Math.abs(bd.lat - gcj.lat - 0.006)).toBeLessThan(0.0005)
})

test('cgcs2000 is taken as it stands, and an unknown datum is refused', () => {
  expect(toWgs84(shanghai, 'cgcs2000')).toEqual(shanghai)
  expect(() => toWgs84(shanghai, 'mars' as Datum)).toThrow(/unknown datum "mars"/)
})
