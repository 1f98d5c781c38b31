import { expect, test } from 'vitest'
import { parseDurationMs } from './duration.ts'

test.each([
  ['PT1M', 60_000],
  ['PT5M', 300_000],
  ['P1D', 86_400_000],
  ['P7D', 604_800_000],
  ['P1W', 604_800_000],
  ['P1W2DT3H4M5S', 604_800_000 + 2 * 86_400_000 + 3 * 3_600_000 + 4 * 60_000 + 5000],
  ['PT90M', 5_400_000],
  ['PT0S', 0],
  ['P0D', 0],
])('%s is %i ms', (text, ms) => {
  expect(parseDurationMs(text)).toBe(ms)
})

test.each([
  '',
  'P',
  'PT',
  'P1DT',
  'P1Y',
  'P1M',
  'PT1.5M',
  'PT-1M',
  '-PT1M',
  'PT1M ',
  'pt1m',
  'PT1S1M',
  '15M',
  'endOfLocalDay',
  'PT99999999999999999999S',
])('%j is not a duration', text => {
  expect(parseDurationMs(text)).toBeNull()
})
