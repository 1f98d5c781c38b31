import { expect, test } from 'vitest'
import { fold, incidentAsOf, isOpen } from './fold.ts'
import type { Incident } from './incident.ts'
import { fact, opening, t, told } from './testFacts.ts'

const a = { assignee: 'a' }
const b = { assignee: 'b' }
const signalled = fact('signalled', '09:59', opening)
const reported = fact('reported', '10:00', opening)
const accepted = fact('accepted', '10:02', a)
const arrived = fact('arrived', '10:06', a)
const resolved = fact('resolved', '10:10', a)

test.each<{ name: string; given: ReturnType<typeof fact>[]; expected: Partial<Incident> }>([
  {
    name: 'a signal waits to be confirmed',
    given: [signalled],
    expected: { status: 'signalled', firstAt: t('09:59') },
  },
  {
    name: 'a confirmed signal is reported, its cohort stays the signal’s',
    given: [signalled, fact('reported', '10:00', {})],
    expected: { status: 'reported', firstAt: t('09:59'), category: 'water' },
  },
  {
    name: 'a confirmation corrects what it names',
    given: [signalled, fact('reported', '10:00', { category: 'fire', tier: 'major' })],
    expected: { category: 'fire', tier: 'major', source: 'hotline', number: 'S-1' },
  },
  { name: 'a report opens it', given: [reported], expected: { status: 'reported', assignees: [], number: 'S-1' } },
  {
    name: 'dispatched',
    given: [reported, fact('dispatched', '10:01', a)],
    expected: { status: 'dispatched', assignees: ['a'], acceptedBy: [] },
  },
  {
    name: 'a claim needs no dispatch',
    given: [reported, accepted],
    expected: { status: 'accepted', assignees: ['a'], acceptedBy: ['a'] },
  },
  {
    name: 'a second dispatch does not take an acceptance back',
    given: [reported, accepted, fact('dispatched', '10:03', b), fact('dispatched', '10:04', a)],
    expected: { status: 'accepted', assignees: ['a', 'b'] },
  },
  {
    name: 'an arrival without acceptance makes an assignee',
    given: [reported, arrived],
    expected: { status: 'arrived', assignees: ['a'], acceptedBy: [] },
  },
  {
    name: 'withdrawn by the only one: reported again, and who had accepted stays known',
    given: [reported, accepted, fact('withdrawn', '10:03', a)],
    expected: { status: 'reported', assignees: [], acceptedBy: ['a'] },
  },
  {
    name: 'withdrawn by one of two',
    given: [reported, fact('dispatched', '10:01', b), accepted, fact('withdrawn', '10:03', a)],
    expected: { status: 'dispatched', assignees: ['b'] },
  },
  {
    name: 'returned without a name: by all',
    given: [reported, accepted, fact('dispatched', '10:03', b), fact('returned', '10:04', {})],
    expected: { status: 'reported', assignees: [] },
  },
  {
    name: 'withdrawn after arrival: nobody is on it any more',
    given: [reported, accepted, arrived, fact('withdrawn', '10:07', a)],
    expected: { status: 'reported', assignees: [] },
  },
  {
    name: 'redispatched replaces everybody',
    given: [reported, accepted, fact('redispatched', '10:03', b)],
    expected: { status: 'dispatched', assignees: ['b'], acceptedBy: ['a'] },
  },
  {
    name: 'paused hides how far it came',
    given: [reported, arrived, fact('paused', '10:07', {})],
    expected: { status: 'paused' },
  },
  {
    name: 'resumed shows it again',
    given: [reported, arrived, fact('paused', '10:07', {}), fact('resumed', '10:08', {})],
    expected: { status: 'arrived' },
  },
  { name: 'resolved', given: [reported, accepted, resolved], expected: { status: 'resolved', assignees: ['a'] } },
  {
    name: 'a resolution ends a pause, and a reopening does not bring it back',
    given: [reported, accepted, fact('paused', '10:07', {}), resolved, fact('reopened', '10:20', {})],
    expected: { status: 'accepted' },
  },
  {
    name: 'a pause while resolved is none',
    given: [reported, resolved, fact('paused', '10:11', {}), fact('reopened', '10:20', {})],
    expected: { status: 'reported' },
  },
  {
    name: 'a reopening without a resolution does not end a pause',
    given: [reported, fact('paused', '10:07', {}), fact('reopened', '10:20', {})],
    expected: { status: 'paused' },
  },
  { name: 'closed', given: [reported, resolved, fact('closed', '10:30', {})], expected: { status: 'closed' } },
  {
    name: 'a closing alone resolves too: its reopening opens it',
    given: [reported, fact('closed', '10:30', {}), fact('reopened', '10:40', {})],
    expected: { status: 'reported' },
  },
  {
    name: 'merged wins over closed',
    given: [reported, fact('closed', '10:30', {}), fact('merged', '10:31', { into: 'i2' })],
    expected: { status: 'merged', mergedInto: 'i2' },
  },
  {
    name: 'voided wins over merged',
    given: [reported, fact('merged', '10:31', { into: 'i2' }), fact('voided', '10:32', {})],
    expected: { status: 'voided' },
  },
  {
    name: 'restored is as if it had not been removed',
    given: [reported, resolved, fact('merged', '10:31', { into: 'i2' }), fact('restored', '10:32', {})],
    expected: { status: 'resolved', mergedInto: null },
  },
  {
    name: 'classified corrects category, tier, place and policy',
    given: [
      reported,
      fact('classified', '10:01', {
        category: 'fire',
        tier: 'hard',
        place: null,
        path: ['310115'],
        policy: { id: 'fire', version: 2 },
      }),
    ],
    expected: { category: 'fire', tier: 'hard', place: null, path: ['310115'], policy: { id: 'fire', version: 2 } },
  },
  {
    name: 'a classification that names no tier leaves it',
    given: [
      fact('reported', '10:00', { ...opening, tier: 'minor' }),
      fact('classified', '10:01', { category: 'fire' }),
    ],
    expected: { tier: 'minor' },
  },
  {
    name: 'what is told late falls into its place',
    given: [reported, fact('withdrawn', '10:08', a), fact('accepted', '10:03', a, { recordedAt: '10:20' })],
    expected: { status: 'reported', acceptedBy: ['a'], lastAt: t('10:08') },
  },
  {
    name: 'a tie is decided by the order of recording',
    given: [reported, fact('paused', '10:05', {}), fact('resumed', '10:05', {})],
    expected: { status: 'reported' },
  },
  {
    name: 'a confirmation told before its signal’s time still confirms it',
    given: [signalled, fact('reported', '09:58', {})],
    expected: { status: 'reported', firstAt: t('09:58') },
  },
  {
    name: 'breaches change nothing of the incident',
    given: [reported, fact('clockBreached', '10:05', { clock: 'respond', deadline: t('10:05'), policyVersion: 1 })],
    expected: { status: 'reported', lastAt: t('10:00') },
  },
])('$name', ({ given, expected }) => {
  expect(fold('i1', told(...given))).toMatchObject(expected)
})

test('without a fact that opens it there is no incident', () => {
  expect(fold('i1', [])).toBeNull()
  expect(fold('i1', told(accepted))).toBeNull()
})

test('an incident keeps all its facts in the order of their recording', () => {
  const facts = told(reported, fact('resolved', '10:10', {}), fact('accepted', '10:03', a, { recordedAt: '10:20' }))
  expect(fold('i1', facts)?.facts).toEqual(facts)
  expect(fold('i1', facts.toReversed())).toEqual(fold('i1', facts))
})

test('the past can be read as it was, and as it was seen', () => {
  const incident = fold(
    'i1',
    told(
      signalled,
      fact('reported', '10:00', {}),
      fact('dispatched', '10:01', a),
      fact('accepted', '10:03', a, { recordedAt: '10:20' }),
      resolved,
    ),
  )!
  const statusAt = (at: string, knownAt: string) => incidentAsOf(incident, t(at), t(knownAt))?.status ?? null
  expect(statusAt('09:58', '11:00')).toBeNull()
  expect(statusAt('09:59', '11:00')).toBe('signalled')
  expect(statusAt('10:05', '11:00')).toBe('accepted')
  expect(statusAt('10:05', '10:05')).toBe('dispatched')
  expect(statusAt('11:00', '11:00')).toBe('resolved')
  expect(incidentAsOf(incident, t('11:00'), t('11:00'))).toBe(incident)
})

test('open is what is known and not yet dealt with', () => {
  expect((['signalled', 'reported', 'dispatched', 'accepted', 'arrived', 'paused'] as const).every(isOpen)).toBe(true)
  expect((['resolved', 'closed', 'merged', 'voided'] as const).some(isOpen)).toBe(false)
})
