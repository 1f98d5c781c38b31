import { expect, test } from 'vitest'
import { bins, MOST_BINS } from './bins.ts'

const edges = (from: string, to: string, step: string, zone = 'Asia/Shanghai') =>
  bins(Date.parse(from), Date.parse(to), step, zone)?.map(bin => new Date(bin.from).toISOString()) ?? null

test('steps below a day lie at local edges, and the first and last are cut to what was asked for', () => {
  const made = bins(
    Date.parse('2026-03-02T10:07:00+08:00'),
    Date.parse('2026-03-02T10:12:00+08:00'),
    'PT5M',
    'Asia/Shanghai',
  )
  expect(made?.map(({ from, to }) => (to - from) / 60_000)).toEqual([3, 2])
  expect(edges('2026-03-02T10:00:00+05:30', '2026-03-02T12:00:00+05:30', 'PT1H', 'Asia/Kolkata')).toEqual([
    '2026-03-02T04:30:00.000Z',
    '2026-03-02T05:30:00.000Z',
  ])
})

test('a day is a local day, also the ones of 23 and 25 hours', () => {
  const made = bins(Date.parse('2026-03-08T05:00:00Z'), Date.parse('2026-03-10T04:00:00Z'), 'P1D', 'America/New_York')
  expect(made?.map(({ from, to }) => (to - from) / 3_600_000)).toEqual([23, 24])
})

test('a week begins on Monday', () => {
  expect(edges('2026-03-04T00:00:00+08:00', '2026-03-20T00:00:00+08:00', 'P1W')).toEqual([
    '2026-03-03T16:00:00.000Z',
    '2026-03-08T16:00:00.000Z',
    '2026-03-15T16:00:00.000Z',
  ])
})

test('the bins join and cover exactly what was asked for', () => {
  for (const zone of ['Asia/Shanghai', 'America/St_Johns', 'Australia/Lord_Howe', 'Europe/London']) {
    for (const step of ['PT5M', 'PT7M', 'PT1H', 'PT5H', 'P1D', 'P3D', 'P1W']) {
      const from = Date.parse('2026-03-28T11:03:00Z')
      const to = from + 5 * 86_400_000
      const made = bins(from, to, step, zone) ?? []
      expect(made[0]?.from).toBe(from)
      expect(made.at(-1)?.to).toBe(to)
      for (const [i, bin] of made.entries()) {
        expect(bin.to).toBeGreaterThan(bin.from)
        if (i > 0) expect(bin.from).toBe(made[i - 1]?.to)
      }
    }
  }
})

test('nonsense and too many bins are nothing', () => {
  for (const step of ['', 'PT0M', '5M', 'P1M', 'P1DT1H'])
    expect(edges('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', step)).toBeNull()
  expect(bins(0, MOST_BINS * 60_000, 'PT1M', 'UTC')).toHaveLength(MOST_BINS)
  expect(bins(0, MOST_BINS * 60_000 + 1, 'PT1M', 'UTC')).toBeNull()
})

test.each([
  ['0000-01-01T00:00:00Z', '9999-12-31T00:00:00Z', 'P3650D'],
  ['0000-01-01T00:00:00Z', '9999-12-31T00:00:00Z', 'P1D'],
  ['2020-01-01T00:00:00Z', '2031-01-01T00:00:00Z', 'P30D'],
  ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'P367D'],
  ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 'P99999999D'],
])('from %s to %s by %s is refused without counting it out', (from, to, step) => {
  expect(edges(from, to, step)).toBeNull()
})

test('ten years by a year are answered', () => {
  expect(edges('2016-01-01T00:00:00+08:00', '2026-01-01T00:00:00+08:00', 'P365D')?.length).toBe(11)
})
