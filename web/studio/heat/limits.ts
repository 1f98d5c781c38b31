/** Class limits from the values of an area. A limit is a number that people can say. */
import { equalClasses, multiplesOfMean, niceTop, quantileClasses, roundedClasses } from '#domain/heat/classes.ts'
import type { Density } from '#domain/heat/density.ts'
import type { Quantity } from '#domain/heat/quantity.ts'
import type { Method } from '../view/studioView.ts'

const TIMES_MEAN = [0.5, 1, 2, 3, 4]
/** A kernel leaves nearly nothing over most of an area: below this part of the peak it is in no quantile. */
const LEAST_OF_PEAK = 0.01

/** Of all grids together, so that one scale holds for all; none where nothing is. */
export function limitsFor(method: Method, grids: readonly Density[], quantity: Quantity, classes: number): number[] {
  const values = Float64Array.from(grids.flatMap(grid => [...grid.values]))
  const peak = greatest(values)
  if (peak === 0) return []
  if (method === 'equal') return equalLimits(peak, quantity, classes)
  const limits =
    method === 'mean'
      ? reachable(multiplesOfMean(values, TIMES_MEAN), quantity)
      : quantileClasses(
          values.filter(value => value >= peak * LEAST_OF_PEAK),
          classes,
        )
  return roundedClasses(limits)
}

/** Steps of one width; what lies below the first is not drawn, the last goes on to the peak. */
export const equalLimits = (peak: number, quantity: Quantity, classes: number): number[] =>
  reachable(equalClasses([0, niceTop(peak, classes + 1)], classes + 1).slice(0, classes), quantity)

/** No class begins where a share ends. */
const reachable = (limits: number[], quantity: Quantity) =>
  quantity === 'share' ? limits.filter(limit => limit < 1) : limits

export function greatest(values: ArrayLike<number>): number {
  let peak = 0
  for (let i = 0; i < values.length; i++) if ((values[i] ?? 0) > peak) peak = values[i] ?? 0
  return peak
}
