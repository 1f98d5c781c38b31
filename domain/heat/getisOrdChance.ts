import { type GetisOrd, sumDeviation } from './getisOrd.ts'
import { normalTail } from './normalTail.ts'

export type Side = 'high' | 'low' | 'either'

/**
 * Per cell the chance of a neighbourhood at least as high (as low; as far to either side) if every arrangement of the values over
 * the cells were as likely as any other. Gi*'s z is exact there, but the tail is not normal: sums of few incidents lean to the
 * right, and the normal tail calls noise a hot spot. So z passes through the third moment, which is known exactly for samples
 * without replacement, as a Pearson III distribution, whose tail Wilson and Hilferty's cube root makes normal. `step` is 1 for
 * counts (continuity: "at least 9" begins at 8.5) and 0 for values without steps. Three moments say little about the end
 * that a sum leans away from: there the normal tail is the greater, and the greater is given.
 * Sources: Cramér, Mathematical Methods of Statistics (1946) § 29.3; Wilson & Hilferty, The Distribution of Chi-square (1931).
 */
export function getisOrdChance(gi: GetisOrd, side: Side, step: number): Float64Array {
  return gi.z.map((z, cell) => {
    const W = gi.neighbours[cell] ?? 0
    const lean = sumSkewness(gi, W)
    const half = step / 2 / sumDeviation(gi.deviation, gi.n, W)
    const high = normalTail(Math.min(z - half, straightened(z - half, lean)))
    const low = normalTail(-Math.max(z + half, straightened(z + half, lean)))
    return side === 'high' ? high : side === 'low' ? low : Math.min(1, 2 * Math.min(high, low))
  })
}

/** Skewness of the sum over W of the n cells. */
function sumSkewness({ n, skewness }: GetisOrd, W: number): number {
  return n > 2 ? (skewness * (n - 2 * W) * Math.sqrt((n - 1) / (W * (n - W)))) / (n - 2) : 0
}

/** The normal score whose tail is that of a Pearson III variable at z; a score beyond its finite end is at that end. */
function straightened(z: number, lean: number): number {
  if (Math.abs(lean) < 1e-6) return z
  return (6 / lean) * (Math.cbrt(Math.max(0, 1 + (lean * z) / 2)) - 1) + lean / 6
}
