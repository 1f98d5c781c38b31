import { Builder } from 'flatbuffers'
import { magicbytes } from 'flatgeobuf/lib/mjs/constants.js'
import { Column as FgbColumn } from 'flatgeobuf/lib/mjs/flat-geobuf/column.js'
import { ColumnType } from 'flatgeobuf/lib/mjs/flat-geobuf/column-type.js'
import { Crs } from 'flatgeobuf/lib/mjs/flat-geobuf/crs.js'
import { GeometryType } from 'flatgeobuf/lib/mjs/flat-geobuf/geometry-type.js'
import { Header } from 'flatgeobuf/lib/mjs/flat-geobuf/header.js'
import { buildFeature } from 'flatgeobuf/lib/mjs/generic/feature.js'
import { parseGeometry } from 'flatgeobuf/lib/mjs/geojson/geometry.js'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { type Column, headingOf, type Layer, readable } from './layer.ts'
import type { Projection } from './projection.ts'
import { type Box, boxOf, type Shape, shapeOf } from './shape.ts'

const TYPES = {
  text: ColumnType.String,
  integer: ColumnType.Int,
  real: ColumnType.Double,
  datetime: ColumnType.DateTime,
} as const satisfies { readonly [type in Column['type']]: ColumnType }

/**
 * FlatGeobuf 3 without an index, in the order of the layer. The format has no row without a geometry: what has none is left out,
 * and the sidecar says how many. The library's own header knows neither names nor extents; hence the one here.
 */
export function flatgeobuf(
  layer: Layer,
  system: CoordinateSystem,
  projection: Projection,
  timezone: string,
): { bytes: Uint8Array; withoutPlace: number } {
  const { columns, rows } = layer
  const placed = rows.flatMap(({ geometry, values }) =>
    geometry === null ? [] : [{ shape: shapeOf(geometry, projection), values }],
  )
  const meta = {
    geometryType: layer.geometry === 'point' ? GeometryType.Point : GeometryType.MultiPolygon,
    columns: columns.map(columnMeta),
    envelope: null,
    featuresCount: placed.length,
    indexNodeSize: 0,
    crs: null,
    title: null,
    description: null,
    metadata: null,
  }
  const features = placed.map(({ shape, values }) => {
    const properties = columns.map(({ name, type }, i) => [name, readable(values[i] ?? null, type, timezone)])
    return buildFeature(parseGeometry(geojsonOf(shape)), Object.fromEntries(properties), meta)
  })
  const box = boxOf(placed.map(({ shape }) => shape))
  const bytes = Buffer.concat([magicbytes, header(layer, system, box, placed.length), ...features])
  return { bytes, withoutPlace: rows.length - placed.length }
}

function header(layer: Layer, system: CoordinateSystem, box: Box | null, count: number): Uint8Array {
  const builder = new Builder()
  const columns = layer.columns.map(column => {
    const [name, title] = [builder.createString(column.name), builder.createString(headingOf(column, 'zh'))]
    FgbColumn.startColumn(builder)
    FgbColumn.addName(builder, name)
    FgbColumn.addType(builder, TYPES[column.type])
    FgbColumn.addTitle(builder, title)
    return FgbColumn.endColumn(builder)
  })
  const columnsAt = Header.createColumnsVector(builder, columns)
  const [name, title] = [builder.createString(layer.name), builder.createString(layer.title)]
  const envelope = box && Header.createEnvelopeVector(builder, [box.minX, box.minY, box.maxX, box.maxY])
  const [org, crsName] = [builder.createString('EPSG'), builder.createString(system.name)]
  Crs.startCrs(builder)
  Crs.addOrg(builder, org)
  Crs.addCode(builder, system.code)
  Crs.addName(builder, crsName)
  const crs = Crs.endCrs(builder)
  Header.startHeader(builder)
  Header.addName(builder, name)
  Header.addTitle(builder, title)
  if (envelope !== null) Header.addEnvelope(builder, envelope)
  Header.addGeometryType(builder, layer.geometry === 'point' ? GeometryType.Point : GeometryType.MultiPolygon)
  Header.addColumns(builder, columnsAt)
  Header.addFeaturesCount(builder, BigInt(count))
  Header.addIndexNodeSize(builder, 0)
  Header.addCrs(builder, crs)
  builder.finishSizePrefixed(Header.endHeader(builder))
  return builder.asUint8Array()
}

function columnMeta({ name, type }: Column) {
  const plain = { title: null, description: null, width: -1, precision: -1, scale: -1 }
  return { name, type: TYPES[type], ...plain, nullable: true, unique: false, primary_key: false }
}

function geojsonOf(shape: Shape) {
  if ('point' in shape) return { type: 'Point' as const, coordinates: [...shape.point] }
  const coordinates = shape.polygons.map(rings => rings.map(ring => ring.map(([x, y]) => [x, y])))
  return { type: 'MultiPolygon' as const, coordinates }
}
