/** A PMTiles archive of a few bytes, written after the specification (v3), for tests: no file of somebody's map is kept here. */
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'

export type InventedTile = { readonly z: number; readonly x: number; readonly y: number; readonly bytes: Uint8Array }
export type InventedArchive = {
  readonly tiles: readonly InventedTile[]
  readonly metadata?: object
  readonly tileType?: number // 1 vector, 2 png
  readonly isGzipped?: boolean
  readonly minZoom?: number
  readonly maxZoom?: number
  readonly bounds?: readonly [number, number, number, number]
}

const HEADER_BYTES = 127

export function inventedArchive({
  tiles,
  metadata = {},
  tileType = 1,
  isGzipped = true,
  minZoom = Math.min(...tiles.map(tile => tile.z)),
  maxZoom = Math.max(...tiles.map(tile => tile.z)),
  bounds = [-180, -85, 180, 85],
}: InventedArchive): Buffer {
  const placed = tiles
    .map(({ z, x, y, bytes }) => ({
      id: zxyToTileId(z, x, y),
      bytes: isGzipped ? gzipSync(bytes) : Buffer.from(bytes),
    }))
    .sort((a, b) => a.id - b.id)
  const root = gzipSync(directory(placed.map(({ id, bytes }) => ({ id, length: bytes.length }))))
  const json = gzipSync(JSON.stringify(metadata))
  const data = Buffer.concat(placed.map(tile => tile.bytes))
  const header = Buffer.alloc(HEADER_BYTES)
  header.write('PMTiles', 'latin1')
  header[7] = 3
  const metadataAt = HEADER_BYTES + root.length
  const dataAt = metadataAt + json.length
  const count = placed.length
  const longs = [
    HEADER_BYTES,
    root.length,
    metadataAt,
    json.length,
    dataAt,
    0,
    dataAt,
    data.length,
    count,
    count,
    count,
  ]
  for (const [i, value] of longs.entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8)
  header.set([1, 2, isGzipped ? 2 : 1, tileType, minZoom, maxZoom], 96)
  for (const [i, degrees] of bounds.entries()) header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4)
  return Buffer.concat([header, root, json, data])
}

/** Tile ids as differences, run lengths of 1, lengths, and offsets that all follow on. */
function directory(entries: readonly { readonly id: number; readonly length: number }[]): Uint8Array {
  const numbers = [entries.length]
  for (const [i, { id }] of entries.entries()) numbers.push(id - (entries[i - 1]?.id ?? 0))
  for (const _ of entries) numbers.push(1)
  for (const { length } of entries) numbers.push(length)
  for (const i of entries.keys()) numbers.push(i === 0 ? 1 : 0)
  return Uint8Array.from(numbers.flatMap(varint))
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}
