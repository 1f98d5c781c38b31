import { expect, test } from 'vitest'
import { normalTail } from './normalTail.ts'

test('the tail of the normal distribution has the digits of the tables, far out too', () => {
  // R: pnorm(z, lower.tail = FALSE)
  for (const [z, p] of [
    [0, 0.5],
    [1, 0.158655253931457],
    [1.959963984540054, 0.025],
    [2.4, 0.00819753592459613],
    [2.6, 0.00466118802371875],
    [5, 2.86651571879194e-7],
    [10, 7.61985302416053e-24],
    [30, 4.90671392714819e-198],
  ] as const) {
    expect(Math.abs(normalTail(z) / p - 1)).toBeLessThan(1e-12)
    expect(normalTail(-z)).toBeCloseTo(1 - p, 14)
  }
  expect(normalTail(Infinity)).toBe(0)
  expect(normalTail(Number.NaN)).toBeNaN()
})
