/** Counts over the cells of a window, with a note of the stretches in which any lie, so that few rows are found again soon. */
export type Grid = { readonly counts: Int32Array; readonly isTouched: Uint8Array }

/** A stretch is 64 cells. */
export const STRETCH_BITS = 6

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
    isTouched: new Uint8Array(buffer, cells * 4, stretches(cells)),
  }
}

/** The sum of the grids: cells ascending, and how many of `n` lie in each. The grids can be taken again. */
export function emptied(buffers: readonly SharedArrayBuffer[], cells: number, n: number) {
  const grids = buffers.map(buffer => gridIn(buffer, cells))
  const [sum, ...others] = grids
  const most = Math.min(n, cells)
  const found = { cells: new Uint32Array(most + 1), counts: new Uint32Array(most + 1) }
  if (sum === undefined) return found
  let filled = 0
  for (let stretch = 0; stretch < sum.isTouched.length; stretch++) {
    const first = stretch << STRETCH_BITS
    const end = Math.min(cells, first + 2 ** STRETCH_BITS)
    for (const other of others) moveStretch(other, sum, stretch, first, end)
    if (sum.isTouched[stretch] === 0) continue
    filled = takeStretch(sum.counts, first, end, found, filled)
    sum.isTouched[stretch] = 0
  }
  spare.push(...buffers)
  spare.splice(MOST_SPARE)
  return { cells: found.cells.subarray(0, filled), counts: found.counts.subarray(0, filled) }
}

function moveStretch(from: Grid, to: Grid, stretch: number, first: number, end: number): void {
  if (from.isTouched[stretch] === 0) return
  const [source, target] = [from.counts, to.counts]
  for (let cell = first; cell < end; cell++) {
    target[cell] = (target[cell] ?? 0) + (source[cell] ?? 0)
    source[cell] = 0
  }
  from.isTouched[stretch] = 0
  to.isTouched[stretch] = 1
}

/** Returns how many cells are found by now. */
function takeStretch(
  counts: Int32Array,
  first: number,
  end: number,
  found: { readonly cells: Uint32Array; readonly counts: Uint32Array },
  filled: number,
): number {
  const { cells, counts: counted } = found
  let at = filled
  for (let cell = first; cell < end; cell++) {
    const count = counts[cell] ?? 0
    cells[at] = cell
    counted[at] = count
    counts[cell] = 0
    at += -count >>> 31
  }
  return at
}

function stretches(cells: number): number {
  return Math.ceil(cells / 2 ** STRETCH_BITS)
}

function bytesOf(cells: number): number {
  return cells * 4 + stretches(cells)
}
