import { expect, test } from 'vitest'
import { instantInAddress, parseInstant } from './instant.ts'

test.each([
  ['2026-03-02T10:00:00.000Z', 1772445600000],
  ['2026-03-02T18:00:00+08:00', 1772445600000],
  ['2026-03-02T18:00+0800', 1772445600000],
  ['2026-03-02T18:00:00 08:00', null],
  ['2026-03-02T10:00:00.0009Z', 1772445600000],
  ['2026-03-02T10:00:00', null],
  ['2026-03-02 10:00:00Z', null],
  ['2026-02-30T10:00:00Z', null],
  ['2026-03-02T25:00:00Z', null],
  ['2026-03-02', null],
  ['', null],
])('%j is %s', (text, at) => {
  expect(parseInstant(text)).toBe(at)
})

test.each([
  ['2026-03-02T18:00:00 08:00', 1772445600000],
  ['2026-03-02T18:00:00+08:00', 1772445600000],
  ['2026-03-02 18:00', null],
  ['yesterday', null],
])('in an address %j is %s: its plus may have become a space', (text, at) => {
  expect(instantInAddress(text)).toBe(at)
})
