import { expect, test } from 'vitest'
import type { IncidentCommand, IncidentCommandVerb } from './command.ts'
import { decide } from './decide.ts'
import { fold } from './fold.ts'
import type { REFUSALS } from './refusals.ts'
import { fact, opening, t, told } from './testFacts.ts'

type Given = ReturnType<typeof fact>[]
const a = { assignee: 'a' }
const b = { assignee: 'b' }
const signalled = fact('signalled', '09:59', opening)
const reported = fact('reported', '10:00', opening)
const dispatched = fact('dispatched', '10:01', a)
const accepted = fact('accepted', '10:02', a)
const arrived = fact('arrived', '10:06', a)
const paused = fact('paused', '10:07', {})
const resolved = fact('resolved', '10:10', a)
const closed = fact('closed', '10:20', {})
const voided = fact('voided', '10:20', {})
const reason = { texts: { reason: 'digest' } }
const calm = { hasBreach: false, byLeader: false }
const other = { id: 'i2', firstAt: t('09:00'), status: 'reported' } as const

const command = (verb: IncidentCommandVerb, at: string, more: object = {}) =>
  ({ verb, at: t(at), ...more }) as IncidentCommand
const decided = (given: Given, when: IncidentCommand) => {
  const decision = decide(fold('i1', told(...given)), when)
  return decision.ok ? decision.facts : decision.rule
}

test.each<{ name: string; given: Given; when: IncidentCommand; expected: object[] }>([
  {
    name: 'a signal opens an incident',
    given: [],
    when: command('signal', '10:00', { opening, autoConfirm: false }),
    expected: [{ type: 'signalled', at: t('10:00'), data: opening }],
  },
  {
    name: 'a signal that its category confirms is reported at once',
    given: [],
    when: command('signal', '10:00', { opening, autoConfirm: true }),
    expected: [
      { type: 'signalled', at: t('10:00'), data: opening },
      { type: 'reported', at: t('10:00'), data: {} },
    ],
  },
  {
    name: 'a report opens an incident',
    given: [],
    when: command('report', '10:00', { opening }),
    expected: [{ type: 'reported', at: t('10:00'), data: opening }],
  },
  {
    name: 'a report confirms a signal',
    given: [signalled],
    when: command('report', '10:00', { opening: { tier: 'major' } }),
    expected: [{ type: 'reported', at: t('10:00'), data: { tier: 'major' } }],
  },
  {
    name: 'register',
    given: [reported],
    when: command('register', '10:01'),
    expected: [{ type: 'registered', at: t('10:01'), data: {} }],
  },
  {
    name: 'classify',
    given: [reported],
    when: command('classify', '10:01', { correction: { category: 'fire' } }),
    expected: [{ type: 'classified', at: t('10:01'), data: { category: 'fire' } }],
  },
  {
    name: 'a signal can be classified',
    given: [signalled],
    when: command('classify', '10:01', { correction: { tier: null } }),
    expected: [{ type: 'classified', at: t('10:01'), data: { tier: null } }],
  },
  {
    name: 'dispatch keeps the digest of what was written',
    given: [reported],
    when: command('dispatch', '10:01', { ...a, ...reason }),
    expected: [{ type: 'dispatched', at: t('10:01'), data: { assignee: 'a', texts: { reason: 'digest' } } }],
  },
  {
    name: 'a second is dispatched beside the first',
    given: [reported, dispatched],
    when: command('dispatch', '10:03', b),
    expected: [{ type: 'dispatched', at: t('10:03'), data: b }],
  },
  {
    name: 'redispatch',
    given: [reported, dispatched],
    when: command('redispatch', '10:03', b),
    expected: [{ type: 'redispatched', at: t('10:03'), data: b }],
  },
  {
    name: 'accept what was dispatched',
    given: [reported, dispatched],
    when: command('accept', '10:02', a),
    expected: [{ type: 'accepted', at: t('10:02'), data: a }],
  },
  {
    name: 'claim what was not',
    given: [reported],
    when: command('accept', '10:02', a),
    expected: [{ type: 'accepted', at: t('10:02'), data: a }],
  },
  {
    name: 'accept again after handing back',
    given: [reported, accepted, fact('withdrawn', '10:03', a)],
    when: command('accept', '10:04', a),
    expected: [{ type: 'accepted', at: t('10:04'), data: a }],
  },
  {
    name: 'the time as the client told it is kept',
    given: [reported],
    when: command('accept', '10:02', { ...a, originalAt: t('09:02') }),
    expected: [{ type: 'accepted', at: t('10:02'), originalAt: t('09:02'), data: a }],
  },
  {
    name: 'withdraw',
    given: [reported, accepted],
    when: command('withdraw', '10:03', a),
    expected: [{ type: 'withdrawn', at: t('10:03'), data: a }],
  },
  {
    name: 'return for all',
    given: [reported, accepted],
    when: command('return', '10:03'),
    expected: [{ type: 'returned', at: t('10:03'), data: {} }],
  },
  {
    name: 'arrive without accepting',
    given: [reported, dispatched],
    when: command('arrive', '10:03', a),
    expected: [{ type: 'arrived', at: t('10:03'), data: a }],
  },
  {
    name: 'pause',
    given: [reported, accepted],
    when: command('pause', '10:03', reason),
    expected: [{ type: 'paused', at: t('10:03'), data: reason }],
  },
  {
    name: 'resume',
    given: [reported, paused],
    when: command('resume', '10:08'),
    expected: [{ type: 'resumed', at: t('10:08'), data: {} }],
  },
  {
    name: 'resolve on the spot, by nobody in particular',
    given: [reported],
    when: command('resolve', '10:03'),
    expected: [{ type: 'resolved', at: t('10:03'), data: {} }],
  },
  {
    name: 'resolve while paused',
    given: [reported, paused],
    when: command('resolve', '10:10', { ...a, texts: { result: 'digest' } }),
    expected: [{ type: 'resolved', at: t('10:10'), data: { assignee: 'a', texts: { result: 'digest' } } }],
  },
  {
    name: 'verify',
    given: [reported, resolved],
    when: command('verify', '10:11'),
    expected: [{ type: 'verified', at: t('10:11'), data: {} }],
  },
  {
    name: 'verify again after a reopening',
    given: [
      reported,
      resolved,
      fact('verified', '10:11', {}),
      fact('reopened', '10:12', {}),
      fact('resolved', '10:13', {}),
    ],
    when: command('verify', '10:14'),
    expected: [{ type: 'verified', at: t('10:14'), data: {} }],
  },
  {
    name: 'rate what is closed',
    given: [reported, resolved, closed],
    when: command('rate', '10:30', { score: 5 }),
    expected: [{ type: 'rated', at: t('10:30'), data: { score: 5 } }],
  },
  {
    name: 'reopen what is closed',
    given: [reported, resolved, closed],
    when: command('reopen', '10:30', reason),
    expected: [{ type: 'reopened', at: t('10:30'), data: reason }],
  },
  {
    name: 'close what is resolved',
    given: [reported, resolved],
    when: command('close', '10:30'),
    expected: [{ type: 'closed', at: t('10:30'), data: {} }],
  },
  {
    name: 'close what nobody resolved: it counts as resolved then',
    given: [reported],
    when: command('close', '10:30'),
    expected: [{ type: 'closed', at: t('10:30'), data: {} }],
  },
  {
    name: 'merge into an earlier one',
    given: [reported],
    when: command('merge', '10:03', { into: other, ...calm, ...reason }),
    expected: [{ type: 'merged', at: t('10:03'), data: { into: 'i2', ...reason } }],
  },
  {
    name: 'merge into one of the same instant',
    given: [reported],
    when: command('merge', '10:03', { into: { ...other, firstAt: t('10:00') }, ...calm, ...reason }),
    expected: [{ type: 'merged', at: t('10:03'), data: { into: 'i2', ...reason } }],
  },
  {
    name: 'void a signal',
    given: [signalled],
    when: command('void', '10:03', { ...calm, ...reason }),
    expected: [{ type: 'voided', at: t('10:03'), data: reason }],
  },
  {
    name: 'a leader voids after a breach',
    given: [reported],
    when: command('void', '10:30', { hasBreach: true, byLeader: true, ...reason }),
    expected: [{ type: 'voided', at: t('10:30'), data: reason }],
  },
  {
    name: 'restore what was merged',
    given: [reported, fact('merged', '10:03', { into: 'i2' })],
    when: command('restore', '10:30', reason),
    expected: [{ type: 'restored', at: t('10:30'), data: reason }],
  },
  {
    name: 'remind about a signal that nobody confirms',
    given: [signalled],
    when: command('remind', '10:30'),
    expected: [{ type: 'reminded', at: t('10:30'), data: {} }],
  },
  {
    name: 'supervise',
    given: [reported],
    when: command('supervise', '10:30'),
    expected: [{ type: 'supervised', at: t('10:30'), data: {} }],
  },
  {
    name: 'escalate',
    given: [reported],
    when: command('escalate', '10:30'),
    expected: [{ type: 'escalated', at: t('10:30'), data: {} }],
  },
  // Late truths: judged by how it stood when they happened.
  {
    name: 'a late acceptance from before the arrival',
    given: [reported, dispatched, arrived],
    when: command('accept', '10:03', a),
    expected: [{ type: 'accepted', at: t('10:03'), data: a }],
  },
  {
    name: 'a late acceptance from before the resolution',
    given: [reported, dispatched, resolved, closed],
    when: command('accept', '10:03', a),
    expected: [{ type: 'accepted', at: t('10:03'), data: a }],
  },
  {
    name: 'a late acceptance from before the void',
    given: [reported, dispatched, voided],
    when: command('accept', '10:03', a),
    expected: [{ type: 'accepted', at: t('10:03'), data: a }],
  },
  {
    name: 'a late arrival from before the handing back',
    given: [reported, accepted, fact('withdrawn', '10:08', a)],
    when: command('arrive', '10:05', a),
    expected: [{ type: 'arrived', at: t('10:05'), data: a }],
  },
  {
    name: 'a late resolution from before the one that was told',
    given: [reported, resolved],
    when: command('resolve', '10:09', b),
    expected: [{ type: 'resolved', at: t('10:09'), data: b }],
  },
  {
    name: 'a late pause from before the resolution',
    given: [reported, resolved],
    when: command('pause', '10:05', reason),
    expected: [{ type: 'paused', at: t('10:05'), data: reason }],
  },
  {
    name: 'an acceptance by a clock slightly behind',
    given: [reported],
    when: command('accept', '09:59:59', a),
    expected: [{ type: 'accepted', at: t('09:59:59'), data: a }],
  },
  {
    name: 'a dispatch from before the confirmation',
    given: [signalled, reported],
    when: command('dispatch', '09:59:30', a),
    expected: [{ type: 'dispatched', at: t('09:59:30'), data: a }],
  },
])('$name', ({ given, when, expected }) => {
  expect(decided(given, when)).toEqual(expected)
})

test.each<[given: string, facts: Given, when: IncidentCommand, rule: keyof typeof REFUSALS]>([
  ['one that exists', [reported], command('signal', '10:01', { opening, autoConfirm: false }), 'alreadyExists'],
  ['none', [], command('accept', '10:01', a), 'unknownIncident'],
  ['none, and no opening', [], command('report', '10:01', { opening: {} }), 'unknownIncident'],
  ['reported', [signalled, reported], command('report', '10:01', { opening: {} }), 'alreadyReported'],
  ['voided signal', [signalled, voided], command('report', '10:21', { opening: {} }), 'alreadyVoided'],
  ['registered', [reported, fact('registered', '10:01', {})], command('register', '10:02'), 'alreadyRegistered'],
  ['reported', [reported], command('classify', '10:01', { correction: {} }), 'nothingToClassify'],
  ['closed', [reported, closed], command('classify', '10:21', { correction: { tier: 'minor' } }), 'alreadyClosed'],
  ['signal', [signalled], command('dispatch', '10:01', a), 'notReported'],
  ['signal', [signalled], command('accept', '10:01', a), 'notReported'],
  ['signal', [signalled], command('resolve', '10:01'), 'notReported'],
  ['signal', [signalled], command('close', '10:01'), 'notReported'],
  ['dispatched to a', [reported, dispatched], command('dispatch', '10:02', a), 'alreadyDispatched'],
  ['dispatched to a', [reported, dispatched], command('redispatch', '10:02', a), 'alreadyDispatched'],
  ['dispatched to nobody', [reported], command('redispatch', '10:02', a), 'notDispatched'],
  ['accepted by a', [reported, accepted], command('accept', '10:03', a), 'alreadyAccepted'],
  ['arrived', [reported, arrived], command('arrive', '10:07', a), 'alreadyArrived'],
  ['accepted by a', [reported, accepted], command('withdraw', '10:03', b), 'notAssignee'],
  ['dispatched to nobody', [reported], command('return', '10:03'), 'notDispatched'],
  ['resolved', [reported, accepted, resolved], command('withdraw', '10:11', a), 'alreadyResolved'],
  ['reported', [reported], command('pause', '10:03'), 'needsReason'],
  ['paused', [reported, paused], command('pause', '10:08', reason), 'alreadyPaused'],
  ['resolved', [reported, resolved], command('pause', '10:11', reason), 'alreadyResolved'],
  ['reported', [reported], command('resume', '10:03'), 'notPaused'],
  ['paused later', [reported, paused], command('resume', '10:03'), 'notPaused'],
  ['resolved', [reported, resolved], command('resolve', '10:11', a), 'alreadyResolved'],
  ['resolved', [reported, resolved], command('accept', '10:11', a), 'alreadyResolved'],
  ['closed', [reported, resolved, closed], command('resolve', '10:21', a), 'alreadyClosed'],
  ['voided', [reported, voided], command('resolve', '10:21', a), 'alreadyVoided'],
  ['merged', [reported, fact('merged', '10:03', { into: 'i2' })], command('resolve', '10:21', a), 'alreadyMerged'],
  ['reported', [reported], command('verify', '10:03'), 'notResolved'],
  ['verified', [reported, resolved, fact('verified', '10:11', {})], command('verify', '10:12'), 'alreadyVerified'],
  ['closed', [reported, resolved, closed], command('verify', '10:21'), 'alreadyClosed'],
  ['reported', [reported], command('rate', '10:03', { score: 5 }), 'notResolved'],
  ['resolved', [reported, resolved], command('rate', '10:13', { score: 0 }), 'scoreOutOfRange'],
  ['resolved', [reported, resolved], command('rate', '10:13', { score: 4.5 }), 'scoreOutOfRange'],
  ['reported', [reported], command('reopen', '10:03', reason), 'notResolved'],
  ['resolved', [reported, resolved], command('reopen', '10:13'), 'needsReason'],
  ['closed', [reported, closed], command('close', '10:21'), 'alreadyClosed'],
  [
    'reported',
    [reported],
    command('merge', '10:03', { into: { ...other, id: 'i1' }, ...calm, ...reason }),
    'mergeIntoItself',
  ],
  [
    'reported',
    [reported],
    command('merge', '10:03', { into: { ...other, firstAt: t('10:00') + 1 }, ...calm, ...reason }),
    'mergeKeepsEarliest',
  ],
  [
    'reported',
    [reported],
    command('merge', '10:03', { into: { ...other, status: 'merged' }, ...calm, ...reason }),
    'mergeTargetGone',
  ],
  ['reported', [reported], command('merge', '10:03', { into: other, ...calm }), 'needsReason'],
  [
    'breached',
    [reported],
    command('merge', '10:30', { into: other, hasBreach: true, byLeader: false, ...reason }),
    'needsLeaderAfterBreach',
  ],
  [
    'breached',
    [reported],
    command('void', '10:30', { hasBreach: true, byLeader: false, ...reason }),
    'needsLeaderAfterBreach',
  ],
  ['breached', [reported], command('void', '10:30', { hasBreach: true, byLeader: true }), 'needsReason'],
  ['voided', [reported, voided], command('void', '10:30', { ...calm, ...reason }), 'alreadyVoided'],
  ['reported', [reported], command('restore', '10:30', reason), 'notRemoved'],
  ['voided', [reported, voided], command('restore', '10:30'), 'needsReason'],
  ['resolved', [reported, resolved], command('remind', '10:30'), 'alreadyResolved'],
  ['closed', [reported, closed], command('supervise', '10:30'), 'alreadyClosed'],
  ['began later', [reported], command('accept', '09:59', a), 'beforeIncident'],
  [
    'began later, whatever the command',
    [signalled, reported],
    command('void', '09:58', { ...reason, ...calm }),
    'beforeIncident',
  ],
])('%s: %o', (_, given, when, rule) => {
  expect(decided(given, when)).toBe(rule)
})

test('a refusal says why, in both languages', () => {
  expect(decide(null, command('close', '10:00'))).toEqual({
    ok: false,
    rule: 'unknownIncident',
    message: { en: 'There is no such incident.', zh: '没有这个事件。' },
  })
})
