import { expect, test } from 'vitest'
import { backOffMs } from './backOff.ts'

test('it doubles up to half a minute, and half of it is left to chance', () => {
  expect([0, 1, 2, 3].map(attempt => backOffMs(attempt, 1))).toEqual([500, 1000, 2000, 4000])
  expect(backOffMs(3, 0)).toBe(2000)
  expect(backOffMs(40, 1)).toBe(30_000)
  expect(backOffMs(40, 0)).toBe(15_000)
})
