import { expect, test } from 'vitest'
import { areaM2 } from './areaM2.ts'
import { bearingDeg, distanceM, EARTH_RADIUS_M } from './distance.ts'
import { interiorPoint } from './interiorPoint.ts'
import { latAt, lngAt, metresPerWorld, worldX, worldY } from './mercator.ts'
import { holdsPoint } from './pointInPolygon.ts'

test('distances agree with the geodesic on WGS 84 within the error that is documented', () => {
  // Geodesics on WGS 84 by Vincenty's inverse formula: Shanghai to Beijing, one degree each way at 31° N.
  const table = [
    [{ lng: 121.4737, lat: 31.2304 }, { lng: 116.4074, lat: 39.9042 }, 1_065_846],
    [{ lng: 121, lat: 31 }, { lng: 122, lat: 31 }, 95_504],
    [{ lng: 121, lat: 31 }, { lng: 121, lat: 32 }, 110_878],
  ] as const
  for (const [a, b, metres] of table) expect(Math.abs(distanceM(a, b) / metres - 1)).toBeLessThan(0.0035)
  expect(distanceM({ lng: 121, lat: 31 }, { lng: 121, lat: 31 })).toBe(0)
})

test('bearings turn clockwise from north', () => {
  const here = { lng: 121, lat: 31 }
  expect(bearingDeg(here, { lng: 121, lat: 32 })).toBeCloseTo(0, 6)
  expect(bearingDeg(here, { lng: 121.001, lat: 31 })).toBeCloseTo(90, 2)
  expect(bearingDeg(here, { lng: 121, lat: 30 })).toBeCloseTo(180, 6)
  expect(bearingDeg(here, { lng: 120.999, lat: 31 })).toBeCloseTo(270, 2)
})

test('an area is measured on the ground, not on the map', () => {
  const cap = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 60],
        [90, 60],
        [90, 90],
        [0, 90],
        [0, 60],
      ],
    ],
  } as const
  expect(areaM2(cap)).toBeCloseTo((Math.PI / 2) * EARTH_RADIUS_M ** 2 * (1 - Math.sin(Math.PI / 3)), -6)
  const squareAt = (lat: number) =>
    areaM2({
      type: 'Polygon',
      coordinates: [
        [
          [121, lat],
          [121.01, lat],
          [121.01, lat + 0.01],
          [121, lat + 0.01],
          [121, lat],
        ],
      ],
    })
  expect(squareAt(60) / squareAt(0)).toBeCloseTo(0.5, 3)
  const side = (Math.PI * EARTH_RADIUS_M) / 18_000
  expect(squareAt(0)).toBeCloseTo(side * side, 0)
})

test('mercator goes there and back, and its ground scale is the distance', () => {
  for (const lat of [-80, -31.2, 0, 25.03, 31.2304, 84])
    for (const lng of [-179.9, 0, 121.4737]) {
      expect(latAt(worldY(lat))).toBeCloseTo(lat, 11)
      expect(lngAt(worldX(lng))).toBeCloseTo(lng, 11)
    }
  const metres = distanceM({ lng: 121, lat: 31 }, { lng: 121.001, lat: 31 })
  expect((worldX(121.001) - worldX(121)) * metresPerWorld(31)).toBeCloseTo(metres, 4)
})

test('the interior point lies inside crescents, rings, slivers and the largest of several parts', () => {
  const sliver = {
    type: 'Polygon',
    coordinates: [
      [
        [121, 31],
        [121.5, 31.5],
        [121.5000001, 31.5],
        [121, 31],
      ],
    ],
  } as const
  const crescent = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
        [0, 3.9],
        [3.9, 3.9],
        [3.9, 0.1],
        [0, 0.1],
        [0, 0],
      ],
    ],
  } as const
  const ring = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
        [0, 0],
      ],
      [
        [0.1, 0.1],
        [3.9, 0.1],
        [3.9, 3.8],
        [0.1, 3.8],
        [0.1, 0.1],
      ],
    ],
  } as const
  const parts = {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [10, 10],
          [10.1, 10],
          [10.1, 10.1],
          [10, 10],
        ],
      ],
      crescent.coordinates[0] ? [crescent.coordinates[0]] : [],
    ],
  } as const
  for (const geometry of [sliver, crescent, ring, parts]) {
    const point = interiorPoint(geometry)!
    expect(holdsPoint(geometry, point.lng, point.lat)).toBe(true)
  }
  expect(
    interiorPoint({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [2, 0],
          [2, 2],
          [0, 2],
          [0, 0],
        ],
      ],
    })!.lng,
  ).toBeCloseTo(1, 1)
})
