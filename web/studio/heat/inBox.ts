import type { Bbox } from '#domain/geo/bbox.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { latticeOver } from '#domain/heat/lattice.ts'

/**
 * The same counts over the window of a box. A server answers with a window of its own, as far as its viewer may see; densities
 * can only be divided and subtracted cell by cell where their windows are one.
 */
export function inBox(counts: Counts, box: Bbox): Counts {
  const lattice = latticeOver(box, counts.level)
  const [right, down] = [counts.x0 - lattice.x0, counts.y0 - lattice.y0]
  const cells: number[] = []
  const kept: number[] = []
  let n = 0
  counts.cells.forEach((cell, i) => {
    const x = (cell % counts.width) + right
    const y = Math.floor(cell / counts.width) + down
    if (x < 0 || y < 0 || x >= lattice.width || y >= lattice.height) return
    const count = counts.counts[i] ?? 0
    cells.push(y * lattice.width + x)
    kept.push(count)
    n += count
  })
  return { ...lattice, cells: Uint32Array.from(cells), counts: Uint32Array.from(kept), n }
}
