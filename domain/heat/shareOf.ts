import type { Density } from './density.ts'
import { checkSameGrid } from './sameGrid.ts'

/**
 * The share that one kind is of all around a place, 0…1: the density of, say, breached incidents over that of all that are decided,
 * of the same window. Masked (NaN) where the density of all is under `least` (in their unit), since a share of next to nothing says nothing.
 */
export function shareOf(some: Density, all: Density, least: number): Density {
  checkSameGrid(some, all)
  if (some.windowMs !== all.windowMs)
    throw new RangeError(`a share is of one window, not of ${some.windowMs} and ${all.windowMs} ms`)
  if (!(least > 0)) throw new RangeError(`the least density is positive, not ${least}`)
  const values = some.values.map((value, i) => {
    const base = all.values[i] ?? 0
    return base >= least ? value / base : Number.NaN
  })
  return { ...all, values }
}
