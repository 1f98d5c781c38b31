import type { Counts } from './counts.ts'

/** What travels: counts over a lattice window, the span of time they were counted over (to: exclusive) and the log's head then. */
export type HeatMessage = {
  readonly counts: Counts
  readonly fromMs: number
  readonly toMs: number
  readonly head: number
}

const MAGIC = 0x31485747 // 'GWH1', little endian
const HEADER_BYTES = 60

/** The binary form that docs/heat.md describes: a header of 60 bytes, then two varints per cell that is not empty. */
export function encodeHeat({ counts, fromMs, toMs, head }: HeatMessage): Uint8Array<ArrayBuffer> {
  const { cells, counts: held } = counts
  // Ten bytes per cell always suffice: two numbers of 32 bits, seven bits a byte.
  const room = new Uint8Array(HEADER_BYTES + cells.length * 10)
  let at = HEADER_BYTES
  let nextCell = 0
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? 0
    at = writeVarint(room, at, cell - nextCell)
    at = writeVarint(room, at, held[i] ?? 0)
    nextCell = cell + 1
  }
  const bytes = room.slice(0, at)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint32(4, counts.level, true)
  view.setUint32(8, counts.x0, true)
  view.setUint32(12, counts.y0, true)
  view.setUint32(16, counts.width, true)
  view.setUint32(20, counts.height, true)
  view.setFloat64(24, fromMs, true)
  view.setFloat64(32, toMs, true)
  view.setFloat64(40, counts.n, true)
  view.setFloat64(48, head, true)
  view.setUint32(56, counts.cells.length, true)
  return bytes
}

/** Throws a RangeError that says what is wrong when the bytes are not whole or contradict themselves. */
export function decodeHeat(bytes: Uint8Array): HeatMessage {
  if (bytes.length < HEADER_BYTES) throw new RangeError(`heat: ${bytes.length} bytes are no header of ${HEADER_BYTES}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError('heat: does not begin with GWH1')
  const [width, height] = [view.getUint32(16, true), view.getUint32(20, true)]
  const length = view.getUint32(56, true)
  if (length * 2 > bytes.length - HEADER_BYTES) throw new RangeError('heat: ends before its last cell')
  const cells = new Uint32Array(length)
  const counts = new Uint32Array(length)
  let at = HEADER_BYTES
  const varint = () => {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++]
      if (byte === undefined) throw new RangeError('heat: ends before its last cell')
      value += (byte & 127) * scale
      if (byte < 128) return value
      if (scale > 2 ** 28) throw new RangeError('heat: a number is longer than 5 bytes')
    }
  }
  let nextCell = 0
  let sum = 0
  for (let i = 0; i < length; i++) {
    const cell = nextCell + varint()
    const count = varint()
    if (cell >= width * height) throw new RangeError(`heat: cell ${cell} lies outside ${width} × ${height}`)
    cells[i] = cell
    counts[i] = count
    sum += count
    nextCell = cell + 1
  }
  const n = view.getFloat64(40, true)
  if (at !== bytes.length) throw new RangeError(`heat: ${bytes.length - at} bytes follow the last cell`)
  if (sum !== n) throw new RangeError(`heat: the cells hold ${sum}, the header says ${n}`)
  const lattice = {
    level: view.getUint32(4, true),
    x0: view.getUint32(8, true),
    y0: view.getUint32(12, true),
    width,
    height,
  }
  return {
    counts: { ...lattice, cells, counts, n },
    fromMs: view.getFloat64(24, true),
    toMs: view.getFloat64(32, true),
    head: view.getFloat64(48, true),
  }
}

/** LEB128, unsigned: seven bits per byte, the lowest first, the top bit set on all but the last. Returns where it ends. */
function writeVarint(bytes: Uint8Array, from: number, value: number): number {
  let at = from
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest & 127) | 128
  bytes[at++] = rest
  return at
}
