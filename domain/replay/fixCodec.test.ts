import { expect, test } from 'vitest'
import { decodeFixes, encodeFixes, type FixesOf } from './fixCodec.ts'

const T = Date.parse('2026-03-02T10:00:00+08:00')
const PEOPLE: readonly FixesOf[] = [
  {
    worker: 'W001',
    fixes: [
      { at: T, lng: 121.845786, lat: 30.555549, courseDeg: null },
      { at: T + 5003, lng: 121.84574, lat: 30.555601, courseDeg: 88 },
      { at: T + 3_600_000, lng: -70.5, lat: -33.4, courseDeg: 0 },
    ],
  },
  { worker: '巡逻车一', fixes: [] },
  { worker: 'W002', fixes: [{ at: T - 86_400_000, lng: 0, lat: 0, courseDeg: 358 }] },
]

test('fixes come back as they were sent: millisecond, 11 cm, 2°', () => {
  expect(decodeFixes(encodeFixes(PEOPLE))).toEqual(PEOPLE)
  expect(decodeFixes(encodeFixes([]))).toEqual([])
})

test('a walker who tells every 5 s takes at most 7 bytes a fix', () => {
  const fixes = Array.from({ length: 1000 }, (_, i) => ({
    at: T + i * 5000,
    lng: 121.8 + i * 0.00004,
    lat: 30.5 - i * 0.00003,
    courseDeg: 127,
  }))
  expect(encodeFixes([{ worker: 'w', fixes }]).length).toBeLessThan(7 * 1000 + 40)
})

test('what is cut short, goes on too long or is something else is refused in words', () => {
  const bytes = encodeFixes(PEOPLE)
  expect(() => decodeFixes(bytes.subarray(0, bytes.length - 1))).toThrow('fixes: ends in the middle')
  expect(() => decodeFixes(Uint8Array.from([...bytes, 0]))).toThrow('1 bytes follow the last worker')
  expect(() => decodeFixes(Uint8Array.from([1, 2, 3, 4, 5]))).toThrow('does not begin with GWF1')
})
