import { expect, test } from 'vitest'
import type { Fact } from '../incident/facts.ts'
import type { Status } from '../incident/incident.ts'
import type { ClockState } from '../sla/clocks.ts'
import { hasMeasure, MEASURES } from './measures.ts'

const fact = (type: string, data: object = {}, delayMs = 0) =>
  ({ type, data, at: 1000, recordedAt: 1000 + delayMs, position: 1, actor: null }) as unknown as Fact
const measuresOf = (status: Status, facts: readonly Fact[] = [], clock: ClockState = 'met') =>
  MEASURES.filter(measure =>
    hasMeasure(measure, {
      incident: { status, facts, place: { lng: 121, lat: 31 } },
      clocks: () => ({ respond: { state: clock }, discover: { state: 'notApplicable' } }),
    }),
  )

test.each<[Status, string[]]>([
  ['signalled', ['cohort', 'signalled', 'open']],
  ['reported', ['cohort', 'reported', 'open']],
  ['paused', ['cohort', 'reported', 'open']],
  ['resolved', ['cohort', 'reported', 'resolved', 'awaiting']],
  ['closed', ['cohort', 'reported', 'resolved', 'closed', 'closedOnTime']],
  ['voided', ['cohort', 'voided']],
  ['merged', ['cohort', 'merged']],
])('what is %s counts under %j', (status, measures) => {
  expect(measuresOf(status)).toEqual(measures)
})

test('one clock over its limit, and a closure is not on time', () => {
  expect(measuresOf('closed', [], 'breached')).not.toContain('closedOnTime')
})

test('the last rating counts, and none of what was voided', () => {
  const facts = [fact('rated', { score: 5 }), fact('rated', { score: 3 })]
  expect(measuresOf('closed', facts)).toContain('rated')
  expect(measuresOf('closed', facts)).not.toContain('satisfied')
  expect(measuresOf('closed', [fact('rated', { score: 4 })])).toContain('satisfied')
  expect(measuresOf('voided', facts)).not.toContain('rated')
})

test('told late is later than a minute, not a minute', () => {
  expect(measuresOf('reported', [fact('reported', {}, 60_000)])).not.toContain('toldLate')
  expect(measuresOf('reported', [fact('reported', {}, 60_001)])).toContain('toldLate')
})

test('a breach taken back long after its deadline was told late by nobody', () => {
  const breach = fact('clockBreached', { clock: 'respond' })
  const takenBack = fact('clockBreachRetracted', { clock: 'respond' }, 600_000)
  expect(measuresOf('reported', [fact('reported'), breach, takenBack])).not.toContain('toldLate')
})
