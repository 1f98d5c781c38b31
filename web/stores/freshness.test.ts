import { expect, test } from 'vitest'
import { type Ahead, linkState, nextAhead, shownFreshness, sourceFreshness } from './freshness.ts'

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
  [0, 0, true, 'live'],
  [24, 0, true, 'live'],
  [24.001, 0, true, 'stale'],
  [1, 0, false, 'stale'],
  [119.9, 0, false, 'stale'],
  [120, 0, true, 'lost'],
  [120, 0, false, 'lost'],
  [0, 10, true, 'live'],
  [0, 11, true, 'live'],
  [0, 11.001, true, 'stale'],
  [0, 119.9, true, 'stale'],
  [0, 120, true, 'lost'],
  [0, 120, false, 'lost'],
])('after %d s of silence, %d s behind, socket open %s, the link is %s', (silent, behind, isSocketOpen, expected) => {
  expect(linkState({ silentMs: silent * S, behindMs: behind * S, isSocketOpen })).toBe(expected)
})

test.each<[string, [reached: number, head: number, now: number][], Ahead | null]>([
  ['has all', [[5, 5, 0]], null],
  [
    'is behind since it heard of a later head',
    [
      [5, 7, 1],
      [5, 7, 11],
      [6, 9, 21],
    ],
    { head: 7, since: 1 },
  ],
  [
    'has caught up',
    [
      [5, 7, 1],
      [7, 7, 2],
    ],
    null,
  ],
  [
    'goes on with the log, always a little behind',
    [
      [5, 7, 1],
      [8, 9, 11],
      [9, 12, 21],
    ],
    { head: 12, since: 21 },
  ],
  [
    'has nothing yet',
    [
      [-1, 0, 3],
      [-1, 0, 13],
    ],
    { head: 0, since: 3 },
  ],
])('a wall that %s', (_, steps, expected) => {
  const ahead = steps.reduce<Ahead | null>((known, [reached, head, now]) => nextAhead(known, reached, head, now), null)
  expect(ahead).toEqual(expected)
})

test('no news from the server makes every source stale at once', () => {
  expect(shownFreshness('fresh', 'stale')).toBe('stale')
  expect(shownFreshness('lost', 'stale')).toBe('lost')
  expect(shownFreshness('fresh', 'lost')).toBe('lost')
  expect(shownFreshness('late', 'live')).toBe('late')
})
