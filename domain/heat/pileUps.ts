import type { LngLat } from '../incident/facts.ts'
import type { Counts } from './counts.ts'
import { positionAt, rowCellM } from './lattice.ts'

export type PileUp = LngLat & { readonly n: number }

const LEAST_INCIDENTS = 10
const LEAST_SHARE = 0.01
/** So many times the usual place around. */
const TIMES_USUAL = 10
const AROUND_M = 500
/** With fewer occupied cells around, the usual place of the whole window is the measure. */
const LEAST_AROUND = 5
const COARSEST_CELL_M = 5

/**
 * Places on which suspiciously many incidents share one coordinate, as they do where a form fills in the office's place: cells of a
 * fine lattice (about 1 m) that hold at least 10 incidents and 1 % of all, and ten times what an occupied cell around them usually
 * holds. So estates whose addresses all have one coordinate each are no pile-ups among each other. The most first.
 */
export function pileUps(counts: Counts): PileUp[] {
  const cellM = rowCellM(counts, counts.height / 2)
  if (cellM > COARSEST_CELL_M)
    throw new RangeError(`cells of ${cellM.toFixed(1)} m are too coarse to tell one coordinate from its neighbours`)
  const least = Math.max(LEAST_INCIDENTS, LEAST_SHARE * counts.n)
  const found: PileUp[] = []
  counts.counts.forEach((n, i) => {
    if (n < least || n < TIMES_USUAL * usualAround(counts, i, AROUND_M / cellM)) return
    const cell = counts.cells[i] ?? 0
    const [lng, lat] = positionAt(counts, (cell % counts.width) + 0.5, Math.floor(cell / counts.width) + 0.5)
    found.push({ lng, lat, n })
  })
  return found.sort((a, b) => b.n - a.n || a.lng - b.lng || a.lat - b.lat)
}

/** The median count of the other occupied cells within a distance in cells; of all others where there are hardly any. */
function usualAround({ cells, counts, width }: Counts, at: number, reach: number): number {
  const middle = cells[at] ?? 0
  const [column, row] = [middle % width, Math.floor(middle / width)]
  const near: number[] = []
  for (let i = firstFrom(cells, (row - reach) * width); i < cells.length; i++) {
    const cell = cells[i] ?? 0
    if (cell > (row + reach + 1) * width) break
    const away = Math.hypot((cell % width) - column, Math.floor(cell / width) - row)
    if (i !== at && away <= reach) near.push(counts[i] ?? 0)
  }
  return near.length >= LEAST_AROUND ? median(near) : median(counts.filter((_, i) => i !== at))
}

function firstFrom(cells: Uint32Array, cell: number): number {
  let [low, high] = [0, cells.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cells[middle] ?? 0) < cell) low = middle + 1
    else high = middle
  }
  return low
}

/** The lower one of an even number; 0 of none. */
function median(values: ArrayLike<number>): number {
  return Float64Array.from(values).sort()[(values.length - 1) >> 1] ?? 0
}
