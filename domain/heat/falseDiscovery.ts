/**
 * For each of many tests the rate of false discoveries that calling it, and all with smaller p, a discovery would bring: a test is
 * one at the level α when its rate is at most α. What is NaN was not tested and stays NaN. Benjamini and Hochberg's step-up rule
 * (Controlling the False Discovery Rate, 1995), said the other way round: rate(i) = min over p(j) ≥ p(i) of p(j) · m ÷ rank(j). It
 * holds for independent tests and for those that depend positively on each other (Benjamini & Yekutieli 2001), as neighbourhoods
 * that overlap do.
 */
export function falseDiscoveryRates(pValues: ArrayLike<number>): Float64Array {
  const rates = new Float64Array(pValues.length).fill(Number.NaN)
  const order = Uint32Array.from(pValues, (_, i) => i)
    .filter(i => !Number.isNaN(pValues[i]))
    .sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
  let least = 1
  for (let rank = order.length; rank > 0; rank--) {
    const test = order[rank - 1] ?? 0
    least = Math.min(least, ((pValues[test] ?? 0) * order.length) / rank)
    rates[test] = least
  }
  return rates
}
