import { latAt } from '#domain/geo/mercator.ts'
import { FINE_LEVEL, type FineBox, windowOf } from '#domain/heat/finePlace.ts'
import { levelFor } from '#domain/heat/lattice.ts'
import type { ReferenceData } from '../app.ts'
import { boundsOf } from '../incidents/ownBounds.ts'

/** Cells of the counts per bandwidth: fine enough that rounding an incident to its cell is under 1 % of its peak. */
const CELLS_PER_BANDWIDTH = 64
/** The numbers of the cells travel in 32 bits. */
const MOST_CELLS = 2 ** 32

/**
 * As fine as the bandwidth wants it at the latitude of the whole place, so that every viewport and every viewer counts on the
 * same lattice; coarser only where the numbers of the window's cells could not be written.
 */
export function countLevel(box: FineBox, bandwidthM: number, reference: ReferenceData, now: number): number {
  const roots = reference.areas.roots(now).map(area => area.code)
  const place = roots.length === 0 ? null : boundsOf(roots, reference, now)
  const lat = place === null ? latAt((box.north + box.south) / 2 / 2 ** FINE_LEVEL) : (place[1] + place[3]) / 2
  let level = Math.min(FINE_LEVEL, levelFor(bandwidthM, lat, CELLS_PER_BANDWIDTH))
  for (; level > 0; level--) {
    const { width, height } = windowOf(box, level)
    if (width * height <= MOST_CELLS) break
  }
  return level
}
