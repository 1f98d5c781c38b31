/**
 * The chance that a standard normal variable is at least z. The small tail keeps its digits (z = 30 gives 4.9e-198, not 0):
 * rates of false discovery compare such numbers. Sources: Marsaglia, Evaluating the Normal Distribution (2004), for the series;
 * Abramowitz & Stegun 26.2.14 for the continued fraction.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  if (z < 0) return 1 - normalTail(-z)
  const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z < 2.5) {
    let term = z
    let sum = z
    for (let i = 3; term > sum * 1e-17; i += 2) {
      term *= (z * z) / i
      sum += term
    }
    return 0.5 - density * sum
  }
  let below = z
  for (let i = 80; i > 0; i--) below = z + i / below
  return density / below
}
