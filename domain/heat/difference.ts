import type { Density } from './density.ts'
import { checkSameGrid } from './sameGrid.ts'

/**
 * How much denser it is than before: `now` less `before`, signed, in their unit; NaN where either is masked. Densities per km² add up
 * over their window, so windows of different length are only compared per hectare and hour. `n` is that of `now` less that of `before`.
 */
export function difference(now: Density, before: Density): Density {
  checkSameGrid(now, before)
  if (now.unit === 'perKm2' && now.windowMs !== before.windowMs)
    throw new RangeError(
      `windows of ${now.windowMs} and ${before.windowMs} ms are compared per hectare and hour, not per km²`,
    )
  return { ...now, n: now.n - before.n, values: now.values.map((value, i) => value - (before.values[i] ?? 0)) }
}

/** The same with its sign turned: bands are drawn at positive breaks, so the falls of a difference are drawn as rises of this. */
export function negated(grid: Density): Density {
  return { ...grid, n: -grid.n, values: grid.values.map(value => -value) }
}
