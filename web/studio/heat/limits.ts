/** Class limits from the values of an area. A limit is a number that people can say. */
import type { Density } from '#domain/heat/density.ts'
import type { Method } from '../view/studioView.ts'

const TIMES_MEAN = [1, 2, 3, 4, 6]

/** Of all grids together, so that one scale holds for all. */
export function limitsFor(method: Method, grids: readonly Density[], classes: number): number[] {
  const values = grids.flatMap(grid => [...grid.values].filter(value => value > 0)).sort((a, b) => a - b)
  const peak = values.at(-1) ?? 0
  if (peak === 0) return Array.from({ length: classes }, (_, i) => i + 1)
  const step = niceStep(peak / (classes + 1))
  if (method === 'equal') return Array.from({ length: classes }, (_, i) => rounded(step * (i + 1)))
  return TIMES_MEAN.map(n => n * step)
}

/** 1, 1.5, 2, 2.5, 3, 4, 5, 6 or 8 times a power of ten, at least `value`. */
export function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(each => each * power >= value * (1 - 1e-9)) ?? 10
  return rounded(factor * power)
}

/** Without the dust of binary fractions. */
const rounded = (value: number) => Number(value.toPrecision(6))
