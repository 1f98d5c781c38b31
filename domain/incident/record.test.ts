import { expect, test } from 'vitest'
import type { Policy } from '../sla/policy.ts'
import { withBreaches } from './record.ts'
import { fact, opening, t, told } from './testFacts.ts'

const policy: Policy = {
  id: '1-5-15',
  version: 1,
  validFrom: 0,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  choice: {},
  clocks: { respond: { from: 'reported', to: 'responded', target: 'PT5M' } },
}
const reported = fact('reported', '10:00', opening)
const breached = fact(
  'clockBreached',
  '10:05',
  { clock: 'respond', deadline: t('10:05'), policyVersion: 1 },
  { recordedAt: '10:06' },
)
const accepted = { type: 'accepted', at: t('10:03'), data: { assignee: 'a' } } as const
const base = { id: 'i1', told: [], eventIds: [] }

test('what is told comes first, then what the clocks make of it', () => {
  const recording = { ...base, before: told(reported, breached), told: [accepted], eventIds: ['late'], now: t('10:20') }
  expect(withBreaches(recording, [policy])).toEqual([
    accepted,
    { type: 'clockBreachRetracted', at: t('10:05'), data: { clock: 'respond', deadline: t('10:05'), because: 'late' } },
  ])
})

test('nothing told is what a timer asks', () => {
  expect(withBreaches({ ...base, before: told(reported), now: t('10:05') }, [policy])).toEqual([])
  expect(withBreaches({ ...base, before: told(reported), now: t('10:06') }, [policy])).toMatchObject([
    { type: 'clockBreached', at: t('10:05') },
  ])
})

test('a clock that is behind what is recorded takes nothing back', () => {
  expect(withBreaches({ ...base, before: told(reported, breached), now: t('10:04') }, [policy])).toEqual([])
})

test('a policy that is not known here is not taken for no policy', () => {
  const before = told(reported, breached)
  expect(withBreaches({ ...base, before, now: t('10:20') }, [])).toBeNull()
  const withdrawn = fact('classified', '10:10', { tier: 'minor', policy: null })
  expect(withBreaches({ ...base, before: told(reported, breached, withdrawn), now: t('10:20') }, [])).toMatchObject([
    { type: 'clockBreachRetracted' },
  ])
})
