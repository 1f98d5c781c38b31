import { expect, test } from 'vitest'
import {
  instantOfLocal,
  livedDays,
  localText,
  type Period,
  periodBefore,
  presetPeriod,
  reportBefore,
  reportPeriod,
} from './periods.ts'

const ZONE = 'Asia/Shanghai'
const NOW = Date.parse('2026-11-20T14:32:00+08:00') // a Friday
const said = ({ from, to }: Period, zone = ZONE) => `${localText(from, zone)}~${localText(to, zone)}`

test.each([
  ['today', '2026-11-20T00:00~2026-11-21T00:00'],
  ['yesterday', '2026-11-19T00:00~2026-11-20T00:00'],
  ['days7', '2026-11-14T00:00~2026-11-21T00:00'],
  ['days30', '2026-10-22T00:00~2026-11-21T00:00'],
  ['thisWeek', '2026-11-16T00:00~2026-11-23T00:00'],
  ['lastWeek', '2026-11-09T00:00~2026-11-16T00:00'],
  ['thisMonth', '2026-11-01T00:00~2026-12-01T00:00'],
  ['lastMonth', '2026-10-01T00:00~2026-11-01T00:00'],
] as const)('%s is %s', (preset, span) => {
  expect(said(presetPeriod(preset, NOW, ZONE))).toBe(span)
})

test('a period that is not over is compared with the same part of the days before', () => {
  expect(said(periodBefore(presetPeriod('today', NOW, ZONE), NOW, ZONE))).toBe('2026-11-19T00:00~2026-11-19T14:32')
  expect(said(periodBefore(presetPeriod('lastWeek', NOW, ZONE), NOW, ZONE))).toBe('2026-11-02T00:00~2026-11-09T00:00')
  expect(said(reportBefore('month', reportPeriod('month', NOW, ZONE), NOW, ZONE))).toBe(
    '2026-10-01T00:00~2026-10-20T14:32',
  )
  const march = reportPeriod('month', Date.parse('2026-03-30T12:00:00+08:00'), ZONE)
  expect(said(reportBefore('month', march, Date.parse('2026-03-30T12:00:00+08:00'), ZONE))).toBe(
    '2026-02-01T00:00~2026-03-01T00:00',
  )
})

test('a day of 23 hours is a day', () => {
  const zone = 'America/Los_Angeles'
  const spring = Date.parse('2026-03-08T12:00:00-07:00')
  expect(said(presetPeriod('today', spring, zone), zone)).toBe('2026-03-08T00:00~2026-03-09T00:00')
  expect(said(presetPeriod('days7', spring, zone), zone)).toBe('2026-03-02T00:00~2026-03-09T00:00')
})

test('days that were lived end at the instant that is looked at', () => {
  const today = presetPeriod('today', NOW, ZONE)
  expect(livedDays(today, today.from + 43_200_000)).toBe(0.5)
  expect(livedDays(today, today.from - 1)).toBe(0)
  expect(livedDays(today, today.to + 1)).toBe(1)
})

test('a local time is read and written in the zone of the store', () => {
  expect(instantOfLocal('2026-11-20T14:32', ZONE)).toBe(NOW)
  expect(instantOfLocal('2026-02-30', ZONE)).toBeNull()
  expect(instantOfLocal('yesterday', ZONE)).toBeNull()
})
