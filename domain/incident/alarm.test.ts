import { expect, test } from 'vitest'
import { clockFacts, clocks } from '../sla/clocks.ts'
import { type Alarm, alarmOf } from './alarm.ts'
import { fold } from './fold.ts'
import { fact, opening, t, told } from './testFacts.ts'

const policy = {
  id: 'p',
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: {
    discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
} as const
const a = { assignee: 'a' }
const signalled = fact('signalled', '10:00', opening)
const reported = fact('reported', '10:00', opening)

test.each<{ name: string; given: ReturnType<typeof fact>[]; now: string; expected: Alarm | null }>([
  {
    name: 'a signal',
    given: [signalled],
    now: '10:00:10',
    expected: { kind: 'signal', since: t('10:00'), acknowledged: false },
  },
  {
    name: 'a signal whose clock is at risk',
    given: [signalled],
    now: '10:00:50',
    expected: { kind: 'atRisk', since: t('10:00:48'), acknowledged: false },
  },
  {
    name: 'a signal that waited too long',
    given: [signalled],
    now: '10:02',
    expected: { kind: 'breach', since: t('10:01'), acknowledged: false },
  },
  {
    name: 'a confirmed signal gives none',
    given: [signalled, fact('reported', '10:00:30', {})],
    now: '10:02',
    expected: null,
  },
  { name: 'a report in time gives none', given: [reported], now: '10:02', expected: null },
  {
    name: 'at risk',
    given: [reported],
    now: '10:04:30',
    expected: { kind: 'atRisk', since: t('10:04'), acknowledged: false },
  },
  {
    name: 'a breach',
    given: [reported],
    now: '10:06',
    expected: { kind: 'breach', since: t('10:05'), acknowledged: false },
  },
  {
    name: 'the next milestone acknowledges it',
    given: [reported, fact('dispatched', '10:05:30', a)],
    now: '10:06',
    expected: { kind: 'breach', since: t('10:05'), acknowledged: true },
  },
  {
    name: 'one from before it does not',
    given: [reported, fact('dispatched', '10:03', a)],
    now: '10:06',
    expected: { kind: 'breach', since: t('10:05'), acknowledged: false },
  },
  {
    name: 'a clock that ended calls nobody any more',
    given: [reported, fact('accepted', '10:05:30', a)],
    now: '10:06',
    expected: null,
  },
  {
    name: 'paused gives none',
    given: [reported, fact('accepted', '10:02', a), fact('paused', '10:14', {})],
    now: '11:00',
    expected: null,
  },
  { name: 'resolved gives none', given: [reported, fact('resolved', '11:00', {})], now: '11:01', expected: null },
])('$name', ({ given, now, expected }) => {
  const incident = fold('i1', told(...given))!
  expect(alarmOf(incident, policy, clocks(policy, clockFacts(incident.facts), t(now)))).toEqual(expected)
})

test('without a policy a signal still calls', () => {
  expect(alarmOf(fold('i1', told(signalled))!, null, {})).toMatchObject({ kind: 'signal' })
})
