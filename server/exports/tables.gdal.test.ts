import { readFileSync } from 'node:fs'
import { beforeEach, expect } from 'vitest'
import { IN_WEST_1 } from '../testing/street.ts'
import { type ExportedStreet, exportedStreet, WINDOW } from './testExports.ts'
import { gdal, gdalTest, python } from './testGdal.ts'

let street: ExportedStreet
beforeEach(async () => {
  street = await exportedStreet()
})

async function exported(what: string, name: string, ...more: string[]): Promise<string> {
  const out = street.file(name)
  const format = name.endsWith('.fgb') ? 'flatgeobuf' : name.split('.').at(-1)!
  const done = await street.run(what, ...WINDOW, '--format', format, '--out', out, ...more)
  expect(done).toMatchObject({ code: 0, err: [] })
  return out
}

type Feature = { properties: { [name: string]: unknown }; geometry: { type: string; coordinates: number[] } | null }
function features(file: string, layer: string, where?: string): Feature[] {
  const narrowed = where === undefined ? [] : ['-where', where]
  const as = ['-f', 'GeoJSON', '-t_srs', 'EPSG:4326', ...narrowed, '/vsistdout/', file, layer]
  return JSON.parse(gdal('ogr2ogr', ...as)).features
}

const VALIDATE = `
import sys
from osgeo_utils.samples import validate_gpkg
sys.exit(validate_gpkg.main(['validate_gpkg', sys.argv[1]]))`

gdalTest.each(['EPSG:4326', 'EPSG:4490', 'EPSG:4549', 'EPSG:32651', 'EPSG:3857'])(
  'a GeoPackage in %s passes the validator and holds areas, cells and incidents',
  async crs => {
    const file = await exported('heat', 'heat.gpkg', '--crs', crs)
    expect(python(VALIDATE, file)).toBe('')
    const { layers } = JSON.parse(python(OGRINFO, file))
    const code = crs.slice(5)
    expect(layers).toMatchObject([
      { name: 'cells', type: 'Multi Polygon', srs: code },
      { name: 'areas', type: 'Multi Polygon', srs: code, count: 7 },
      { name: 'incidents', type: 'Point', srs: code, count: 19 },
      { name: 'layer_styles', count: 3 },
    ])
    const [area] = features(file, 'areas', "code = '31010100101'")
    expect(area?.properties).toMatchObject({ name: '西苑一格', n: 12 })
    const [incident] = features(file, 'incidents', "category = 'rubbish'")
    expect(incident?.properties).toMatchObject({ category_name: '暴露垃圾', source: 'hotline' })
    expect(incident?.geometry?.coordinates[0]).toBeCloseTo(IN_WEST_1.lng, 6)
    const cells = features(file, 'cells')
    expect(cells.reduce((sum, { properties }) => sum + Number(properties['n']), 0)).toBe(19)
  },
)

/** Name, kind, EPSG number and number of rows of each layer. */
const OGRINFO = `
import json, sys
from osgeo import ogr
ogr.UseExceptions()
layers = []
source = ogr.Open(sys.argv[1])
for layer in source:
    srs = layer.GetSpatialRef()
    layers.append({
        'name': layer.GetName(), 'type': ogr.GeometryTypeToName(layer.GetGeomType()),
        'srs': srs and srs.GetAuthorityCode(None), 'count': layer.GetFeatureCount(), 'extent': layer.GetExtent(),
        'fields': [layer.GetLayerDefn().GetFieldDefn(i).GetTypeName() for i in range(layer.GetLayerDefn().GetFieldCount())],
    })
print(json.dumps({'layers': layers}))`

gdalTest('the styles inside name their tables, and are XML that QGIS can parse', async () => {
  const file = await exported('heat', 'heat.gpkg')
  const said = python(
    `
import sqlite3, sys
import xml.etree.ElementTree as tree
rows = sqlite3.connect(sys.argv[1]).execute('select f_table_name, useAsDefault, styleQML from layer_styles').fetchall()
for table, default, qml in rows: print(table, default, tree.fromstring(qml).find('renderer-v2').get('type'))`,
    file,
  )
  expect(said.trim().split('\n')).toEqual([
    'cells 1 graduatedSymbol',
    'areas 1 singleSymbol',
    'incidents 1 singleSymbol',
  ])
})

gdalTest.each(['EPSG:4326', 'EPSG:4549'])('FlatGeobuf in %s: system, extent, types, Chinese names', async crs => {
  const file = await exported('areas', 'areas.fgb', '--crs', crs)
  const [layer] = JSON.parse(python(OGRINFO, file)).layers
  expect(layer).toMatchObject({ name: 'areas', type: 'Multi Polygon', srs: crs.slice(5), count: 7 })
  expect(layer.fields).toEqual(['String', 'String', 'String', 'String', 'Integer', 'Real', 'Integer', 'Real', 'Real'])
  const all = features(file, 'areas')
  expect(all.map(({ properties }) => properties['name'])).toContain('东苑二格')
  expect(all[0]?.properties).toMatchObject({ code: '310101', name: '试街街道', n: 20 })
  const incidents = await exported('incidents', 'incidents.fgb', '--crs', crs)
  expect(features(incidents, 'incidents')).toHaveLength(19)
  expect(street.sidecar('incidents.fgb.json')).toMatchObject({ n: { used: 20 }, withoutPlace: 1 })
})

gdalTest('GeoJSON is read as WGS 84 with every area valid', async () => {
  const file = await exported('areas', 'areas.geojson')
  const said = python(
    `
import sys
from osgeo import ogr
source = ogr.Open(sys.argv[1])
layer = source.GetLayer(0)
print(layer.GetSpatialRef().GetAuthorityCode(None), all(f.GetGeometryRef().IsValid() for f in layer))`,
    file,
  )
  expect(said.trim()).toBe('4326 True')
})

gdalTest('CSV and XLSX: Chinese headings, numbers as numbers', async () => {
  await exported('areas', 'areas.csv')
  const csv = readFileSync(street.file('areas.csv'), 'utf8')
  expect(csv.startsWith('\uFEFF区域代码,名称,层级')).toBe(true)
  expect(csv.split('\r\n')).toHaveLength(9)
  const file = await exported('areas', 'areas.xlsx')
  const [layer] = JSON.parse(python(OGRINFO, file)).layers
  expect(layer).toMatchObject({ name: '区域', count: 7 })
  expect(layer.fields.slice(4)).toEqual(['Integer', 'Real', 'Integer', 'Real', 'Real'])
  expect(gdal('ogrinfo', '-al', file, '区域')).toContain('名称 (String) = 东苑二格')
})
