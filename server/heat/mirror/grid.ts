/** Counts over the cells of a window, with a bit for each cell in which any lie, so that few rows are found again soon. */
export type Grid = { readonly counts: Int32Array; readonly isTaken: Int32Array }

/** Grids between questions, all zeros: making them anew would cost more than most answers. */
const spare: SharedArrayBuffer[] = []
const MOST_SPARE = 8

/** Room for the grid of a window of so many cells, all zeros. */
export function takeGrid(cells: number): SharedArrayBuffer {
  const at = spare.findIndex(buffer => buffer.byteLength >= bytesOf(cells))
  const [buffer] = at < 0 ? [] : spare.splice(at, 1)
  return buffer ?? new SharedArrayBuffer(bytesOf(cells))
}

export function gridIn(buffer: SharedArrayBuffer, cells: number): Grid {
  return {
    counts: new Int32Array(buffer, 0, cells),
    isTaken: new Int32Array(buffer, cells * 4, words(cells)),
  }
}

/** The sum of the grids: cells ascending, and how many of `n` lie in each. The grids can be taken again. */
export function emptied(buffers: readonly SharedArrayBuffer[], cells: number, n: number) {
  const [sum, ...others] = buffers.map(buffer => gridIn(buffer, cells))
  const most = Math.min(n, cells)
  const found = { cells: new Uint32Array(most), counts: new Uint32Array(most) }
  for (const other of others) if (sum !== undefined) pour(other, sum)
  const filled = sum === undefined ? 0 : take(sum, found)
  spare.push(...buffers)
  spare.splice(MOST_SPARE)
  return { cells: found.cells.subarray(0, filled), counts: found.counts.subarray(0, filled) }
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

/** Takes all counts out, and returns in how many cells they were. */
function take({ counts, isTaken }: Grid, found: { readonly cells: Uint32Array; readonly counts: Uint32Array }): number {
  const { cells: foundCells, counts: foundCounts } = found
  let filled = 0
  for (let word = 0; word < isTaken.length; word++) {
    for (let left = isTaken[word] ?? 0; left !== 0; left &= left - 1) {
      const cell = (word << 5) + lowestBit(left)
      foundCells[filled] = cell
      foundCounts[filled++] = counts[cell] ?? 0
      counts[cell] = 0
    }
    isTaken[word] = 0
  }
  return filled
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
