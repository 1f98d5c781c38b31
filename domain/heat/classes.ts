/**
 * Class breaks for a legend: where each class begins, ascending and positive, as `isobands` takes them. The last class has no upper
 * end, and what lies below the first break is not drawn. Fewer than k come back where there are too few different values.
 */
export function equalClasses([from, to]: readonly [number, number], k: number): number[] {
  if (!(from >= 0 && to > from && Number.isFinite(to)))
    throw new RangeError(`a domain goes up from 0 or more, not from ${from} to ${to}`)
  // 0.3, not 0.30000000000000004: breaks are read by people and kept in addresses.
  return Array.from({ length: checked(k) }, (_, i) => Number((from + ((to - from) * (i + 1)) / k).toPrecision(12)))
}

/** Classes with as many cells each: breaks at the quantiles 0, 1/k, … of the values above 0 (NaN is masked). Equal values stay together. */
export function quantileClasses(values: ArrayLike<number>, k: number): number[] {
  const sorted = Float64Array.from(values)
    .filter(value => value > 0)
    .sort()
  const breaks = Array.from({ length: checked(k) }, (_, i) => sorted[Math.floor((i * sorted.length) / k)] ?? 0)
  return breaks.filter((value, i) => value > (breaks[i - 1] ?? 0))
}

/** Breaks at multiples (ascending, positive) of the mean over all cells that are not masked, the empty ones too: clip to the area first. */
export function multiplesOfMean(values: ArrayLike<number>, multiples: readonly number[]): number[] {
  let [sum, n] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN
    if (Number.isNaN(value)) continue
    sum += value
    n++
  }
  return sum > 0 ? multiples.map(multiple => (multiple * sum) / n) : []
}

/** The same breaks in as few digits (two or more) as keep them apart. Classes move a little: only where people asked for it. */
export function roundedClasses(breaks: readonly number[]): number[] {
  for (let digits = 2; digits < 17; digits++) {
    const rounded = breaks.map(value => Number(value.toPrecision(digits)))
    if (rounded.every((value, i) => value > (rounded[i - 1] ?? 0))) return rounded
  }
  return [...breaks]
}

/** The top of a domain from 0 whose k equal classes have steps of 1, 2, 2.5 or 5 times a power of ten and reach the greatest value. */
export function niceTop(greatest: number, k: number): number {
  if (!(greatest > 0 && Number.isFinite(greatest))) throw new RangeError(`nothing to round up to: ${greatest}`)
  const step = greatest / checked(k)
  const power = 10 ** Math.floor(Math.log10(step))
  const nice = [1, 2, 2.5, 5, 10].find(times => times * power * (1 + 1e-12) >= step) ?? 10
  return Number((nice * power * k).toPrecision(12))
}

function checked(k: number): number {
  if (!(Number.isInteger(k) && k >= 1 && k <= 12)) throw new RangeError(`a legend has 1 to 12 classes, not ${k}`)
  return k
}
