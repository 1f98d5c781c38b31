import { cellsLayer, VALUE } from './cellsLayer.ts'
import { csv } from './csv.ts'
import { flatgeobuf } from './flatgeobuf.ts'
import { geojson } from './geojson.ts'
import { geopackage } from './geopackage.ts'
import { heatRaster } from './heatRaster.ts'
import type { Column, Layer } from './layer.ts'
import { areasLayer, incidentsLayer } from './layers.ts'
import type { Material } from './material.ts'
import { knownSystem, type Projection, projectionTo } from './projection.ts'
import { areasStyle, cellsStyle, incidentsStyle } from './qgisStyle.ts'
import type { OnProgress, Rendered } from './rendered.ts'
import { xlsx } from './xlsx.ts'

/** The formats that hold rows: one layer, or in a GeoPackage of heat all three. */
export async function tables(material: Material, onProgress: OnProgress): Promise<Rendered> {
  const { request, timezone, at } = material
  const system = knownSystem(material.systemCode)
  const projection = projectionTo(system)
  const { layer, facts } = mainLayer(material, onProgress)
  const options = { headings: request.headings, bom: request.bom, timezone }
  const layers = [layer]
  let more: Rendered['facts'] = {}
  const bytes = await written()
  return {
    files: [{ suffix: '', bytes }],
    facts: { ...facts, ...more, layers: layers.map(({ name, rows }) => ({ name, rows: rows.length })) },
  }

  async function written(): Promise<Uint8Array> {
    switch (request.format) {
      case 'geojson':
        return geojson(layer, timezone)
      case 'csv':
        return csv(layer, options)
      case 'xlsx':
        return xlsx(layer, options)
      case 'flatgeobuf': {
        const { bytes, withoutPlace } = flatgeobuf(layer, system, projection, timezone)
        more = { withoutPlace }
        return bytes
      }
      case 'gpkg': {
        if (request.what === 'heat')
          layers.push(areasLayer(material), eastings(incidentsLayer(material), material, projection))
        return geopackage(
          layers.map(each => ({ layer: each, qml: styleOf(each, material) })),
          system,
          projection,
          at,
        )
      }
      default:
        throw new Error(`${request.format} holds no rows`)
    }
  }
}

function mainLayer(material: Material, onProgress: OnProgress): { layer: Layer; facts: Rendered['facts'] } {
  const projection = projectionTo(knownSystem(material.systemCode))
  switch (material.request.what) {
    case 'areas':
      return { layer: areasLayer(material), facts: {} }
    case 'incidents':
      return { layer: eastings(incidentsLayer(material), material, projection), facts: {} }
    case 'heat': {
      const { raster, counts, facts } = heatRaster(material, onProgress)
      const cells = cellsLayer(material, counts, raster, projection)
      return { layer: eastings(cells, material, projection), facts }
    }
  }
}

const EASTINGS: readonly Column[] = [
  { name: 'x', zh: '东坐标（米）', en: 'Easting (m)', type: 'real' },
  { name: 'y', zh: '北坐标（米）', en: 'Northing (m)', type: 'real' },
]

/** In a system of metres also these stand beside longitude and latitude. */
function eastings(layer: Layer, { systemCode }: Material, { forward }: Projection): Layer {
  if (knownSystem(systemCode).unit === 'degree') return layer
  const [lngAt, latAt] = ['lng', 'lat'].map(name => layer.columns.findIndex(column => column.name === name))
  const rows = layer.rows.map(row => {
    const [lng, lat] = [row.values[lngAt ?? -1], row.values[latAt ?? -1]]
    const pair = typeof lng === 'number' && typeof lat === 'number' ? forward([lng, lat]) : [null, null]
    return { ...row, values: [...row.values, ...pair.map(metres => metres && Number(metres.toFixed(3)))] }
  })
  return { ...layer, columns: [...layer.columns, ...EASTINGS], rows }
}

function styleOf({ name }: Layer, { request }: Material): string {
  if (name === 'areas') return areasStyle()
  if (name === 'incidents') return incidentsStyle()
  return cellsStyle(VALUE[request.unit].name, request.classes, request.unit)
}
