import type { Density } from '#domain/heat/density.ts'
import { rowCellM } from '#domain/heat/lattice.ts'

export const BINS_PER_CLASS = 10

/**
 * How much of the area, 0…1, has a value in each tenth of each class: below the first limit, between two, and from the last to
 * `top`, what lies above it included. Masked cells are no part of the area.
 */
export function areaShares(grid: Density, breaks: readonly number[], top: number): number[] {
  const edges = [0, ...breaks, top]
  const bins = new Array<number>((edges.length - 1) * BINS_PER_CLASS).fill(0)
  let all = 0
  for (let row = 0; row < grid.height; row++) {
    const areaM2 = rowCellM(grid, row) ** 2
    for (let x = row * grid.width; x < (row + 1) * grid.width; x++) {
      const value = grid.values[x] ?? Number.NaN
      if (Number.isNaN(value)) continue
      all += areaM2
      const bin = Math.min(bins.length - 1, Math.floor(placeOnScale(value, breaks, top) * bins.length))
      bins[bin] = (bins[bin] ?? 0) + areaM2
    }
  }
  return all > 0 ? bins.map(area => area / all) : bins
}

/** Where a value lies on a legend whose classes are all equally wide, 0…1. */
export function placeOnScale(value: number, breaks: readonly number[], top: number): number {
  const edges = [0, ...breaks, top]
  const classes = edges.length - 1
  const at = Math.max(
    0,
    Math.min(
      classes - 1,
      edges.findLastIndex(edge => value >= edge),
    ),
  )
  const [low = 0, high = 0] = [edges[at], edges[at + 1]]
  const within = high > low ? (value - low) / (high - low) : 0
  return Math.min(1, Math.max(0, (at + Math.min(1, within)) / classes))
}
