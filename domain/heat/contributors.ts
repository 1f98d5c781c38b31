import type { Weights } from './counts.ts'
import { type Density, density, perUnit, REACH } from './density.ts'

/**
 * Of how many incidents each value of a density is made, as if all shared in it alike: (Σ w)² ÷ Σ w² over the kernel's weights w
 * at the cell (Kish's effective sample size); 0 where none reaches. Never more than the incidents within reach (4 σ to each side);
 * k that lie together count k, and one beside a few far ones counts little more than 1, since the value shows it nearly alone. A
 * circle of 2 σ would not see that, and its edges would be arcs around incidents. The square of a Gaussian is a Gaussian of
 * σ ÷ √2, so it is the ratio of two densities: 4πσ² · D(σ)² ÷ D(σ ÷ √2).
 */
export function contributors(counts: Weights, { bandwidthM, unit, windowMs, level }: Density): Float64Array {
  const options = { unit, windowMs, level, reachM: REACH * bandwidthM }
  const whole = density(counts, { ...options, bandwidthM })
  const squares = density(counts, { ...options, bandwidthM: bandwidthM / Math.SQRT2 })
  const scale = (4 * Math.PI * bandwidthM ** 2) / perUnit(unit, windowMs)
  return whole.values.map((sum, i) => {
    const square = squares.values[i] ?? 0
    return square > 0 ? (scale * sum * sum) / square : 0
  })
}

/**
 * The grid without the cells that fewer than k incidents make (NaN): a lone incident's bell would show where it was. Empty cells go
 * too: a hole of the kernel's shape around nothing would show it as well. For any grid over the density's lattice: a
 * share, a ratio, a difference. It doesn't protect from subtracting two exports that differ by one incident.
 */
export function maskFewer(grid: Density, contributors: ArrayLike<number>, k: number): Density {
  if (contributors.length !== grid.values.length)
    throw new RangeError(`${contributors.length} numbers of contributors for ${grid.values.length} cells`)
  // On a lattice the square of a Gaussian is nearly one of σ ÷ √2: k together are k to a thousandth.
  return { ...grid, values: grid.values.map((value, i) => ((contributors[i] ?? 0) >= 0.999 * k ? value : Number.NaN)) }
}
