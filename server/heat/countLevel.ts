import type { Bbox } from '#domain/geo/bbox.ts'
import { latticeOver, levelFor } from '#domain/heat/lattice.ts'

/** Cells of the counts per bandwidth: fine enough that rounding an incident to its cell is under 1 % of its peak. */
const CELLS_PER_BANDWIDTH = 64
/** The numbers of the cells travel in 32 bits. */
const MOST_CELLS = 2 ** 32

/** As fine as the bandwidth wants it, or as the numbers of the cells can be written. */
export function countLevel(bounds: Bbox, bandwidthM: number): number {
  let level = levelFor(bandwidthM, (bounds[1] + bounds[3]) / 2, CELLS_PER_BANDWIDTH)
  for (; level > 0; level--) {
    const { width, height } = latticeOver(bounds, level)
    if (width * height <= MOST_CELLS) break
  }
  return level
}
