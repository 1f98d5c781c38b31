import { expect, test } from 'vitest'
import { mayCommand, type Subject, type Verb } from './may.ts'
import type { Role, Viewer } from './viewer.ts'

const GRID = '510199001002003'
const subject: Subject = { path: ['510199', GRID], assignee: 'W1', resolvedBy: [], reportedBy: null }

function viewer(role: Role, over: Partial<Viewer> = {}): Viewer {
  return { tokenId: 't', role, areas: ['510199'], worker: null, leads: [], device: null, name: null, ...over }
}

const READ_ONLY: Role[] = ['wall', 'analyst', 'auditor', 'admin']
const EVERY: Verb[] = [
  'signal',
  'report',
  'classify',
  'dispatch',
  'accept',
  'resolve',
  'verify',
  'close',
  'merge',
  'void',
  'restore',
]

test.each(READ_ONLY.flatMap(role => EVERY.map(verb => [role, verb] as const)))('%s may not %s', (role, verb) => {
  expect(mayCommand(viewer(role), verb, subject)).toBe(false)
})

test.each<[string, Viewer, Verb, Partial<Subject>, boolean]>([
  ['a device signals', viewer('device'), 'signal', {}, true],
  ['a device does not report', viewer('device'), 'report', {}, false],
  ['a worker reports', viewer('worker', { worker: 'W2' }), 'report', {}, true],
  ['a worker does not dispatch', viewer('worker', { worker: 'W2' }), 'dispatch', {}, false],
  ['a grid leader dispatches in the grid', viewer('worker', { worker: 'W2', leads: [GRID] }), 'dispatch', {}, true],
  ['and not in another', viewer('worker', { worker: 'W2', leads: ['x'] }), 'dispatch', {}, false],
  ['the assignee accepts', viewer('worker', { worker: 'W1' }), 'accept', {}, true],
  ['another worker does not accept for them', viewer('worker', { worker: 'W2' }), 'accept', {}, false],
  ['a dispatcher accepts for them', viewer('dispatcher'), 'accept', {}, true],
  ['a dispatcher verifies', viewer('dispatcher'), 'verify', {}, true],
  ['never what they resolved themselves', viewer('dispatcher'), 'verify', { resolvedBy: ['token:t'] }, false],
  ['nor reopens it', viewer('dispatcher'), 'reopen', { resolvedBy: ['token:t'] }, false],
  ['the reporter reopens by disagreeing', viewer('reporter'), 'reopen', { reportedBy: 'token:t' }, true],
  ['and rates', viewer('reporter'), 'rate', { reportedBy: 'token:t' }, true],
  ['not what somebody else reported', viewer('reporter'), 'rate', { reportedBy: 'token:u' }, false],
  ['a dispatcher voids', viewer('dispatcher'), 'void', {}, true],
  ['a leader voids and merges', viewer('leader'), 'merge', {}, true],
  ['a worker does not void', viewer('worker', { worker: 'W1' }), 'void', {}, false],
])('%s', (_, who, verb, over, allowed) => {
  expect(mayCommand(who, verb, { ...subject, ...over })).toBe(allowed)
})
