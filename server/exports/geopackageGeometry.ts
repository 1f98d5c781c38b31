import type { Box, Shape } from './shape.ts'

const [WKB_POINT, WKB_POLYGON, WKB_MULTI_POLYGON] = [1, 3, 6]
const LITTLE_ENDIAN = 1
const WITH_BOX = 2

/** GeoPackage binary: its header (with the box, for all but points) and little-endian WKB. */
export function geopackageGeometry(shape: Shape, srsId: number, box: Box | null): Buffer {
  const isPoint = 'point' in shape
  const bounds = isPoint || box === null ? [] : [box.minX, box.maxX, box.minY, box.maxY]
  const header = Buffer.alloc(8 + 8 * bounds.length)
  header.write('GP', 0, 'latin1')
  header.writeUInt8(0, 2)
  header.writeUInt8(bounds.length > 0 ? LITTLE_ENDIAN | WITH_BOX : LITTLE_ENDIAN, 3)
  header.writeInt32LE(srsId, 4)
  for (const [i, value] of bounds.entries()) header.writeDoubleLE(value, 8 + 8 * i)
  return Buffer.concat([header, isPoint ? point(shape.point) : multiPolygon(shape.polygons)])
}

type XY = readonly [number, number]

function point([x, y]: XY): Buffer {
  return Buffer.concat([head(WKB_POINT), doubles([x, y])])
}

function multiPolygon(polygons: readonly (readonly (readonly XY[])[])[]): Buffer {
  const parts = polygons.map(rings =>
    Buffer.concat([
      head(WKB_POLYGON),
      count(rings.length),
      ...rings.flatMap(ring => [count(ring.length), doubles(ring.flat())]),
    ]),
  )
  return Buffer.concat([head(WKB_MULTI_POLYGON), count(polygons.length), ...parts])
}

function head(type: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes.writeUInt8(1, 0)
  bytes.writeUInt32LE(type, 1)
  return bytes
}

function count(n: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(n, 0)
  return bytes
}

function doubles(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length)
  for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, 8 * i)
  return bytes
}
