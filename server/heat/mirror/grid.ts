/** Counts over the cells of a window, with a note of the stretches in which any lie, so that few rows are found again soon. */
export type Grid = { readonly counts: Uint32Array; readonly isTouched: Uint8Array }

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
    counts: new Uint32Array(buffer, 0, cells),
    isTouched: new Uint8Array(buffer, cells * 4, stretches(cells)),
  }
}

/** The sum of the grids: cells ascending, and how many of `n` lie in each. The grids can be taken again. */
export function emptied(buffers: readonly SharedArrayBuffer[], cells: number, n: number) {
  const grids = buffers.map(buffer => gridIn(buffer, cells))
  const most = Math.min(n, cells)
  const found = { cells: new Uint32Array(most), counts: new Uint32Array(most) }
  let filled = 0
  for (let stretch = 0; stretch < stretches(cells); stretch++) {
    const touched = grids.filter(grid => grid.isTouched[stretch] === 1)
    if (touched.length === 0) continue
    const end = Math.min(cells, (stretch + 1) << STRETCH_BITS)
    for (let cell = stretch << STRETCH_BITS; cell < end; cell++) {
      let count = 0
      for (const { counts } of touched) count += counts[cell] ?? 0
      if (count === 0) continue
      found.cells[filled] = cell
      found.counts[filled++] = count
    }
    for (const { counts, isTouched } of touched) {
      counts.fill(0, stretch << STRETCH_BITS, end)
      isTouched[stretch] = 0
    }
  }
  spare.push(...buffers)
  spare.splice(MOST_SPARE)
  return { cells: found.cells.subarray(0, filled), counts: found.counts.subarray(0, filled) }
}

function stretches(cells: number): number {
  return Math.ceil(cells / 2 ** STRETCH_BITS)
}

function bytesOf(cells: number): number {
  return cells * 4 + stretches(cells)
}
