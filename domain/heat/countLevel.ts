import { latAt } from '../geo/mercator.ts'
import { FINE_LEVEL, type FineBox, windowOf } from './finePlace.ts'
import { levelFor } from './lattice.ts'

/** Cells of the counts per bandwidth: fine enough that rounding an incident to its cell is under 1 % of its peak. */
const CELLS_PER_BANDWIDTH = 64
/** The numbers of the cells travel in 32 bits. */
const MOST_CELLS = 2 ** 32

/**
 * As fine as the bandwidth wants it at the latitude of the whole place, so that every viewport and every viewer counts on the
 * same lattice; coarser only where the numbers of the window's cells could not be written.
 */
export function countLevel(box: FineBox, bandwidthM: number, placeLat: number): number {
  let level = Math.min(FINE_LEVEL, levelFor(bandwidthM, placeLat, CELLS_PER_BANDWIDTH))
  for (; level > 0; level--) {
    const { width, height } = windowOf(box, level)
    if (width * height <= MOST_CELLS) break
  }
  return level
}

/** The middle of a box, where nothing better is known of the place. */
export function middleLat({ north, south }: FineBox): number {
  return latAt((north + south) / 2 / 2 ** FINE_LEVEL)
}
