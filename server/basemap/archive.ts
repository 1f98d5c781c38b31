/** A PMTiles archive (version 3) on this machine's disk, checked as far as its directories and one tile. */
import { type FileHandle, open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib'
import { Compression, type Entry, type Header, PMTiles, SharedPromiseCache, type Source, TileType } from 'pmtiles'
import type { ArchiveFacts, ArchiveFault } from '#domain/basemap/basemapState.ts'
import { archiveFacts } from './archiveFacts.ts'

export type Tile = { readonly bytes: Uint8Array; readonly type: string; readonly isGzipped: boolean }
export type Archive = {
  readonly facts: ArchiveFacts
  /** Null: the archive has no such tile. */
  tile(z: number, x: number, y: number): Promise<Tile | null>
  close(): Promise<void>
}
export type OpenedArchive =
  | { readonly ok: true; readonly archive: Archive }
  | { readonly ok: false; readonly fault: ArchiveFault; readonly detail: string }

const HEADER_BYTES = 127
const MAGIC = 'PMTiles'
const VERSION = 3
const MOST_DIRECTORIES = 200
/** A directory is a few kB; more than this is no directory but damage. */
const LONGEST_DIRECTORY_BYTES = 64 * 2 ** 20
const TYPES: { readonly [type in TileType]?: string } = {
  [TileType.Mvt]: 'application/vnd.mapbox-vector-tile',
  [TileType.Png]: 'image/png',
  [TileType.Jpeg]: 'image/jpeg',
  [TileType.Webp]: 'image/webp',
  [TileType.Avif]: 'image/avif',
}

export async function openArchive(path: string): Promise<OpenedArchive> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch (error) {
    return { ok: false, fault: 'missing', detail: String(error) }
  }
  const opened = await read(file).catch(
    (error): OpenedArchive => ({ ok: false, fault: 'damaged', detail: String(error) }),
  )
  if (!opened.ok) await file.close()
  return opened
}

async function read(file: FileHandle): Promise<OpenedArchive> {
  const { size } = await file.stat()
  const start = Buffer.alloc(HEADER_BYTES)
  const { bytesRead } = await file.read(start, 0, HEADER_BYTES, 0)
  if (start.toString('latin1', 0, MAGIC.length) !== MAGIC)
    return { ok: false, fault: 'notAnArchive', detail: `it does not begin with ${MAGIC}` }
  if (start[MAGIC.length] !== VERSION)
    return { ok: false, fault: 'notAnArchive', detail: `it is of version ${start[MAGIC.length]}, expected ${VERSION}` }
  if (bytesRead < HEADER_BYTES) return { ok: false, fault: 'truncated', detail: `it has ${size} bytes` }

  const source = fileSource(file)
  const cache = new SharedPromiseCache(MOST_DIRECTORIES, true, decompressed)
  const header = await cache.getHeader(source)
  const end = endOf(header)
  if (end > size) return { ok: false, fault: 'truncated', detail: `it has ${size} bytes of ${end}` }
  const type = TYPES[header.tileType]
  if (type === undefined) return { ok: false, fault: 'unknownTiles', detail: `tile type ${header.tileType}` }

  // Directories are opened as they are read; tiles leave as they lie.
  const asItLies = new PMTiles(source, cache, async bytes => bytes)
  const archive: Archive = {
    facts: archiveFacts(header, await new PMTiles(source, cache, decompressed).getMetadata()),
    async tile(z, x, y) {
      const found = await asItLies.getZxy(z, x, y)
      if (found === undefined) return null
      const isGzipped = header.tileCompression === Compression.Gzip
      const bytes = isGzipped ? found.data : await decompressed(found.data, header.tileCompression)
      return { bytes: new Uint8Array(bytes), type, isGzipped }
    },
    close: () => file.close(),
  }
  const first = await firstEntry(cache, source, header)
  if (first !== null) {
    const { data } = await source.getBytes(header.tileDataOffset + first.offset, first.length)
    await decompressed(data, header.tileCompression)
  }
  return { ok: true, archive }
}

function fileSource(file: FileHandle): Source {
  return {
    getKey: () => '',
    async getBytes(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await file.read(bytes, 0, length, offset)
      // The library asks for 16 kB at first, header and root directory in one; every other read is exact.
      if (bytesRead < length && offset > 0) throw new Error(`bytes ${offset}–${offset + length} are not there`)
      return { data: bytes.buffer.slice(0, bytesRead) }
    },
  }
}

/** Where its last part ends. */
function endOf(header: Header): number {
  return Math.max(
    header.rootDirectoryOffset + header.rootDirectoryLength,
    header.jsonMetadataOffset + header.jsonMetadataLength,
    header.leafDirectoryOffset + (header.leafDirectoryLength ?? 0),
    header.tileDataOffset + (header.tileDataLength ?? 0),
  )
}

/** The first tile's entry, by way of the leaf directories where there are any. */
async function firstEntry(cache: SharedPromiseCache, source: Source, header: Header): Promise<Entry | null> {
  let [offset, length] = [header.rootDirectoryOffset, header.rootDirectoryLength]
  for (let depth = 0; depth < 4; depth++) {
    if (length > LONGEST_DIRECTORY_BYTES) throw new Error(`a directory of ${length} bytes`)
    const [first] = await cache.getDirectory(source, offset, length, header)
    if (first === undefined) return null
    if (first.runLength > 0) return first
    ;[offset, length] = [header.leafDirectoryOffset + first.offset, first.length]
  }
  throw new Error('directories without an end')
}

async function decompressed(bytes: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  switch (compression) {
    case Compression.Unknown:
    case Compression.None:
      return bytes
    case Compression.Gzip:
      return whole(await promisify(gunzip)(bytes))
    case Compression.Brotli:
      return whole(await promisify(brotliDecompress)(bytes))
    case Compression.Zstd:
      return whole(await promisify(zstdDecompress)(bytes))
    default:
      throw new Error(`compression ${compression satisfies never}`)
  }
}

const whole = (buffer: Buffer): ArrayBuffer => new Uint8Array(buffer).buffer
