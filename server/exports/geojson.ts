import { ringAreaM2 } from '#domain/geo/areaM2.ts'
import { type AreaGeometry, geometryOf, type Position, polygonsOf, type Ring } from '#domain/geo/geojson.ts'
import { type Layer, type Row, readable } from './layer.ts'

/** About 1 cm. */
const DECIMALS = 7

/** RFC 7946: WGS 84, longitude first, shells counter-clockwise, no crs member. */
export function geojson({ name, columns, rows }: Layer, timezone: string): Uint8Array {
  const features = rows.map(({ geometry, values }) => ({
    type: 'Feature',
    geometry: rounded(geometry),
    properties: Object.fromEntries(
      columns.map((column, i) => [column.name, readable(values[i] ?? null, column.type, timezone)]),
    ),
  }))
  // One feature a line, so that a person can read it and a tool can compare it.
  const lines = features.map(feature => JSON.stringify(feature)).join(',\n')
  return Buffer.from(`{"type":"FeatureCollection","name":${JSON.stringify(name)},"features":[\n${lines}\n]}\n`, 'utf8')
}

function rounded(geometry: Row['geometry']): unknown {
  if (geometry === null) return null
  if (geometry.type === 'Point') return { type: 'Point', coordinates: geometry.coordinates.map(short) }
  const polygons = rightHanded(geometry).map(rings =>
    rings.map(ring => ring.map(([lng, lat]) => [short(lng), short(lat)])),
  )
  return geometryOf(polygons as unknown as readonly (readonly Ring[])[])
}

/** Shells run counter-clockwise, holes clockwise. */
export function rightHanded(geometry: AreaGeometry): readonly (readonly Ring[])[] {
  return polygonsOf(geometry).map(rings => rings.map((ring, i) => turned(ring, i === 0)))
}

function turned(ring: Ring, isShell: boolean): readonly Position[] {
  const isCounterClockwise = ringAreaM2(ring) > 0
  return isCounterClockwise === isShell ? ring : ring.toReversed()
}

function short(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS))
}
