import type { Lattice } from '#domain/heat/lattice.ts'
import type { Day } from './day.ts'
import { emptied, takeGrid } from './grid.ts'
import type { Scan, Tally } from './scan.ts'
import type { ScanThreads } from './scanThreads.ts'

/** Cells ascending, and how many lie in each; `n` is their sum. */
export type CellCounts = Tally & { readonly cells: Uint32Array; readonly counts: Uint32Array; readonly n: number }

/** A grid of more cells than this is not held; its rows are sorted instead. */
const MOST_GRID_CELLS = 2 ** 22

export async function countCells(
  threads: ScanThreads,
  days: ReadonlyMap<number, Day>,
  scan: Scan,
  window: Lattice,
): Promise<CellCounts> {
  const length = window.width * window.height
  if (length > MOST_GRID_CELLS) {
    const { unlocated, outside, cells } = await threads.run(days, () => ({ kind: 'cells', scan, window }))
    return { unlocated, outside, ...runsOf(cells), n: cells.length }
  }
  const grids: SharedArrayBuffer[] = []
  const { unlocated, outside, n } = await threads.run(days, () => {
    const grid = takeGrid(length)
    grids.push(grid)
    return { kind: 'grid', scan, window, grid }
  })
  // What failed on the way may have left something in its grid: that one is not taken again.
  return { unlocated, outside, ...emptied(grids, length), n }
}

function runsOf(sorted: Uint32Array) {
  const [cells, counts] = [new Uint32Array(sorted.length), new Uint32Array(sorted.length)]
  let length = 0
  for (const cell of sorted) {
    if (length === 0 || cells[length - 1] !== cell) cells[length++] = cell
    counts[length - 1] = (counts[length - 1] ?? 0) + 1
  }
  return { cells: cells.slice(0, length), counts: counts.slice(0, length) }
}
