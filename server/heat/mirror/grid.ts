/** Counts over the cells of a window, with a bit for each cell in which any lie, so that few rows are found again soon. */
export type Grid = { readonly counts: Int32Array; readonly isTaken: Int32Array }

/** Grids between questions, all zeros: making them anew would cost more than most answers. */
const spare: SharedArrayBuffer[] = []
const MOST_SPARE = 4
const MIB = 2 ** 20

/** Room for the grid of a window of so many cells, all zeros. */
export function takeGrid(cells: number): SharedArrayBuffer {
  const at = spare.findIndex(buffer => buffer.byteLength >= bytesOf(cells))
  // Where all are too small, one of them makes room for the larger one.
  const [buffer] = spare.splice(at, 1)
  return at < 0 || buffer === undefined ? new SharedArrayBuffer(roomFor(bytesOf(cells))) : buffer
}

export function gridIn(buffer: SharedArrayBuffer, cells: number): Grid {
  return {
    counts: new Int32Array(buffer, 0, cells),
    isTaken: new Int32Array(buffer, cells * 4, words(cells)),
  }
}

/** The sum of the grids: cells ascending, and how many lie in each. The grids can be taken again. */
export function emptied(buffers: readonly SharedArrayBuffer[], cells: number) {
  const [sum, ...others] = buffers.map(buffer => gridIn(buffer, cells))
  for (const other of others) if (sum !== undefined) pour(other, sum)
  const length = sum === undefined ? 0 : bitCount(sum.isTaken)
  const found = { cells: new Uint32Array(length), counts: new Uint32Array(length) }
  if (sum !== undefined) take(sum, found)
  spare.push(...buffers)
  spare.splice(MOST_SPARE)
  return found
}

/** Moves all counts. */
function pour({ counts: source, isTaken: isFull }: Grid, { counts, isTaken }: Grid): void {
  for (let word = 0; word < isFull.length; word++) {
    const bits = isFull[word] ?? 0
    if (bits === 0) continue
    for (let left = bits; left !== 0; left &= left - 1) {
      const cell = (word << 5) + lowestBit(left)
      counts[cell] = (counts[cell] ?? 0) + (source[cell] ?? 0)
      source[cell] = 0
    }
    isTaken[word] = (isTaken[word] ?? 0) | bits
    isFull[word] = 0
  }
}

/** Takes all counts out. */
function take({ counts, isTaken }: Grid, found: { readonly cells: Uint32Array; readonly counts: Uint32Array }): void {
  const { cells: foundCells, counts: foundCounts } = found
  let at = 0
  for (let word = 0; word < isTaken.length; word++) {
    for (let left = isTaken[word] ?? 0; left !== 0; left &= left - 1) {
      const cell = (word << 5) + lowestBit(left)
      foundCells[at] = cell
      foundCounts[at++] = counts[cell] ?? 0
      counts[cell] = 0
    }
    isTaken[word] = 0
  }
}

/** How many bits are set: pairs, fours and eights of bits are summed beside each other. */
function bitCount(words: Int32Array): number {
  let sum = 0
  for (const word of words) {
    const pairs = word - ((word >>> 1) & 0x55555555)
    const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
    sum += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return sum
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}

function words(cells: number): number {
  return Math.ceil(cells / 32)
}

function bytesOf(cells: number): number {
  return (cells + words(cells)) * 4
}

/** Whole mebibytes, so that a grid fits the windows of other viewports of the same size. */
function roomFor(bytes: number): number {
  return Math.ceil(bytes / MIB) * MIB
}
