import { expect, test } from 'vitest'
import { areaM2, ringAreaM2 } from '../geo/areaM2.ts'
import { distanceM } from '../geo/distance.ts'
import { polygonsOf } from '../geo/geojson.ts'
import { holdsPoint } from '../geo/pointInPolygon.ts'
import { isobands, levelSets } from './bands.ts'
import { countsGrid } from './counts.ts'
import { type Density, density, densityAt } from './density.ts'
import { levelFor, positionAt, rowCellM } from './lattice.ts'
import { scatteredPlaces } from './scatteredPlaces.ts'

const bounds = [121.4, 31.2, 121.42, 31.22] as const
const options = { bandwidthM: 120, unit: 'perKm2', windowMs: 3_600_000 } as const

/** Rows of digits, north first, as a grid near Shanghai. */
function drawn(...rows: string[]): Density {
  const values = Float64Array.from(rows.join(''), Number)
  return {
    level: 21,
    x0: 1756000,
    y0: 856000,
    width: rows[0]!.length,
    height: rows.length,
    values,
    bandwidthM: 1,
    unit: 'perKm2',
    windowMs: 1,
    n: 0,
  }
}

function busy(n: number): Density {
  return density(countsGrid(scatteredPlaces(n, bounds, 5), bounds, levelFor(120, 31.2)), options)
}

test('the contours of a lone incident are circles of the analytic radius, to half a cell', () => {
  const level = levelFor(120, 31.2)
  const [lng, lat] = positionAt(countsGrid([], bounds, level), 80.5, 80.5)
  const grid = density(countsGrid([{ lng, lat }], bounds, level), options)
  const peak = 1e6 / (2 * Math.PI * 120 ** 2)
  for (const share of [0.05, 0.3, 0.6, 0.9]) {
    const [set] = levelSets(grid, [peak * share])
    const radius = 120 * Math.sqrt(-2 * Math.log(share))
    expect(set!.geometry.type).toBe('Polygon')
    for (const [x, y] of polygonsOf(set!.geometry)[0]![0]!)
      expect(Math.abs(distanceM({ lng, lat }, { lng: x, lat: y }) - radius)).toBeLessThan(rowCellM(grid, 80) / 2)
  }
})

test('level sets nest, bands do not overlap, and together they are the first level set', () => {
  const grid = busy(200)
  const breaks = [15, 30, 45, 60]
  const sets = levelSets(grid, breaks)
  const bands = isobands(grid, breaks)
  const areas = sets.map(set => areaM2(set.geometry))
  expect(areas.every((area, i) => i === 0 || area < areas[i - 1]!)).toBe(true)
  bands.forEach((band, i) => {
    expect(areaM2(band.geometry) / (areas[i]! - (areas[i + 1] ?? 0))).toBeCloseTo(1, 6)
  })
  for (let i = 0; i < 500; i++) {
    const [lng, lat] = positionAt(grid, (i * 0.618 * grid.width) % grid.width, (i / 500) * grid.height)
    const inSets = sets.filter(set => holdsPoint(set.geometry, lng, lat)).length
    const inBands = bands.flatMap((band, k) => (holdsPoint(band.geometry, lng, lat) ? [k] : []))
    expect(inBands).toEqual(inSets === 0 ? [] : [inSets - 1])
  }
})

test('every cell centre lies in the band of its value, and picking agrees', () => {
  const grid = busy(200)
  const breaks = [15, 30, 45, 60]
  const bands = isobands(grid, breaks)
  grid.values.forEach((value, i) => {
    const [lng, lat] = positionAt(grid, (i % grid.width) + 0.5, Math.floor(i / grid.width) + 0.5)
    if (i % 53 === 0) {
      const held = bands.findLastIndex(band => holdsPoint(band.geometry, lng, lat))
      expect(held).toBe(breaks.findLastIndex(from => value >= from))
      expect(densityAt(grid, { lng, lat })).toBeCloseTo(value, 6)
    }
  })
})

test('holes and the islands in them are rings of the right polygon, direction and closure', () => {
  const grid = drawn('0000000', '0222220', '0200020', '0203020', '0200020', '0222220', '0000000', '0020000')
  const [set] = levelSets(grid, [1])
  const polygons = polygonsOf(set!.geometry)
  expect(polygons.map(rings => rings.length).sort()).toEqual([1, 1, 2])
  for (const [shell, ...holes] of polygons) {
    expect(ringAreaM2(shell!)).toBeGreaterThan(0)
    for (const hole of holes) expect(ringAreaM2(hole)).toBeLessThan(0)
    for (const ring of [shell!, ...holes]) expect(ring.at(-1)).toEqual(ring[0])
  }
})

test('saddles, plateaus at the break and values at the rim give closed rings that touch nothing', () => {
  const grid = drawn('2020', '0202', '2111', '0012')
  for (const { geometry } of [...levelSets(grid, [1, 2]), ...isobands(grid, [1, 2])])
    for (const rings of polygonsOf(geometry)) {
      const points = rings.flatMap(ring => ring.slice(1).map(point => point.join()))
      expect(new Set(points).size).toBe(points.length)
      for (const ring of rings) expect(ring.length).toBeGreaterThanOrEqual(4)
    }
})

test('nothing above a break is an empty geometry, and breaks out of order are refused', () => {
  expect(levelSets(busy(5), [1e9])[0]!.geometry).toEqual({ type: 'MultiPolygon', coordinates: [] })
  expect(() => isobands(busy(5), [2, 1])).toThrow(/positive and ascending/)
  expect(() => isobands(busy(5), [0, 1])).toThrow(/positive and ascending/)
})
