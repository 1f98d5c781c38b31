/**
 * The value at rank ⌈percent · n ÷ 100⌉ of the values in order; null when there are none, or when it falls on one that
 * is infinite: not yet known.
 */
export const nearestRank = (values: readonly number[], percent: number): number | null => {
  // Whole percents keep the product exact: 0.07 · 100 would be a little more than 7.
  const value = Float64Array.from(values).sort()[Math.ceil((percent * values.length) / 100) - 1]
  return value === undefined || value === Number.POSITIVE_INFINITY ? null : value
}

export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
