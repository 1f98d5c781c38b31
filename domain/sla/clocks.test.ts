import { expect, test } from 'vitest'
import { type ClockFact, clocks } from './clocks.ts'
import type { ClockPolicy, ClockRule } from './policy.ts'

const DAY = '2026-03-02T'
/** `10:05` or `10:05:00.001`, as UTC on one day. */
const t = (clock: string) => Date.parse(`${DAY}${clock.length === 5 ? `${clock}:00` : clock}Z`)
const fact = (type: string, clock: string, more: Partial<ClockFact> = {}): ClockFact => ({
  type,
  at: t(clock),
  ...more,
})
const policyOf = (rules: { [name: string]: ClockRule }, timezone = 'Asia/Shanghai'): ClockPolicy => ({
  id: 'p',
  timezone,
  atRiskFraction: 0.8,
  clocks: rules,
})
const street = policyOf({
  discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
  respond: { from: 'reported', to: 'responded', target: 'PT5M' },
  resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
})
const reported = fact('reported', '10:00')

type Case = {
  name: string
  given: ClockFact[]
  now: string
  clock?: string
  policy?: ClockPolicy
  expected: { [field: string]: unknown }
}

const cases: Case[] = [
  {
    name: 'a fact after now does not count',
    given: [reported, fact('accepted', '10:03')],
    now: '10:02',
    expected: { state: 'running', elapsedMs: 120_000 },
  },
  {
    name: 'facts count in the order of their at, not of their recording',
    given: [reported, fact('withdrawn', '10:02'), fact('accepted', '10:01')],
    now: '10:03',
    expected: { state: 'running' },
  },
  {
    name: 'at the same at, the order of recording decides',
    given: [reported, fact('accepted', '10:01'), fact('withdrawn', '10:01')],
    now: '10:03',
    expected: { state: 'running' },
  },
  {
    name: 'other facts are ignored',
    given: [reported, fact('clockBreached', '10:01'), fact('rated', '10:01'), fact('nonsense', '10:01')],
    now: '10:02',
    expected: { state: 'running' },
  },
  {
    name: 'the first report starts the clock',
    given: [reported, fact('reported', '10:04')],
    now: '10:05',
    expected: { elapsedMs: 300_000 },
  },
  {
    name: 'a signal says when it occurred',
    given: [fact('signalled', '09:59', { occurredAt: t('09:58') }), reported],
    now: '10:05',
    clock: 'discover',
    expected: { state: 'breached', elapsedMs: 120_000 },
  },
  {
    name: 'a signal that says nothing occurred when it was given',
    given: [fact('signalled', '09:59'), reported],
    now: '10:05',
    clock: 'discover',
    expected: { state: 'met', elapsedMs: 60_000 },
  },
  {
    name: 'a signal that speaks of the future occurred when it was given',
    given: [fact('signalled', '09:59', { occurredAt: t('10:30') }), reported],
    now: '10:05',
    clock: 'discover',
    expected: { elapsedMs: 60_000 },
  },
  {
    name: 'with a signal, what the report says of the onset is ignored',
    given: [fact('signalled', '09:59'), fact('reported', '10:00', { occurredAt: t('09:30') })],
    now: '10:05',
    clock: 'discover',
    expected: { elapsedMs: 60_000 },
  },
  {
    name: 'without a signal, the report says it',
    given: [fact('reported', '10:00', { occurredAt: t('09:59') })],
    now: '10:05',
    clock: 'discover',
    expected: { state: 'met' },
  },
  {
    name: 'an onset after the report is unknown',
    given: [fact('reported', '10:00', { occurredAt: t('10:01') })],
    now: '10:05',
    clock: 'discover',
    expected: { state: 'notApplicable', elapsedMs: null },
  },
  {
    name: 'an unconfirmed signal runs the discover clock',
    given: [fact('signalled', '10:00')],
    now: '10:00:59',
    clock: 'discover',
    expected: { state: 'running', atRisk: true },
  },
  {
    name: 'a clock without its start is pending',
    given: [fact('signalled', '10:00')],
    now: '10:05',
    expected: { state: 'pending', elapsedMs: null, deadline: null, breachedAt: null },
  },
  {
    name: 'an acceptance stops the respond clock',
    given: [reported, fact('accepted', '10:05')],
    now: '11:00',
    expected: { state: 'met', elapsedMs: 300_000 },
  },
  {
    name: '1 ms over the limit is a breach at the limit',
    given: [reported, fact('accepted', '10:05:00.001')],
    now: '11:00',
    expected: { state: 'breached', breachedAt: t('10:05') },
  },
  {
    name: 'handing back takes away the acceptances of the same assignee only',
    given: [
      reported,
      fact('accepted', '10:01', { assignee: 'a' }),
      fact('accepted', '10:02', { assignee: 'b' }),
      fact('returned', '10:03', { assignee: 'a' }),
    ],
    now: '10:04',
    expected: { state: 'met', elapsedMs: 120_000 },
  },
  {
    name: 'handing back without a name takes all away',
    given: [
      reported,
      fact('accepted', '10:01', { assignee: 'a' }),
      fact('accepted', '10:02'),
      fact('returned', '10:03'),
    ],
    now: '10:04',
    expected: { state: 'running' },
  },
  {
    name: 'handing back after a resolution changes nothing, also after a reopening',
    given: [
      reported,
      fact('accepted', '10:01'),
      fact('resolved', '10:02'),
      fact('reopened', '10:03'),
      fact('withdrawn', '10:04'),
    ],
    now: '10:05',
    expected: { state: 'met', elapsedMs: 60_000 },
  },
  {
    name: 'a closing counts as a resolution when nothing resolved it',
    given: [reported, fact('closed', '10:04')],
    now: '11:00',
    clock: 'resolve',
    expected: { state: 'met', elapsedMs: 240_000 },
  },
  {
    name: 'a closing after the resolution counts for nothing',
    given: [reported, fact('resolved', '10:04'), fact('closed', '12:00')],
    now: '13:00',
    clock: 'resolve',
    expected: { state: 'met', elapsedMs: 240_000 },
  },
  {
    name: 'a late resolution before the known one moves the end',
    given: [reported, fact('resolved', '10:20'), fact('resolved', '10:14')],
    now: '11:00',
    clock: 'resolve',
    expected: { state: 'met' },
  },
  {
    name: 'a pause while resolved is no pause after the reopening',
    given: [reported, fact('resolved', '10:04'), fact('paused', '10:05'), fact('reopened', '10:06')],
    now: '10:10',
    clock: 'resolve',
    expected: { state: 'running', elapsedMs: 480_000 },
  },
  {
    name: 'a resolution ends an open pause and a reopening does not bring it back',
    given: [reported, fact('paused', '10:02'), fact('resolved', '10:04'), fact('reopened', '10:06')],
    now: '10:10',
    clock: 'resolve',
    expected: { state: 'running', elapsedMs: 360_000 },
  },
  {
    name: 'a second pause is no second pause',
    given: [
      reported,
      fact('paused', '10:02'),
      fact('paused', '10:03'),
      fact('resumed', '10:04'),
      fact('resumed', '10:08'),
    ],
    now: '10:10',
    clock: 'resolve',
    expected: { state: 'running', elapsedMs: 480_000 },
  },
  {
    name: 'an incident cannot be paused out of a breach',
    given: [reported, fact('paused', '10:15:00.001')],
    now: '11:00',
    clock: 'resolve',
    expected: { state: 'breached', elapsedMs: 900_001, deadline: t('10:15') },
  },
  {
    name: 'paused exactly at the limit is paused',
    given: [reported, fact('paused', '10:15')],
    now: '11:00',
    clock: 'resolve',
    expected: { state: 'paused', elapsedMs: 900_000, deadline: null, breachedAt: null },
  },
  {
    name: 'voided: nothing applies',
    given: [reported, fact('voided', '10:01')],
    now: '10:30',
    expected: { state: 'notApplicable', deadline: null },
  },
  {
    name: 'restored: it all applies again',
    given: [reported, fact('merged', '10:01'), fact('restored', '10:20')],
    now: '10:30',
    expected: { state: 'breached', elapsedMs: 1_800_000 },
  },
  {
    name: 'an end before the start counts as at the start',
    given: [fact('accepted', '09:50'), reported],
    now: '10:30',
    expected: { state: 'met', elapsedMs: 0, endedAt: t('10:00') },
  },
  {
    name: 'a limit of nothing is met by doing it at once',
    given: [reported, fact('accepted', '10:00')],
    now: '10:30',
    policy: policyOf({ respond: { from: 'reported', to: 'responded', target: 'PT0S' } }),
    expected: { state: 'met', deadline: t('10:00') },
  },
  {
    name: 'the end of the local day is the policy zone’s',
    given: [reported],
    now: '15:59',
    clock: 'resolve',
    policy: policyOf({ resolve: { from: 'reported', to: 'resolved', target: 'endOfLocalDay', pausable: true } }),
    expected: { state: 'running', deadline: t('16:00'), limitMs: 21_600_000, atRisk: true },
  },
  {
    name: 'the end of the local day is never paused',
    given: [reported, fact('paused', '10:05')],
    now: '16:01',
    clock: 'resolve',
    policy: policyOf({ resolve: { from: 'reported', to: 'resolved', target: 'endOfLocalDay', pausable: true } }),
    expected: { state: 'breached', breachedAt: t('16:00') },
  },
  {
    name: 'the end of the local day excludes no check either',
    given: [reported, fact('resolved', '10:05'), fact('reopened', '12:00')],
    now: '13:00',
    clock: 'resolve',
    policy: policyOf({ resolve: { from: 'reported', to: 'resolved', target: 'endOfLocalDay' } }),
    expected: { elapsedMs: 10_800_000 },
  },
  { name: 'at risk begins exactly at its fraction', given: [reported], now: '10:04', expected: { atRisk: true } },
  {
    name: 'a millisecond before, it is not at risk',
    given: [reported],
    now: '10:03:59.999',
    expected: { atRisk: false },
  },
  {
    name: 'a target that cannot be read applies to nothing and throws nothing',
    given: [reported],
    now: '10:04',
    policy: policyOf({ respond: { from: 'reported', to: 'responded', target: 'soon' } }),
    expected: { state: 'notApplicable' },
  },
  {
    name: 'a zone that is unknown applies to nothing and throws nothing',
    given: [reported],
    now: '10:04',
    policy: policyOf({ respond: { from: 'reported', to: 'responded', target: 'endOfLocalDay' } }, 'Mars/Base'),
    expected: { state: 'notApplicable' },
  },
]

test.each(cases)('$name', ({ given, now, clock = 'respond', policy = street, expected }) => {
  expect(clocks(policy, given, t(now))[clock]).toMatchObject(expected)
})

test('breached exactly when more than the limit has passed, whatever happened', () => {
  for (const { history, now } of histories(3000)) {
    for (const reading of Object.values(clocks(street, history, now))) {
      const { state, elapsedMs, limitMs, deadline, breachedAt, startedAt, endedAt } = reading
      if (elapsedMs === null || limitMs === null) {
        expect(['notApplicable', 'pending']).toContain(state)
        continue
      }
      expect(elapsedMs).toBeGreaterThanOrEqual(0)
      expect(state === 'breached').toBe(elapsedMs > limitMs)
      expect(breachedAt).toBe(state === 'breached' ? deadline : null)
      expect(deadline === null).toBe(state === 'paused')
      if (deadline !== null) {
        expect(deadline - (startedAt ?? 0)).toBeGreaterThanOrEqual(limitMs)
        if (elapsedMs < limitMs) expect(deadline).toBeGreaterThan(endedAt ?? now)
        if (elapsedMs > limitMs) expect(deadline).toBeLessThan(endedAt ?? now)
      }
    }
  }
})

test('with nothing new happening, a running clock breaches one millisecond after its deadline and not before', () => {
  for (const { history, now } of histories(1000)) {
    const known = history.filter(fact => fact.at <= now)
    for (const [name, { state, deadline }] of Object.entries(clocks(street, known, now))) {
      if (state !== 'running' || deadline === null) continue
      expect(clocks(street, known, deadline)[name]?.state).toBe('running')
      expect(clocks(street, known, deadline + 1)[name]).toMatchObject({ state: 'breached', breachedAt: deadline })
    }
  }
})

test('facts that the clocks ignore change nothing', () => {
  for (const { history, now } of histories(500)) {
    const noise = history.flatMap(fact => [
      fact,
      { type: 'clockBreached', at: fact.at },
      { type: 'rated', at: fact.at - 1 },
    ])
    expect(clocks(street, noise, now)).toEqual(clocks(street, history, now))
  }
})

const TYPES = [
  'signalled',
  'reported',
  'reported',
  'dispatched',
  'accepted',
  'accepted',
  'withdrawn',
  'returned',
  'arrived',
  'paused',
  'paused',
  'resumed',
  'resumed',
  'resolved',
  'reopened',
  'closed',
  'voided',
  'restored',
]

function* histories(count: number): Generator<{ history: ClockFact[]; now: number }> {
  let seed = 20_260_302
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (let i = 0; i < count; i++) {
    const history = Array.from({ length: random(10) }, () => {
      const at = t('10:00') + random(40) * 60_000 + random(3) - 1
      const occurredAt = random(3) === 0 ? at - random(120_000) : null
      return { type: TYPES[random(TYPES.length)] ?? '', at, assignee: random(2) === 0 ? 'a' : null, occurredAt }
    })
    yield { history: [reported, ...history], now: t('10:00') + random(60) * 60_000 + random(3) }
  }
}
