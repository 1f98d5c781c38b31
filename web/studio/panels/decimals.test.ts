import { expect, test } from 'vitest'
import { decimalsOf } from './decimals.ts'

test.each([
  [[], 0],
  [[1, 2, 3], 0],
  [[0.1, 0.2, 0.3], 1],
  [[0.015, 0.03, 0.045], 3],
  [[2.5, 5, 7.5], 1],
  [[0.2500000001, 0.5], 2],
  [[1e-12, 2e-12], 8],
])('%j is written with %i decimals', (limits, places) => {
  expect(decimalsOf(limits)).toBe(places)
})
