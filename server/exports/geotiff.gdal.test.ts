import { beforeEach, expect } from 'vitest'
import { density, densityAt, massOf } from '#domain/heat/density.ts'
import { everyIncident } from '#domain/heat/heatFilter.ts'
import { storeHeat } from '../heat/storeHeat.ts'
import { HOUR, IN_EAST_2, IN_WEST_1, STREET, T0, viewer, WEST } from '../testing/street.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'
import { gdal, gdalTest } from './testGdal.ts'

let street: ExportedStreet
beforeEach(async () => {
  street = await exportedStreet()
})

async function exported(...more: string[]): Promise<string> {
  const out = street.file('heat.tif')
  expect(await street.run('heat', ...WINDOW, '--format', 'geotiff', '--out', out, ...more)).toMatchObject({
    code: 0,
    err: [],
  })
  return out
}

/** As every screen gets it. */
async function screen(bandwidthM: number) {
  const filter = everyIncident(T0 - HOUR, T0 + HOUR)
  const { counts } = await storeHeat(street.app).counts(viewer('analyst', [STREET]), filter, bandwidthM)
  return density(counts, { bandwidthM, unit: 'perHectareHour', windowMs: 2 * HOUR })
}

gdalTest.each([
  ['EPSG:4326', 'GEOGCRS["WGS 84"'],
  ['EPSG:4490', 'GEOGCRS["China Geodetic Coordinate System 2000"'],
  ['EPSG:3857', 'PROJCRS["WGS 84 / Pseudo-Mercator"'],
  ['EPSG:4549', 'PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 120E"'],
  ['gaussKruger', 'PROJCRS["CGCS2000 / 3-degree Gauss-Kruger CM 120E"'],
  ['EPSG:32651', 'PROJCRS["WGS 84 / UTM zone 51N"'],
  ['utm', 'PROJCRS["WGS 84 / UTM zone 51N"'],
])(
  '%s: GDAL reads the system, the extent, the nodata and the value of the screen at the same place',
  async (crs, wkt) => {
    const file = await exported('--crs', crs, '--bandwidth', '120')
    const info = JSON.parse(gdal('gdalinfo', '-json', file))
    expect(info.coordinateSystem.wkt).toContain(wkt)
    expect(info.bands[0]).toMatchObject({ type: 'Float32', noDataValue: -9999, unit: 'perHectareHour' })
    expect(info.metadata['']).toMatchObject({ bandwidth_m: '120', n: '19', place: '试街', AREA_OR_POINT: 'Area' })
    const lngs = info.wgs84Extent.coordinates[0].map(([lng]: number[]) => lng)
    expect(Math.min(...lngs)).toBeCloseTo(121.4, 2)
    expect(Math.max(...lngs)).toBeCloseTo(121.44, 2)
    const grid = await screen(120)
    for (const place of [IN_WEST_1, { lng: 121.4113, lat: 31.2087 }, IN_EAST_2]) {
      const report = gdal('gdallocationinfo', '-wgs84', '-xml', file, String(place.lng), String(place.lat))
      const [, pixel, line] = /pixel="(\d+)" line="(\d+)"/.exec(report)!
      const centre = centreOf(file, Number(pixel), Number(line))
      const value = Number(/<Value>(.+)<\/Value>/.exec(report)![1])
      expect(value).toBeCloseTo(densityAt(grid, centre)!, 6)
    }
  },
)

function centreOf(file: string, pixel: number, line: number) {
  const info = JSON.parse(gdal('gdalinfo', '-json', file))
  const [west, cellX, , north, , cellY] = info.geoTransform
  const [x, y] = [west + (pixel + 0.5) * cellX, north + (line + 0.5) * cellY]
  const code = `EPSG:${info.stac['proj:epsg']}`
  const said = gdal('bash', '-c', `echo ${x} ${y} | gdaltransform -s_srs ${code} -t_srs EPSG:4326 -output_xy`)
  const [lng = Number.NaN, lat = Number.NaN] = said.trim().split(/\s+/).map(Number)
  return { lng, lat }
}

gdalTest('what lies outside the area has no value; its mass was counted before', async () => {
  const file = await exported('--area', WEST, '--crs', 'EPSG:4326')
  const at = (lng: number, lat: number) =>
    gdal('gdallocationinfo', '-valonly', '-wgs84', file, String(lng), String(lat))
  expect(Number(at(IN_WEST_1.lng, IN_WEST_1.lat))).toBeGreaterThan(0)
  expect([at(121.41999, 31.21), at(121.43, 31.21)].map(said => said.trim() === '' || Number(said) === -9999)).toEqual([
    false,
    true,
  ])
  const { mass, n } = street.sidecar('heat.tif.json')
  expect(Math.abs(mass / n.used - 1)).toBeLessThan(0.005)
})

gdalTest('cells of 25 m in the zone are 25 m wide and lie on multiples of it', async () => {
  const info = JSON.parse(gdal('gdalinfo', '-json', await exported('--crs', 'EPSG:4549', '--cell', '25')))
  const [west, cellX, , north, , cellY] = info.geoTransform
  expect([cellX, cellY, west % 25, north % 25]).toEqual([25, -25, 0, 0])
  const grid = await screen(120)
  expect(massOf(grid)).toBeGreaterThan(18.9)
})
