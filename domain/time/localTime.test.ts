import { expect, test } from 'vitest'
import {
  isTimeZone,
  localDay,
  localFields,
  localHour,
  localInstant,
  localWeekday,
  nextLocalDay,
  parseLocal,
  startOfLocalDay,
} from './localTime.ts'

const at = (iso: string) => Date.parse(iso)
const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
const fields = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/\D/).map(Number)
  return { year, month, day, hour, minute, second, ms: 0 }
}

test.each([
  [
    'Asia/Shanghai',
    '2026-03-02T15:59:59.999Z',
    '2026-03-02',
    23,
    1,
    '2026-03-01T16:00:00.000Z',
    '2026-03-02T16:00:00.000Z',
  ],
  [
    'Asia/Shanghai',
    '2026-03-02T16:00:00.000Z',
    '2026-03-03',
    0,
    2,
    '2026-03-02T16:00:00.000Z',
    '2026-03-03T16:00:00.000Z',
  ],
  [
    'Asia/Kathmandu',
    '2026-03-02T18:14:59.999Z',
    '2026-03-02',
    23,
    1,
    '2026-03-01T18:15:00.000Z',
    '2026-03-02T18:15:00.000Z',
  ],
  // a day of 23 h and one of 25 h
  [
    'America/Los_Angeles',
    '2026-03-08T18:00:00.000Z',
    '2026-03-08',
    11,
    7,
    '2026-03-08T08:00:00.000Z',
    '2026-03-09T07:00:00.000Z',
  ],
  [
    'America/Los_Angeles',
    '2026-11-01T18:00:00.000Z',
    '2026-11-01',
    10,
    7,
    '2026-11-01T07:00:00.000Z',
    '2026-11-02T08:00:00.000Z',
  ],
  [
    'America/St_Johns',
    '2026-03-08T12:00:00.000Z',
    '2026-03-08',
    9,
    7,
    '2026-03-08T03:30:00.000Z',
    '2026-03-09T02:30:00.000Z',
  ],
  // summer time began at 00:01: the first minute of the day is followed by 01:01
  [
    'America/St_Johns',
    '2010-03-14T12:00:00.000Z',
    '2010-03-14',
    9,
    7,
    '2010-03-14T03:30:00.000Z',
    '2010-03-15T02:30:00.000Z',
  ],
  // midnight does not exist: the day begins at 01:00
  [
    'Africa/Cairo',
    '2026-04-24T09:00:00.000Z',
    '2026-04-24',
    12,
    5,
    '2026-04-23T22:00:00.000Z',
    '2026-04-24T21:00:00.000Z',
  ],
  [
    'Africa/Cairo',
    '2026-04-23T21:59:59.999Z',
    '2026-04-23',
    23,
    4,
    '2026-04-22T22:00:00.000Z',
    '2026-04-23T22:00:00.000Z',
  ],
  // the last hour before midnight comes twice
  [
    'Africa/Cairo',
    '2026-10-29T20:30:00.000Z',
    '2026-10-29',
    23,
    4,
    '2026-10-28T21:00:00.000Z',
    '2026-10-29T22:00:00.000Z',
  ],
  [
    'Africa/Cairo',
    '2026-10-29T21:30:00.000Z',
    '2026-10-29',
    23,
    4,
    '2026-10-28T21:00:00.000Z',
    '2026-10-29T22:00:00.000Z',
  ],
  // 30 December 2011 never was
  [
    'Pacific/Apia',
    '2011-12-30T09:59:59.999Z',
    '2011-12-29',
    23,
    4,
    '2011-12-29T10:00:00.000Z',
    '2011-12-30T10:00:00.000Z',
  ],
  [
    'Pacific/Apia',
    '2011-12-30T10:00:00.000Z',
    '2011-12-31',
    0,
    6,
    '2011-12-30T10:00:00.000Z',
    '2011-12-31T10:00:00.000Z',
  ],
])('in %s, %s lies on %s at hour %i', (zone, instant, day, hour, weekday, start, next) => {
  expect(localDay(at(instant), zone)).toBe(day)
  expect(localHour(at(instant), zone)).toBe(hour)
  expect(localWeekday(at(instant), zone)).toBe(weekday)
  expect(iso(startOfLocalDay(at(instant), zone))).toBe(start)
  expect(iso(nextLocalDay(at(instant), zone))).toBe(next)
})

test('where clocks went back over midnight, the next day is its first instant after the one asked for', () => {
  const zone = 'America/St_Johns' // at 00:01 on 2010-11-07 clocks showed 23:01 of the day before again
  expect(iso(nextLocalDay(at('2010-11-06T12:00:00Z'), zone))).toBe('2010-11-07T02:30:00.000Z')
  expect(localDay(at('2010-11-07T02:30:30Z'), zone)).toBe('2010-11-07')
  expect(localDay(at('2010-11-07T02:31:00Z'), zone)).toBe('2010-11-06')
  expect(iso(nextLocalDay(at('2010-11-07T02:31:00Z'), zone))).toBe('2010-11-07T03:30:00.000Z')
  expect(iso(startOfLocalDay(at('2010-11-07T12:00:00Z'), zone))).toBe('2010-11-07T02:30:00.000Z')
})

test.each([
  ['Asia/Shanghai', '2026-03-02 10:00:00', '2026-03-02T02:00:00.000Z'],
  ['America/Los_Angeles', '2026-03-08 01:59:59', '2026-03-08T09:59:59.000Z'],
  ['America/Los_Angeles', '2026-03-08 02:30:00', '2026-03-08T10:30:00.000Z'], // skipped: shown as 03:30
  ['America/Los_Angeles', '2026-03-08 03:00:00', '2026-03-08T10:00:00.000Z'],
  ['America/Los_Angeles', '2026-11-01 01:30:00', '2026-11-01T08:30:00.000Z'], // twice: the first
  ['America/Los_Angeles', '2026-11-01 02:00:00', '2026-11-01T10:00:00.000Z'],
  ['Africa/Cairo', '2026-04-24 00:00:00', '2026-04-23T22:00:00.000Z'], // skipped: shown as 01:00
  ['Pacific/Apia', '2011-12-30 12:00:00', '2011-12-30T22:00:00.000Z'], // skipped with its whole day
  ['Asia/Shanghai', '2024-02-29 00:00:00', '2024-02-28T16:00:00.000Z'],
  ['Asia/Shanghai', '2026-02-29 00:00:00', null],
  ['Asia/Shanghai', '2026-13-01 00:00:00', null],
  ['Asia/Shanghai', '2026-01-01 24:00:00', null],
])('in %s, %s names %s', (zone, local, instant) => {
  expect(iso(localInstant(fields(local), zone))).toBe(instant)
})

test.each([
  ['2020/4/3 9:05', 'yyyy/M/d H:mm', '2020-04-03T01:05:00.000Z'],
  ['04/13/2020 02:05:09 PM', 'MM/dd/yyyy hh:mm:ss a', '2020-04-13T06:05:09.000Z'],
  ['04/13/2020 12:00:00 AM', 'MM/dd/yyyy hh:mm:ss a', '2020-04-12T16:00:00.000Z'],
  ['2020-04-13T02:05:09.123', 'yyyy-MM-ddTHH:mm:ss.SSS', '2020-04-12T18:05:09.123Z'],
  ['2020年4月13日 02时', 'yyyy年M月d日 HH时', '2020-04-12T18:00:00.000Z'],
  ['20200413', 'yyyyMMdd', '2020-04-12T16:00:00.000Z'],
  ['2020-04-31', 'yyyy-MM-dd', null],
  ['2020-04-13', 'yyyy/MM/dd', null],
  ['', 'yyyy/MM/dd', null],
])('%j read as %j in Shanghai is %s', (text, format, instant) => {
  expect(iso(parseLocal(text, format, 'Asia/Shanghai'))).toBe(instant)
})

const ZONES = [
  'Asia/Shanghai',
  'America/Los_Angeles',
  'America/St_Johns',
  'Africa/Cairo',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'UTC',
]

test.each(ZONES)('in %s, days follow each other without gap and every instant finds its way back', zone => {
  let seed = 7
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
  for (let i = 0; i < 400; i++) {
    const instant = at('2009-01-01T00:00:00Z') + Math.floor(random() * 20 * 365 * 86_400_000)
    const next = nextLocalDay(instant, zone)
    expect(next).toBeGreaterThan(instant)
    expect(startOfLocalDay(instant, zone)).toBeLessThanOrEqual(instant)
    expect(localDay(next, zone) > localDay(next - 1, zone)).toBe(true)
    expect(localDay(next - 1, zone)).toBe(localDay(instant, zone))
    const back = localInstant(localFields(instant, zone), zone) ?? Number.NaN
    expect(localFields(back, zone)).toEqual(localFields(instant, zone))
    expect(back).toBeLessThanOrEqual(instant)
  }
})

test('a zone is known or it is not', () => {
  expect(isTimeZone('Asia/Shanghai')).toBe(true)
  expect(isTimeZone('Asia/Pudong')).toBe(false)
})
