import { deflateSync } from 'node:zlib'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import type { Raster } from '#domain/heat/raster.ts'

export const NO_DATA = -9999
const STRIP_BYTES = 65_536

type Tag = { readonly tag: number; readonly type: keyof typeof SIZES; readonly values: readonly number[] | string }
const SIZES = { ascii: 1, short: 2, long: 4, double: 8 } as const
const TYPES = { ascii: 2, short: 3, long: 4, double: 12 } as const

type About = {
  readonly system: CoordinateSystem
  readonly description: string
  readonly software: string
  readonly at: number
  /** What gdalinfo lists under Metadata. */
  readonly metadata: { readonly [name: string]: string }
  readonly unit: string
}

/** One band of 32-bit floats, deflated strip by strip (TIFF 6, OGC GeoTIFF 1.1). The same raster always gives the same bytes. */
export function geotiff(raster: Raster, { system, description, software, at, metadata, unit }: About): Uint8Array {
  const { width, height } = raster
  const strips = stripsOf(raster)
  const rowsPerStrip = Math.max(1, Math.floor(STRIP_BYTES / (4 * width)))
  const { directory, texts } = geoKeys(system)
  const stamp = new Date(at).toISOString().slice(0, 19).replaceAll('-', ':').replace('T', ' ')
  const tags: Tag[] = [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    { tag: 258, type: 'short', values: [32] },
    { tag: 259, type: 'short', values: [8] }, // deflate
    { tag: 262, type: 'short', values: [1] },
    { tag: 270, type: 'ascii', values: description },
    { tag: 273, type: 'long', values: strips.map(() => 0) }, // known when the tags have been laid out
    { tag: 277, type: 'short', values: [1] },
    { tag: 278, type: 'long', values: [rowsPerStrip] },
    { tag: 279, type: 'long', values: strips.map(strip => strip.length) },
    { tag: 284, type: 'short', values: [1] },
    { tag: 305, type: 'ascii', values: software },
    { tag: 306, type: 'ascii', values: stamp },
    { tag: 339, type: 'short', values: [3] }, // floats
    { tag: 33550, type: 'double', values: [raster.cellX, raster.cellY, 0] },
    { tag: 33922, type: 'double', values: [0, 0, 0, raster.west, raster.north, 0] },
    { tag: 34735, type: 'short', values: directory },
    { tag: 34737, type: 'ascii', values: texts },
    { tag: 42112, type: 'ascii', values: gdalMetadata(metadata, unit) },
    { tag: 42113, type: 'ascii', values: String(NO_DATA) },
  ]
  return laidOut(tags, strips)
}

function stripsOf({ width, height, values }: Raster): Buffer[] {
  const rows = Math.max(1, Math.floor(STRIP_BYTES / (4 * width)))
  const strips: Buffer[] = []
  for (let row = 0; row < height; row += rows) {
    const part = values.subarray(row * width, Math.min(height, row + rows) * width)
    const bytes = Buffer.alloc(4 * part.length)
    for (const [i, value] of part.entries()) bytes.writeFloatLE(Number.isNaN(value) ? NO_DATA : value, 4 * i)
    strips.push(deflateSync(bytes))
  }
  return strips
}

/** Pixels are areas; the system is named by its EPSG number, which every reader has a table for. */
function geoKeys({ code, name, projection }: CoordinateSystem): { directory: number[]; texts: string } {
  const texts = `${name}|`
  const model = projection === null ? 2 : 1
  const keys = [
    [1024, 0, 1, model],
    [1025, 0, 1, 1],
    [1026, 34737, texts.length, 0],
    ...(projection === null
      ? [
          [2048, 0, 1, code],
          [2054, 0, 1, 9102],
        ]
      : [
          [3072, 0, 1, code],
          [3076, 0, 1, 9001],
        ]),
  ]
  return { directory: [1, 1, 1, keys.length, ...keys.flat()], texts }
}

function gdalMetadata(metadata: About['metadata'], unit: string): string {
  const items = Object.entries(metadata).map(([name, value]) => `<Item name="${xml(name)}">${xml(value)}</Item>`)
  const ofBand = `<Item name="UNITTYPE" sample="0" role="unittype">${xml(unit)}</Item>`
  return `<GDALMetadata>${items.join('')}${ofBand}</GDALMetadata>`
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** Header, directory, what does not fit into the directory, then the strips. */
function laidOut(tags: readonly Tag[], strips: readonly Buffer[]): Uint8Array {
  const encoded = tags.map(({ tag, type, values }) => {
    const bytes = encode(type, values)
    return { tag, type, count: bytes.length / SIZES[type], bytes }
  })
  const directoryAt = 8
  let end = directoryAt + 2 + 12 * tags.length + 4
  const places = encoded.map(({ bytes }) => {
    if (bytes.length <= 4) return null
    const at = end
    end += bytes.length + (bytes.length % 2)
    return at
  })
  const offsets = strips.map(strip => {
    const at = end
    end += strip.length
    return at
  })
  const file = Buffer.alloc(end)
  file.write('II', 0, 'latin1')
  file.writeUInt16LE(42, 2)
  file.writeUInt32LE(directoryAt, 4)
  file.writeUInt16LE(tags.length, directoryAt)
  for (const [i, { tag, type, count, bytes }] of encoded.entries()) {
    const at = directoryAt + 2 + 12 * i
    const value = tag === 273 ? encode('long', offsets) : bytes
    file.writeUInt16LE(tag, at)
    file.writeUInt16LE(TYPES[type], at + 2)
    file.writeUInt32LE(count, at + 4)
    const place = places[i] ?? null
    if (place === null) value.copy(file, at + 8)
    else {
      file.writeUInt32LE(place, at + 8)
      value.copy(file, place)
    }
  }
  for (const [i, strip] of strips.entries()) strip.copy(file, offsets[i] ?? 0)
  return file
}

function encode(type: keyof typeof SIZES, values: Tag['values']): Buffer {
  if (typeof values === 'string') return Buffer.from(`${values}\0`, 'utf8')
  const bytes = Buffer.alloc(values.length * SIZES[type])
  for (const [i, value] of values.entries()) {
    if (type === 'short') bytes.writeUInt16LE(value, 2 * i)
    else if (type === 'long') bytes.writeUInt32LE(value, 4 * i)
    else bytes.writeDoubleLE(value, 8 * i)
  }
  return bytes
}
