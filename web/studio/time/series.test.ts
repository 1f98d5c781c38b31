import { expect, test } from 'vitest'
import { usualView } from '../view/studioView.ts'
import { isChosen, rectangle } from './matrixBrush.ts'
import { trendBars, weekMatrix } from './series.ts'

const ZONE = 'Asia/Shanghai'
const hours = (filled: { readonly [hour: number]: number }) =>
  Array.from({ length: 24 }, (_, hour) => filled[hour] ?? 0)
const days = [
  { day: '2026-11-16', hours: hours({ 8: 3, 20: 1 }) }, // a Monday
  { day: '2026-11-22', hours: hours({ 8: 2 }) }, // a Sunday
  { day: '2026-11-23', hours: hours({ 8: 4 }) }, // a Monday
]
const at = (text: string) => Date.parse(`${text}+08:00`)
const period = { from: at('2026-11-16T00:00'), to: at('2026-11-24T00:00') }
const all = usualView(period)

test('the matrix adds up the same hours of the same weekdays', () => {
  const rows = weekMatrix(days)
  expect(rows.map(row => row[8])).toEqual([7, 0, 0, 0, 0, 0, 2])
  expect(rows[0]?.[20]).toBe(1)
  expect(rows.flat().reduce((sum, n) => sum + n, 0)).toBe(10)
})

test('a long period has a bar per local day, empty days too, and they add up to all', () => {
  const bars = trendBars(days, period, all, ZONE)
  expect(bars.map(bar => bar.n)).toEqual([4, 0, 0, 0, 0, 0, 2, 4])
  expect(bars[0]).toMatchObject({ from: period.from, to: at('2026-11-17T00:00'), label: '11/16' })
})

test('a short one has a bar per hour, its last as long as it was lived', () => {
  const bars = trendBars(days, { from: period.from, to: at('2026-11-16T08:30') }, all, ZONE)
  expect(bars).toHaveLength(9)
  expect(bars.at(-1)).toMatchObject({ n: 3, from: at('2026-11-16T08:00'), to: at('2026-11-16T08:30') })
})

test('hours and weekdays that are not selected are not in the bars', () => {
  expect(trendBars(days, period, { ...all, hour: [8], weekday: [1] }, ZONE).map(bar => bar.n)).toEqual([
    3, 0, 0, 0, 0, 0, 0, 4,
  ])
})

test('a brush over the matrix is hours and weekdays, whichever corner it began in; a whole side is no choice', () => {
  const brush = rectangle({ weekday: 5, hour: 9 }, { weekday: 4, hour: 7 })
  expect(brush).toEqual({ hour: [7, 8, 9], weekday: [4, 5] })
  expect(isChosen(brush, { weekday: 4, hour: 8 })).toBe(true)
  expect(isChosen(brush, { weekday: 6, hour: 8 })).toBe(false)
  expect(rectangle({ weekday: 1, hour: 0 }, { weekday: 7, hour: 23 })).toEqual({ hour: null, weekday: null })
})
