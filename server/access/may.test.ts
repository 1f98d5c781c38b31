import { expect, test } from 'vitest'
import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { fact, opening, t, told } from '#domain/incident/testFacts.ts'
import { mayChangeDuty, mayCommand, mayExport, mayExportSmallCounts, mayReadExports, type Right } from './may.ts'
import { ROLES, type Role, type Viewer } from './viewer.ts'

const GRID = opening.path.at(-1)!
const reported = fact('reported', '10:00', opening, { actor: 'token:r' })

function incident(...facts: ReturnType<typeof fact>[]): Incident {
  return fold('i1', told(reported, ...facts))!
}

function viewer(role: Role, over: Partial<Viewer> = {}): Viewer {
  return { tokenId: 't', role, areas: ['310115'], worker: null, leads: [], device: null, name: null, ...over }
}
const worker = (id: string, leads: readonly string[] = []) => viewer('worker', { worker: id, leads })

const subject = { path: opening.path, at: t('11:00'), assignee: 'W1' }
const fresh = incident()
const sent = incident(fact('dispatched', '10:01', { assignee: 'W1' }))
const EVERY: Right[] = [
  ...(['signal', 'report', 'confirm', 'classify', 'dispatch', 'accept', 'withdraw', 'arrive', 'pause'] as const),
  ...(['resolve', 'verify', 'rate', 'reopen', 'close', 'merge', 'void', 'restore', 'supervise'] as const),
]

/** What each role may do to an incident that it did not report, is not on and does not lead. */
test.each<[Role, Right[]]>([
  ['wall', []],
  ['analyst', []],
  ['auditor', []],
  ['admin', []],
  ['device', ['signal']],
  ['reporter', ['signal', 'report']],
  ['section', ['signal', 'report']],
  ['worker', ['signal', 'report', 'confirm']],
  ['leader', ['verify', 'reopen', 'merge', 'void', 'restore', 'supervise']],
  ['dispatcher', EVERY.filter(right => right !== 'restore' && right !== 'supervise')],
])('%s', (role, rights) => {
  const who = viewer(role, role === 'worker' ? { worker: 'W9' } : {})
  expect(EVERY.filter(right => mayCommand(who, right, { ...subject, incident: sent }))).toEqual(rights)
})

const resolvedBy = (actor: string) =>
  incident(
    fact('dispatched', '10:01', { assignee: 'W1' }),
    fact('resolved', '10:05', { assignee: 'W1' }, { actor, recordedAt: '10:20' }),
  )

test.each<[string, Viewer, Right, Incident, boolean]>([
  ['a grid leader dispatches in the grid', worker('W2', [GRID]), 'dispatch', fresh, true],
  ['and not in another', worker('W2', ['x']), 'dispatch', fresh, false],
  ['only a worker leads', viewer('wall', { worker: 'W2', leads: [GRID] }), 'dispatch', fresh, false],
  ['the assignee accepts', worker('W1'), 'accept', sent, true],
  ['another worker does not accept for them', worker('W2'), 'accept', sent, false],
  ['the assignee arrives', worker('W1'), 'arrive', sent, true],
  ['a telephone is no worker', viewer('device', { worker: 'W1' }), 'arrive', sent, false],
  ['who is not on it resolves nothing', worker('W1'), 'resolve', incident(dispatched('W2')), false],
  ['nobody is on it: on the spot', worker('W1'), 'resolve', fresh, true],
  ['never what they resolved themselves', viewer('dispatcher'), 'verify', resolvedBy('token:t'), false],
  ['nor reopens it', viewer('dispatcher'), 'reopen', resolvedBy('token:t'), false],
  ['nor does the worker of whom it was told', worker('W1', [GRID]), 'verify', resolvedBy('token:u'), false],
  ['but a dispatcher who did not', viewer('dispatcher'), 'verify', resolvedBy('token:u'), true],
  ['the reporter reopens by disagreeing', viewer('reporter', { tokenId: 'r' }), 'reopen', resolvedBy('x'), true],
  ['and rates', viewer('reporter', { tokenId: 'r' }), 'rate', resolvedBy('x'), true],
  ['nobody rates their own work', viewer('dispatcher'), 'rate', resolvedBy('token:t'), false],
  ['nor the reporter who resolved', viewer('worker', { tokenId: 'r' }), 'rate', resolvedBy('token:r'), false],
  ['who then does not reopen it either', viewer('worker', { tokenId: 'r' }), 'reopen', resolvedBy('token:r'), false],
  [
    'a resident may, whatever the log says',
    viewer('reporter', { tokenId: 'r' }),
    'reopen',
    resolvedBy('token:r'),
    true,
  ],
  ['not what somebody else reported', viewer('reporter'), 'rate', resolvedBy('x'), false],
])('%s', (_, who, right, about, allowed) => {
  expect(mayCommand(who, right, { ...subject, incident: about })).toBe(allowed)
})

function dispatched(assignee: string) {
  return fact('dispatched', '10:01', { assignee })
}

test('duty is changed by the worker, the dispatcher and the lead of the home, by nobody else', () => {
  const homes = [opening.path]
  const may = (who: Viewer) => mayChangeDuty(who, 'W1', homes)
  expect(ROLES.filter(role => may(viewer(role, { worker: 'W1', leads: [GRID] })))).toEqual(['worker', 'dispatcher'])
  expect([worker('W2'), worker('W2', [GRID]), worker('W2', ['x'])].map(may)).toEqual([false, true, false])
})

test.each<[string, (viewer: Viewer) => boolean, Role[]]>([
  ['take files', mayExport, ['dispatcher', 'leader', 'analyst', 'admin', 'auditor']],
  ['take small counts with them', mayExportSmallCounts, ['leader', 'admin']],
  ['read who took which', mayReadExports, ['admin', 'auditor']],
])('who may %s', (_, may, roles) => {
  expect(ROLES.filter(role => may(viewer(role)))).toEqual(roles)
})
