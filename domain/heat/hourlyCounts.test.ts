import { expect, test } from 'vitest'
import { hourlyCounts } from './hourlyCounts.ts'

const HOUR = 3_600_000
const hoursOf = (...counted: [hour: number, n: number][]) =>
  Array.from({ length: 24 }, (_, hour) => counted.find(([at]) => at === hour)?.[1] ?? 0)

test('every hour of the window is there, also those of days that were left out', () => {
  const from = Date.parse('2026-03-01T00:00:00+08:00')
  const days = [
    { day: '2026-03-01', hours: hoursOf([8, 5]) },
    { day: '2026-03-03', hours: hoursOf([0, 2]) },
  ]
  const hours = hourlyCounts(days, from, from + 49 * HOUR, 'Asia/Shanghai')
  expect(hours).toHaveLength(49)
  expect(hours[8]).toEqual({ from: from + 8 * HOUR, to: from + 9 * HOUR, n: 5 })
  expect(hours.at(-1)).toEqual({ from: from + 48 * HOUR, to: from + 49 * HOUR, n: 2 })
  expect(hours.reduce((sum, { n }) => sum + n, 0)).toBe(7)
})

test('a window that begins and ends within an hour has parts of hours at its ends', () => {
  const from = Date.parse('2026-03-01T07:20:00+08:00')
  const hours = hourlyCounts([], from, from + HOUR, 'Asia/Shanghai')
  expect(hours.map(hour => (hour.to - hour.from) / 60_000)).toEqual([40, 20])
})

test('an hour that comes twice is one entry of two hours, and one that is skipped is none', () => {
  const autumn = Date.parse('2025-11-02T00:00:00-04:00')
  const repeated = hourlyCounts(
    [{ day: '2025-11-02', hours: hoursOf([1, 6]) }],
    autumn,
    autumn + 25 * HOUR,
    'America/New_York',
  )
  expect(repeated).toHaveLength(24)
  expect(repeated[1]).toEqual({ from: autumn + HOUR, to: autumn + 3 * HOUR, n: 6 })
  const spring = Date.parse('2026-03-08T00:00:00-05:00')
  expect(hourlyCounts([], spring, spring + 23 * HOUR, 'America/New_York')).toHaveLength(23)
})
