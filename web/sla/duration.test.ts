import { expect, test } from 'vitest'
import { countdown, elapsedText } from './duration.ts'

test.each([
  [9000, '0:09'],
  [8100, '0:09'],
  [0, '0:00'],
  [-1, '+0:00'],
  [-112_900, '+1:52'],
  [899_000, '14:59'],
  [3_723_000, '1:02:03'],
  [90_000_000, '1d01h'],
])('%d ms left reads %s', (ms, text) => {
  expect(countdown(ms)).toBe(text)
})

test('a duration that is over is rounded', () => {
  expect(elapsedText(451_400)).toBe('7:31')
})
