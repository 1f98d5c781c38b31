import { expect, test } from 'vitest'
import { fact, opening, t, told } from '../incident/testFacts.ts'
import { clockFigures } from './clockFigures.ts'
import { clockFacts, clocks } from './clocks.ts'
import { nearestRank } from './nearestRank.ts'
import { type SummaryRow, summarize } from './summary.ts'

const policy = {
  id: 'p',
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: {
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
} as const
const a = { assignee: 'a' }
const reported = fact('reported', '10:00', opening)
const row = (now: string, ...facts: ReturnType<typeof fact>[]): SummaryRow => {
  const log = told(reported, ...facts)
  const readings = clocks(policy, clockFacts(log), t(now))
  return { key: null, clocks: clockFigures(readings, log) }
}
const breach = fact(
  'clockBreached',
  '10:05',
  { clock: 'respond', deadline: t('10:05'), policyVersion: 1 },
  { recordedAt: '10:05:00.001' },
)
const retraction = (at: string) =>
  fact('clockBreachRetracted', '10:05', { clock: 'respond', deadline: t('10:05'), because: 'e3' }, { recordedAt: at })
const only = (rows: SummaryRow[], clock = 'respond') => summarize(rows, [clock], [null])[0]!

test('the counts add up to the cohort', () => {
  const rows = [
    row('10:30', fact('accepted', '10:02', a)),
    row('10:30', fact('accepted', '10:06', a)),
    row('10:30'),
    row('10:01'),
    row('10:30', fact('voided', '10:01', {})),
    { key: null, clocks: {} },
  ]
  expect(only(rows)).toMatchObject({
    cohort: 6,
    met: 1,
    breached: 2,
    running: 1,
    paused: 0,
    pending: 0,
    notApplicable: 2,
    attainment: 1 / 3,
    coverage: 1 - 2 / 6,
  })
  expect(only([row('10:30', fact('paused', '10:02', {}))], 'resolve')).toMatchObject({
    cohort: 1,
    paused: 1,
    attainment: null,
    coverage: 1,
  })
})

test('an empty cohort is a row of zeros without rates', () => {
  expect(only([])).toEqual({
    key: null,
    clock: 'respond',
    cohort: 0,
    met: 0,
    breached: 0,
    running: 0,
    paused: 0,
    pending: 0,
    notApplicable: 0,
    attainment: null,
    coverage: null,
    p50Ms: null,
    p90Ms: null,
    ended: { n: 0, meanMs: null, p50Ms: null, p90Ms: null },
    late: 0,
    removedAfterBreach: 0,
  })
  expect(summarize([], ['respond'])).toEqual([])
})

test('an open breached clock is longer than any closed one, so a percentile may not be known yet', () => {
  const rows = [row('11:00', fact('accepted', '10:02', a)), row('11:00', fact('accepted', '10:55', a)), row('11:00')]
  expect(only(rows)).toMatchObject({
    p50Ms: 55 * 60_000,
    p90Ms: null,
    ended: { n: 2, meanMs: 28.5 * 60_000, p50Ms: 2 * 60_000, p90Ms: 55 * 60_000 },
  })
})

test('clocks that still run or are paused have no part in the percentiles', () => {
  expect(only([row('10:03'), row('10:03', fact('accepted', '10:01', a))])).toMatchObject({ running: 1, p90Ms: 60_000 })
})

test('each key is summed for itself, in every clock that is asked for', () => {
  const rows = [
    { ...row('10:30'), key: 'east' },
    { ...row('10:30', fact('resolved', '10:01', {})), key: 'west' },
    { ...row('10:30', fact('resolved', '10:02', {})), key: 'east' },
  ]
  const summaries = summarize(rows, ['respond', 'resolve', 'inspect'])
  expect(
    summaries.map(({ key, clock, cohort, met, notApplicable }) => [key, clock, cohort, met, notApplicable]),
  ).toEqual([
    ['east', 'respond', 2, 1, 0],
    ['east', 'resolve', 2, 1, 0],
    ['east', 'inspect', 2, 0, 2],
    ['west', 'respond', 1, 1, 0],
    ['west', 'resolve', 1, 1, 0],
    ['west', 'inspect', 1, 0, 1],
  ])
})

test('late counts the clocks that a late fact ended', () => {
  const late = fact('accepted', '10:03', a, { recordedAt: '10:20' })
  expect(only([row('10:30', late)])).toMatchObject({ met: 1, late: 1 })
  expect(only([row('10:30', late)], 'resolve')).toMatchObject({ breached: 1, late: 0 })
  const over = fact('accepted', '10:07', a, { recordedAt: '10:20' })
  expect(only([row('10:30', over)])).toMatchObject({ breached: 1, late: 1 })
  expect(only([row('10:30', fact('accepted', '10:03', a, { recordedAt: '10:04' }))])).toMatchObject({ late: 0 })
  expect(only([row('10:30', fact('accepted', '09:50', a, { recordedAt: '10:20' }))])).toMatchObject({ met: 1, late: 1 })
  expect(only([row('10:30', fact('accepted', '10:01', a), late)])).toMatchObject({ late: 0 })
})

test('an incident that was removed with a breach on record stays countable', () => {
  const voided = fact('voided', '10:10', {})
  const removed = (...facts: ReturnType<typeof fact>[]) => only([row('10:30', ...facts)]).removedAfterBreach
  expect(removed(breach, voided, retraction('10:10'))).toBe(1)
  expect(removed(breach, fact('merged', '10:10', { into: 'i2' }), retraction('10:10'))).toBe(1)
  expect(removed(voided)).toBe(0)
  expect(removed(breach)).toBe(0)
  expect(removed(breach, voided, retraction('10:10'), fact('restored', '10:12', {}))).toBe(0)
  // The breach was taken back before: the acceptance had come in time.
  expect(removed(breach, fact('accepted', '10:03', a, { recordedAt: '10:08' }), retraction('10:08'), voided)).toBe(0)
  expect(only([row('10:30', breach, voided)], 'resolve').removedAfterBreach).toBe(0)
})

test('nearest rank takes the value at ⌈p · n⌉', () => {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => n - i)
  for (let n = 1; n <= 300; n++) {
    expect(nearestRank(upTo(n), 50)).toBe(Math.floor((n + 1) / 2))
    expect(nearestRank(upTo(n), 90)).toBe(Math.floor((9 * n + 9) / 10))
  }
  expect(nearestRank([], 50)).toBeNull()
})
