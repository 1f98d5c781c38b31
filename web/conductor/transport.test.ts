import { expect, test } from 'vitest'
import { instantAt, nextSpeed, paused, pausedAt, played, sought, speedOf, withSpeed } from './transport.ts'

const T = Date.parse('2026-03-02T10:00:00+08:00')

test('while it plays an hour passes in a minute at 60×, and a pause keeps the instant', () => {
  const playing = played(pausedAt(T, 60), 1000)
  expect(instantAt(playing, 1000)).toBe(T)
  expect(instantAt(playing, 61_000)).toBe(T + 3_600_000)
  const still = paused(playing, 61_000)
  expect(instantAt(still, 900_000)).toBe(T + 3_600_000)
  expect(still.speed).toBe(60)
})

test('another speed goes on from the instant shown', () => {
  const faster = withSpeed(played(pausedAt(T, 10), 0), 240, 6000)
  expect(instantAt(faster, 6000)).toBe(T + 60_000)
  expect(instantAt(faster, 7000)).toBe(T + 300_000)
})

test('a seek keeps it playing or paused, as it was', () => {
  expect(instantAt(sought(played(pausedAt(T, 1), 0), T + 5, 100), 200)).toBe(T + 105)
  expect(instantAt(sought(pausedAt(T), T + 5, 100), 200)).toBe(T + 5)
})

test('speeds end at both ends of the row, and an address names only those there are', () => {
  expect([nextSpeed(1, -1), nextSpeed(10, 1), nextSpeed(240, 1)]).toEqual([1, 60, 240])
  expect([speedOf('60'), speedOf('61'), speedOf(null)]).toEqual([60, null, null])
})
