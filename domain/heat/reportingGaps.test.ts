import { expect, test } from 'vitest'
import type { HourCount } from './hourlyCounts.ts'
import { reportingGaps } from './reportingGaps.ts'
import { seededRandom } from './seededRandom.ts'

const HOUR = 3_600_000
const monday = Date.parse('2026-03-02T00:00:00+08:00')
const zone = 'Asia/Shanghai'

/** A street's weeks: quiet nights, busy days, half as much at weekends, drawn hour by hour. */
function weeks(count: number, perHour: number, seed: number): HourCount[] {
  const random = seededRandom(seed)
  return Array.from({ length: count * 168 }, (_, i) => {
    const [hour, day] = [i % 24, Math.floor(i / 24) % 7]
    const pace = perHour * (hour < 6 ? 0.1 : hour < 20 ? 1.5 : 0.7) * (day < 5 ? 1 : 0.5)
    let n = 0
    for (let chance = random(); chance > Math.exp(-pace); n++) chance *= random()
    return { from: monday + i * HOUR, to: monday + (i + 1) * HOUR, n }
  })
}

const silenced = (hours: readonly HourCount[], first: number, end: number) =>
  hours.map((hour, i) => (i >= first && i < end ? { ...hour, n: 0 } : hour))

test('weeks without a gap have none: over 300 seeds fewer than 2 in a hundred have one', () => {
  let runs = 0
  for (let seed = 1; seed <= 300; seed++)
    if (reportingGaps(weeks(1 + (seed % 8), [0.1, 0.5, 2, 8][seed % 4]!, seed), zone).length > 0) runs++
  expect(runs / 300).toBeLessThan(0.02)
})

test('a day on which nothing came in is found with what was to be expected, a quiet night is not', () => {
  const hours = silenced(weeks(6, 1, 3), 14 * 24 + 9, 15 * 24 + 9)
  const [gap, ...others] = reportingGaps(hours, zone)
  expect(others).toEqual([])
  expect(gap!.from).toBeLessThanOrEqual(monday + (14 * 24 + 9) * HOUR)
  expect(gap!.to).toBeGreaterThanOrEqual(monday + (15 * 24 + 9) * HOUR)
  // 11 hours at 1.5, 4 at 0.7, 6 at 0.1 and 3 more at 1.5, on working days.
  expect(gap!.expected).toBeGreaterThan(18)
  expect(gap!.expected).toBeLessThan(32)
})

test('a gap is measured against the other hours: one of two weeks, and two gaps, are found', () => {
  expect(reportingGaps(silenced(weeks(2, 0.5, 5), 168, 336), zone)).toHaveLength(1)
  const twice = silenced(silenced(weeks(4, 0.5, 6), 100, 220), 400, 560)
  expect(reportingGaps(twice, zone).map(gap => Math.round((gap.from - monday) / HOUR / 10))).toEqual([10, 40])
})

test('at a busy place three empty hours by day are a gap, at night they are not', () => {
  const hours = weeks(4, 8, 7)
  expect(reportingGaps(silenced(hours, 10 * 24 + 10, 10 * 24 + 12), zone)).toHaveLength(1)
  expect(reportingGaps(silenced(hours, 10 * 24 + 1, 10 * 24 + 5), zone)).toEqual([])
})

test('nothing at all, and next to nothing, has no rhythm that a gap could break', () => {
  expect(reportingGaps([], zone)).toEqual([])
  expect(reportingGaps(silenced(weeks(8, 8, 2), 3, 8 * 168), zone)).toEqual([])
  expect(reportingGaps(silenced(weeks(2, 1, 1), 0, 336), zone)).toEqual([])
})
