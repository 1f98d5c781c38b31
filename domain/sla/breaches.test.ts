import { expect, test } from 'vitest'
import { fold } from '../incident/fold.ts'
import { fact, opening, t, told } from '../incident/testFacts.ts'
import { breachFacts } from './breaches.ts'
import { clockFacts, clocks } from './clocks.ts'
import { leadingClock } from './leadingClock.ts'
import type { Policy } from './policy.ts'

const policy: Policy = {
  id: '1-5-15',
  version: 3,
  validFrom: 0,
  choice: {},
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: {
    discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
}
const reported = fact('reported', '10:00', opening)
const breached = (clock: string, deadline: string) =>
  fact('clockBreached', deadline, { clock, deadline: t(deadline), policyVersion: 3 })
const retracted = (clock: string, deadline: string) =>
  fact('clockBreachRetracted', deadline, { clock, deadline: t(deadline), because: 'x' })
const raise = (clock: string, deadline: string) => ({
  type: 'clockBreached',
  at: t(deadline),
  data: { clock, deadline: t(deadline), policyVersion: 3 },
})
const retract = (clock: string, deadline: string, because: string) => ({
  type: 'clockBreachRetracted',
  at: t(deadline),
  data: { clock, deadline: t(deadline), because },
})

test.each<{ name: string; given: ReturnType<typeof fact>[]; now: string; expected: unknown[]; policy?: Policy | null }>(
  [
    { name: 'at the limit there is nothing to record', given: [reported], now: '10:05', expected: [] },
    {
      name: 'past the limit the breach is recorded with its deadline',
      given: [reported],
      now: '10:05:00.001',
      expected: [raise('respond', '10:05')],
    },
    {
      name: 'overdue breaches are recorded at once',
      given: [reported],
      now: '11:00',
      expected: [raise('respond', '10:05'), raise('resolve', '10:15')],
    },
    {
      name: 'none twice',
      given: [reported, breached('respond', '10:05'), breached('resolve', '10:15')],
      now: '11:00',
      expected: [],
    },
    {
      name: 'a late acceptance retracts',
      given: [
        reported,
        breached('respond', '10:05'),
        fact('accepted', '10:03', { assignee: 'a' }, { recordedAt: '10:14' }),
      ],
      now: '10:14',
      expected: [retract('respond', '10:05', 'e3')],
    },
    {
      name: 'what was retracted is not retracted twice',
      given: [
        reported,
        breached('respond', '10:05'),
        fact('accepted', '10:03', { assignee: 'a' }),
        retracted('respond', '10:05'),
      ],
      now: '10:14',
      expected: [],
    },
    {
      name: 'and it can be raised again',
      given: [
        reported,
        breached('respond', '10:05'),
        fact('accepted', '10:03', { assignee: 'a' }),
        retracted('respond', '10:05'),
        fact('withdrawn', '10:04', { assignee: 'a' }),
      ],
      now: '10:14',
      expected: [raise('respond', '10:05')],
    },
    {
      name: 'a deadline that moves under a breach: retraction and new breach together',
      given: [
        fact('accepted', '10:01', { assignee: 'a' }),
        reported,
        breached('resolve', '10:15'),
        fact('paused', '10:10', {}),
        fact('resumed', '10:14', {}),
      ],
      now: '10:30',
      expected: [retract('resolve', '10:15', 'e5'), raise('resolve', '10:19')],
    },
    {
      name: 'a void retracts',
      given: [reported, breached('respond', '10:05'), fact('voided', '10:06', {})],
      now: '10:30',
      expected: [retract('respond', '10:05', 'e3')],
    },
    {
      name: 'a merge retracts',
      given: [reported, breached('respond', '10:05'), fact('merged', '10:06', { into: 'i2' })],
      now: '10:30',
      expected: [retract('respond', '10:05', 'e3')],
    },
    {
      name: 'a restoring raises again',
      given: [
        reported,
        breached('respond', '10:05'),
        fact('voided', '10:06', {}),
        retracted('respond', '10:05'),
        fact('restored', '10:07', {}),
      ],
      now: '10:08',
      expected: [raise('respond', '10:05')],
    },
    {
      name: 'a clock that ended too late is breached',
      given: [reported, fact('accepted', '10:06', { assignee: 'a' })],
      now: '10:07',
      expected: [raise('respond', '10:05')],
    },
    {
      name: 'a clock that the policy no longer has is retracted',
      given: [reported, breached('inspect', '10:02')],
      now: '10:03',
      expected: [retract('inspect', '10:02', 'e1')],
    },
    {
      name: 'without a policy nothing is breached',
      given: [reported, breached('respond', '10:05')],
      now: '10:30',
      policy: null,
      expected: [retract('respond', '10:05', 'e1')],
    },
  ],
)('$name', ({ given, now, expected, policy: chosen = policy }) => {
  expect(breachFacts(fold('i1', told(...given))!, chosen, t(now))).toEqual(expected)
})

test('after appending them there is nothing left to append', () => {
  const given = [
    reported,
    fact('paused', '10:01', {}),
    fact('resumed', '10:09', {}),
    fact('dispatched', '10:10', { assignee: 'a' }),
  ]
  const first = breachFacts(fold('i1', told(...given))!, policy, t('12:00'))
  expect(first).toHaveLength(2)
  expect(breachFacts(fold('i1', told(...given, ...first))!, policy, t('12:00'))).toEqual([])
})

test('the leading clock is the first in the policy’s order that has started and not ended', () => {
  const lead = (now: string, ...facts: ReturnType<typeof fact>[]) =>
    leadingClock(policy, clocks(policy, clockFacts(told(...facts)), t(now)))
  expect(lead('10:01', fact('signalled', '10:00', opening))).toBe('discover')
  expect(lead('10:01', reported)).toBe('respond')
  expect(lead('10:30', reported)).toBe('respond')
  expect(lead('10:03', reported, fact('accepted', '10:02', { assignee: 'a' }))).toBe('resolve')
  expect(lead('10:30', reported, fact('resolved', '10:02', {}))).toBeNull()
  expect(lead('10:30', reported, fact('voided', '10:02', {}))).toBeNull()
})
