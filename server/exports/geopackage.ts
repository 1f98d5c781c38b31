import Database from 'better-sqlite3'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { coordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { geopackageGeometry } from './geopackageGeometry.ts'
import { rtreeTriggers, TABLES } from './geopackageTables.ts'
import type { Column, Layer, Value } from './layer.ts'
import type { Projection } from './projection.ts'
import { type Box, boxOf, shapeOf } from './shape.ts'
import { wktOf } from './wkt.ts'

export type StyledLayer = { readonly layer: Layer; readonly qml: string | null }

const SQL_TYPES: { readonly [type in Column['type']]: string } = {
  text: 'TEXT',
  integer: 'INTEGER',
  real: 'REAL',
  datetime: 'DATETIME',
}
/** "GPKG", and version 1.3. */
const APPLICATION_ID = 0x47504b47
const USER_VERSION = 10_300

/** OGC GeoPackage 1.3, with an index and QGIS's style for every layer. The same layers at the same instant give the same bytes. */
export function geopackage(
  layers: readonly StyledLayer[],
  system: CoordinateSystem,
  projection: Projection,
  at: number,
): Uint8Array {
  const db = new Database(':memory:')
  try {
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma(`user_version = ${USER_VERSION}`)
    db.exec(TABLES)
    const changedAt = new Date(at).toISOString()
    const addSystem = db.prepare('insert or ignore into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)')
    addSystem.run(
      'Undefined cartesian SRS',
      -1,
      'NONE',
      -1,
      'undefined',
      'undefined cartesian coordinate reference system',
    )
    addSystem.run(
      'Undefined geographic SRS',
      0,
      'NONE',
      0,
      'undefined',
      'undefined geographic coordinate reference system',
    )
    for (const known of [coordinateSystem(4326), system])
      if (known !== null) addSystem.run(known.name, known.code, 'EPSG', known.code, wktOf(known), known.datum)
    db.transaction(() => {
      for (const { layer } of layers) addLayer(db, layer, system, projection, changedAt)
      addStyles(db, layers, changedAt)
    })()
    return db.serialize()
  } finally {
    db.close()
  }
}

function addLayer(
  db: Database.Database,
  { name, title, geometry, columns, rows }: Layer,
  { code }: CoordinateSystem,
  projection: Projection,
  changedAt: string,
): void {
  const list = columns.map(column => `${quoted(column.name)} ${SQL_TYPES[column.type]}`).join(', ')
  db.exec(
    `create table "${name}" (fid integer primary key autoincrement not null, geom ${typeName(geometry)}, ${list})`,
  )
  const shapes = rows.map(row => row.geometry && shapeOf(row.geometry, projection))
  const box = boxOf(shapes.filter(shape => shape !== null))
  const bounds = box === null ? [null, null, null, null] : [box.minX, box.minY, box.maxX, box.maxY]
  db.prepare('insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    ...[name, 'features', name, title, changedAt, ...bounds, code],
  )
  db.prepare('insert into gpkg_geometry_columns values (?, ?, ?, ?, 0, 0)').run(name, 'geom', typeName(geometry), code)
  const insert = db.prepare(`insert into "${name}" values (${['null', '?', ...columns.map(() => '?')].join(', ')})`)
  const ids = rows.map(({ values }, i) => {
    const shape = shapes[i] ?? null
    const bytes = shape && geopackageGeometry(shape, code, boxOf([shape]))
    return insert.run(bytes, ...columns.map(({ type }, c) => stored(values[c] ?? null, type))).lastInsertRowid
  })
  const rtree = `rtree_${name}_geom`
  db.exec(`create virtual table "${rtree}" using rtree(id, minx, maxx, miny, maxy)`)
  const index = db.prepare(`insert into "${rtree}" values (?, ?, ?, ?, ?)`)
  for (const [i, shape] of shapes.entries()) {
    const around: Box | null = shape && boxOf([shape])
    if (around !== null) index.run(ids[i] ?? null, around.minX, around.maxX, around.minY, around.maxY)
  }
  for (const trigger of rtreeTriggers(name)) db.exec(trigger)
  db.prepare('insert into gpkg_extensions values (?, ?, ?, ?, ?)').run(
    ...[name, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'],
  )
}

/** QGIS takes the style that is marked as default when the layer is added. */
function addStyles(db: Database.Database, layers: readonly StyledLayer[], changedAt: string): void {
  const insert = db.prepare(
    `insert into layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
     styleSLD, useAsDefault, description, owner, ui, update_time) values ('', '', ?, 'geom', ?, ?, '', 1, ?, '', null, ?)`,
  )
  for (const { layer, qml } of layers) if (qml !== null) insert.run(layer.name, layer.name, qml, layer.title, changedAt)
  db.prepare(
    "insert into gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) values ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)",
  ).run(changedAt)
}

/** Columns are named after clocks too, and those after whatever a policy calls them. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function typeName(geometry: Layer['geometry']): string {
  return geometry === 'point' ? 'POINT' : 'MULTIPOLYGON'
}

function stored(value: Value, type: Column['type']): Value {
  return type === 'datetime' && typeof value === 'number' ? new Date(value).toISOString() : value
}
