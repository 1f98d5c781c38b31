/** The mirror in a file: a line of JSON that says what follows, then the columns of every day, one behind the other. */
import { type FileHandle, open, rename } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { bytesOf, type DayHead, dayIn } from './day.ts'
import { type DictionaryValues, dictionaries } from './dictionaries.ts'
import type { Mirror } from './mirror.ts'

type Head = Pick<Mirror, 'head' | 'headHash' | 'timezone'> & {
  readonly format: typeof FORMAT
  readonly dictionaries: DictionaryValues
  readonly days: readonly DayHead[]
  readonly bytes: number
}

/** Raised whenever the columns or their meaning change: an older file is then made anew. */
const FORMAT = 'gridwatch heat mirror 3'
/** Two numbers of 32 bits come first: the line's length, and the checksum of all that follows. */
const LEAD_BYTES = 8
/** Read at once: a call takes no more than 2 GiB. */
const CHUNK_BYTES = 2 ** 26

/** Whole or not at all: the old file stays until the new one is on the disk. */
export async function writeSnapshot(file: string, mirror: Mirror): Promise<void> {
  const days = [...mirror.days.values()].sort((a, b) => a.day - b.day)
  const parts = days.map(day => new Uint8Array(day.buffer, day.byteOffset, bytesOf(day)))
  const { path, group, outcome } = mirror.dictionaries
  const head: Head = {
    format: FORMAT,
    head: mirror.head,
    headHash: mirror.headHash,
    timezone: mirror.timezone,
    dictionaries: { path: path.values, group: group.values, outcome: outcome.values },
    days: days.map(({ day, startMs, lastMs, rows, located, box }) => ({ day, startMs, lastMs, rows, located, box })),
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
  }
  const json = Buffer.from(JSON.stringify(head))
  const lead = Buffer.alloc(LEAD_BYTES)
  lead.writeUInt32LE(json.length)
  const made = await open(`${file}.new`, 'w')
  try {
    let checksum = 0
    await made.appendFile(lead)
    // Day by day, so that nobody else waits for all of it.
    for (const part of [json, ...parts]) {
      checksum = crc32(part, checksum)
      await made.appendFile(part)
    }
    lead.writeUInt32LE(checksum, 4)
    await made.write(lead, 0, LEAD_BYTES, 0)
    await made.sync()
  } finally {
    await made.close()
  }
  await rename(`${file}.new`, file)
}

/** Null where there is none, or none that can be used: then `tell` hears why. */
export async function readSnapshot(file: string, tell: (problem: string) => void): Promise<Mirror | null> {
  try {
    return await read(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) tell(`${file}: ${String(error)}`)
    return null
  }
}

async function read(file: string): Promise<Mirror> {
  const opened = await open(file, 'r')
  try {
    const { size } = await opened.stat()
    const lead = new Uint8Array(LEAD_BYTES)
    await fill(opened, lead, 0)
    const [length, checksum] = [
      new DataView(lead.buffer).getUint32(0, true),
      new DataView(lead.buffer).getUint32(4, true),
    ]
    if (LEAD_BYTES + length > size) throw new RangeError('it is not whole')
    const json = new Uint8Array(length)
    await fill(opened, json, LEAD_BYTES)
    const buffer = new SharedArrayBuffer(size - LEAD_BYTES - length)
    await fill(opened, new Uint8Array(buffer), LEAD_BYTES + length)
    if (crc32(new Uint8Array(buffer), crc32(json)) !== checksum) throw new RangeError('it is not whole')
    const head: Head = JSON.parse(new TextDecoder().decode(json))
    if (head.format !== FORMAT) throw new RangeError(`its format is not "${FORMAT}"`)
    let at = 0
    const days = head.days.map(day => {
      at += bytesOf(day)
      return dayIn(day, buffer, at - bytesOf(day))
    })
    return {
      head: head.head,
      headHash: head.headHash,
      timezone: head.timezone,
      days: new Map(days.map(day => [day.day, day])),
      dictionaries: dictionaries(head.dictionaries),
    }
  } finally {
    await opened.close()
  }
}

async function fill(file: FileHandle, bytes: Uint8Array, from: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(CHUNK_BYTES, bytes.length - at), from + at)
    if (bytesRead === 0) throw new RangeError('it is not whole')
    at += bytesRead
  }
}
