import { expect, test } from 'vitest'
import { widestEm } from './textWidth.ts'

test('Chinese counts whole, Latin about half', () => {
  expect(widestEm(['柳堤', '柳'])).toBe(2)
  expect(widestEm(['Mission'])).toBeCloseTo(4.06, 10)
  expect(widestEm([])).toBe(0)
})
