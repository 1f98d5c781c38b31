import { expect, test } from 'vitest'
import { type FigureRow, figureIdOf, figureOf } from './figures.ts'
import { ranked } from './ranked.ts'

const row = (over: Partial<FigureRow> = {}): FigureRow => ({
  key: 'a',
  area: null,
  cohort: 12,
  signalled: 1,
  reported: 10,
  resolved: 6,
  closed: 4,
  closedOnTime: 3,
  rated: 2,
  satisfied: 1,
  open: 4,
  awaiting: 2,
  voided: 1,
  merged: 0,
  unlocated: 0,
  toldLate: 0,
  completion: 0.6,
  onTimeClosure: 0.75,
  satisfaction: 0.5,
  trend: [4, 6],
  dutyMs: 8 * 3_600_000,
  clocks: [
    {
      clock: 'respond',
      met: 7,
      breached: 2,
      running: 1,
      paused: 0,
      pending: 0,
      notApplicable: 2,
      attainment: 7 / 9,
      p50Ms: 120_000,
      p90Ms: null,
      late: 3,
      removedAfterBreach: 1,
    },
  ],
  ...over,
})
const EXTENT = { days: 2, households: 500 }

test('a rate is what the API says, with what stands above and below the line', () => {
  expect(figureOf('onTimeClosure', row(), EXTENT)).toMatchObject({ kind: 'share', value: 0.75, part: 3, of: 4 })
  expect(figureOf('attainment.respond', row(), EXTENT)).toMatchObject({
    value: 7 / 9,
    part: 7,
    of: 9,
    whole: { clock: 'respond', clockState: ['MET', 'BREACHED'] },
    counted: { clock: 'respond', clockState: ['MET'] },
  })
})

test('density is for each thousand households and day, load for each hundred hours on duty', () => {
  expect(figureOf('density', row(), EXTENT).value).toBeCloseTo(10)
  expect(figureOf('load', row(), EXTENT).value).toBeCloseTo(125)
  expect(figureOf('density', row(), { days: 2, households: null }).value).toBeNull()
  expect(figureOf('load', row({ dutyMs: 0 }), EXTENT).value).toBeNull()
})

test('a percentile that is not yet known, and a clock that nobody has, are no figures', () => {
  expect(figureOf('p90.respond', row(), EXTENT)).toMatchObject({ kind: 'duration', value: null, of: 9 })
  expect(figureOf('attainment.arrive', row(), EXTENT)).toMatchObject({ value: null, part: 0, of: 0 })
})

test('every count of a clock opens to the incidents in its states', () => {
  expect(figureOf('running.respond', row(), EXTENT)).toMatchObject({
    kind: 'count',
    value: 1,
    of: 1,
    whole: { clock: 'respond', clockState: ['RUNNING', 'PENDING'] },
  })
  expect(figureOf('notApplicable.respond', row(), EXTENT)).toMatchObject({
    value: 2,
    whole: { clock: 'respond', clockState: ['NOT_APPLICABLE'] },
  })
})

test('what was decided late and what was removed after a breach open by their measure and their clock', () => {
  expect(figureOf('late.respond', row(), EXTENT)).toMatchObject({
    kind: 'count',
    value: 3,
    of: 3,
    whole: { clock: 'respond', measure: 'DECIDED_LATE' },
    counted: null,
  })
  expect(figureOf('removedAfterBreach.respond', row(), EXTENT)).toMatchObject({
    value: 1,
    of: 1,
    whole: { clock: 'respond', measure: 'REMOVED_AFTER_BREACH' },
  })
  expect(figureOf('late.arrive', row(), EXTENT)).toMatchObject({ value: 0, of: 0 })
})

test('rows without the figure come last, whichever way the others stand', () => {
  const rows = [row({ key: 'none', completion: null }), row({ key: 'low', completion: 0.1 }), row({ key: 'high' })]
  const keys = (isDescending: boolean) => ranked(rows, each => each.completion, isDescending).map(each => each.key)
  expect(keys(true)).toEqual(['high', 'low', 'none'])
  expect(keys(false)).toEqual(['low', 'high', 'none'])
})

test('only figures that exist are read from an address', () => {
  expect(figureIdOf('p90.resolve')).toBe('p90.resolve')
  expect(figureIdOf('removedAfterBreach.resolve')).toBe('removedAfterBreach.resolve')
  expect(figureIdOf('late')).toBeNull()
  expect(figureIdOf('median')).toBeNull()
})
