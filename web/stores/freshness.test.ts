import { expect, test } from 'vitest'
import { linkState, shownFreshness, sourceFreshness } from './freshness.ts'

const S = 1000

test.each([
  [5, 0, 'fresh'],
  [5, 14.9, 'fresh'],
  [5, 15, 'late'],
  [5, 30, 'stale'],
  [5, 119, 'stale'],
  [5, 120, 'lost'],
  [60, 119, 'fresh'],
  [60, 120, 'late'],
  [60, 180, 'stale'],
  [60, 599, 'stale'],
  [60, 600, 'lost'],
])('a source that speaks every %d s and was heard %d s ago is %s', (every, age, expected) => {
  expect(sourceFreshness(every * S, age * S)).toBe(expected)
})

test('one that speaks only when it must is never late, one never heard is lost', () => {
  expect(sourceFreshness(null, null)).toBe('fresh')
  expect(sourceFreshness(5 * S, null)).toBe('lost')
})

test.each([
  [0, true, 'live'],
  [25, true, 'live'],
  [25.001, true, 'stale'],
  [1, false, 'stale'],
  [119.9, false, 'stale'],
  [120, true, 'lost'],
  [120, false, 'lost'],
])('after %d s of silence, socket open %s, the link is %s', (silent, isOpen, expected) => {
  expect(linkState(silent * S, isOpen)).toBe(expected)
})

test('no news from the server makes every source stale at once', () => {
  expect(shownFreshness('fresh', 'stale')).toBe('stale')
  expect(shownFreshness('lost', 'stale')).toBe('lost')
  expect(shownFreshness('fresh', 'lost')).toBe('lost')
  expect(shownFreshness('late', 'live')).toBe('late')
})
