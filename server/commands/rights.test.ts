import { beforeEach, expect, test } from 'vitest'
import type { Viewer } from '../access/viewer.ts'
import {
  EAST,
  IN_EAST_1,
  IN_WEST_1,
  IN_WEST_2,
  MINUTE,
  STREET,
  T0,
  viewer,
  WEST,
  workerViewer,
} from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import type { IncidentRequest } from './types.ts'

const dispatcher = viewer('dispatcher')
const leader = viewer('leader')
const reporter = viewer('reporter')
const [w1, w2] = [workerViewer('w1'), workerViewer('w2')]
const rubbish = { verb: 'report', category: 'rubbish', place: IN_WEST_1 } as const
type Step = readonly [Viewer, Omit<IncidentRequest, 'commandId'>]

let street: TestApp
beforeEach(async () => {
  street = await testApp()
})

test('an incident of another community is not found, and nothing is reported outside of the scope', async () => {
  const id = await street.does(dispatcher, rubbish)
  const mine = await street.does(dispatcher, { ...rubbish, place: IN_EAST_1 })
  const east = viewer('dispatcher', [EAST])
  expect(await street.give(east, { verb: 'close', incident: id })).toMatchObject({
    code: 'NOT_FOUND',
    rule: 'noIncident',
  })
  expect(await street.give(east, { verb: 'merge', incident: mine, into: id, reason: '同' })).toMatchObject({
    code: 'NOT_FOUND',
  })
  for (const request of [rubbish, { verb: 'classify', incident: mine, place: IN_WEST_1 } as const])
    expect(await street.give(east, request)).toMatchObject({ code: 'FORBIDDEN', rule: 'outOfScope' })
})

const report: Step = [dispatcher, rubbish]
const ours: Step = [reporter, rubbish]
const signal: Step = [reporter, { ...rubbish, verb: 'signal' }]
const hotline: Step = [viewer('reporter', [STREET], { tokenId: 'hotline' }), { ...rubbish, verb: 'signal' }]
const sent: Step = [dispatcher, { verb: 'dispatch', assignee: 'w1' }]
const section = viewer('section')
const accept: Step = [w1, { verb: 'accept', assignee: 'w1' }]
const resolve: Step = [w1, { verb: 'resolve' }]
const sensor = viewer('device', [WEST], { tokenId: 'phone', device: 'phone-1', worker: 'w1' })
const sensed: Step = [sensor, { ...rubbish, verb: 'signal' }]

test('what a dispatcher tells of a worker is recorded as told by the dispatcher', async () => {
  const id = await street.does(dispatcher, rubbish)
  await street.does(dispatcher, { verb: 'accept', incident: id, assignee: 'w2' })
  await street.does(w2, { verb: 'arrive', incident: id, assignee: 'w2' })
  const told = (await street.log()).slice(1).map(({ type, actor, data }) => ({ type, actor, data }))
  expect(told).toEqual([
    { type: 'accepted', actor: 'token:dispatcher', data: { assignee: 'w2' } },
    { type: 'arrived', actor: 'worker:w2', data: { assignee: 'w2' } },
  ])
})

/** The last step is the one that is asked about; each is about the incident of the first. */
test.each<[string, Step[], 'done' | string]>([
  ['a wall reports nothing', [[viewer('wall'), rubbish]], 'notAllowed'],
  ['an auditor changes nothing', [report, [viewer('auditor'), { verb: 'close' }]], 'notAllowed'],
  ['a resident signals', [[reporter, { ...rubbish, verb: 'signal' }]], 'done'],
  ['a device signals', [[sensor, { ...rubbish, verb: 'signal' }]], 'done'],
  ['a device does not report', [[sensor, rubbish]], 'notAllowed'],
  ['a telephone’s token accepts nothing', [sensed, [sensor, { verb: 'accept', assignee: 'w1' }]], 'notAllowed'],
  ['a worker reports', [[w2, rubbish]], 'done'],
  ['a worker dispatches nobody', [report, [w2, { verb: 'dispatch', assignee: 'w1' }]], 'notAllowed'],
  ['the lead of the grid dispatches', [report, [w1, { verb: 'dispatch', assignee: 'w2' }]], 'done'],
  [
    'but not in the next grid',
    [
      [dispatcher, { ...rubbish, place: IN_WEST_2 }],
      [w1, { verb: 'dispatch', assignee: 'w2' }],
    ],
    'notAllowed',
  ],
  [
    'and moves nothing from the next grid into their own',
    [
      [dispatcher, { ...rubbish, place: IN_WEST_2 }],
      [w1, { verb: 'classify', place: IN_WEST_1 }],
    ],
    'notAllowed',
  ],
  ['nor the other way', [report, [w1, { verb: 'classify', place: IN_WEST_2 }]], 'notAllowed'],
  ['a worker claims', [report, accept], 'done'],
  ['nobody accepts for another', [report, [w2, { verb: 'accept', assignee: 'w1' }]], 'notAllowed'],
  ['but a dispatcher does', [report, [dispatcher, { verb: 'accept', assignee: 'w1' }]], 'done'],
  ['there is no such worker', [report, [dispatcher, { verb: 'dispatch', assignee: 'w9' }]], 'noWorker'],
  [
    'the assignee resolves without naming themselves',
    [report, [w2, { verb: 'accept', assignee: 'w2' }], [w2, { verb: 'resolve' }]],
    'done',
  ],
  ['the leader verifies', [report, accept, resolve, [leader, { verb: 'verify' }]], 'done'],
  ['the lead does not verify what they resolved', [report, accept, resolve, [w1, { verb: 'verify' }]], 'notAllowed'],
  [
    'nor does the dispatcher who resolved for another',
    [report, [dispatcher, { verb: 'resolve', assignee: 'w2' }], [dispatcher, { verb: 'verify' }]],
    'notAllowed',
  ],
  [
    'who reported it reopens it by disagreeing',
    [ours, accept, resolve, [reporter, { verb: 'reopen', reason: '没修好' }]],
    'done',
  ],
  [
    'another resident does not',
    [ours, accept, resolve, [viewer('reporter', [STREET], { tokenId: 'x' }), { verb: 'reopen', reason: '没修好' }]],
    'noIncident',
  ],
  ['a resident does not confirm what they signalled', [signal, [reporter, { verb: 'report' }]], 'notAllowed'],
  ['nor anybody else\u2019s signal', [hotline, [reporter, { verb: 'report', category: 'fire' }]], 'noIncident'],
  ['and does not even learn that it exists', [report, [reporter, { verb: 'rate', score: 1 }]], 'noIncident'],
  ['a telephone confirms nothing', [hotline, [sensor, { verb: 'report' }]], 'noIncident'],
  ['a worker confirms', [signal, [w2, { verb: 'report' }]], 'done'],
  ['a section confirms nothing', [signal, [section, { verb: 'report' }]], 'notAllowed'],
  ['a section reports', [[section, rubbish]], 'done'],
  ['a section works on nothing: nothing is dispatched to it', [report, [section, { verb: 'resolve' }]], 'notAllowed'],
  ['nor for a worker', [report, [section, { verb: 'accept', assignee: 'w1' }]], 'notAllowed'],
  ['on the spot, where nobody is on it yet, a worker resolves', [report, [w2, { verb: 'resolve' }]], 'done'],
  ['and arrives', [report, [w2, { verb: 'arrive', assignee: 'w2' }]], 'done'],
  ['where somebody else is on it a worker does not resolve', [report, sent, [w2, { verb: 'resolve' }]], 'notAllowed'],
  ['nor arrive', [report, sent, [w2, { verb: 'arrive', assignee: 'w2' }]], 'notAllowed'],
  ['but may claim it', [report, sent, [w2, { verb: 'accept', assignee: 'w2' }]], 'done'],
  ['and then resolves it', [report, sent, [w2, { verb: 'accept', assignee: 'w2' }], [w2, { verb: 'resolve' }]], 'done'],
  [
    'who was sent elsewhere meanwhile tells late what was done before',
    [
      [dispatcher, { ...rubbish, place: IN_WEST_2 }],
      [dispatcher, { verb: 'dispatch', assignee: 'w1' }],
      [dispatcher, { verb: 'withdraw', assignee: 'w1' }],
      [dispatcher, { verb: 'dispatch', assignee: 'w2' }],
      [w1, { verb: 'arrive', assignee: 'w1', at: T0 + (MINUTE / 10) * 2 }],
    ],
    'done',
  ],
  ['a score is from 1 to 5', [ours, accept, resolve, [reporter, { verb: 'rate', score: 6 }]], 'badScore'],
  ['only a leader restores', [report, [dispatcher, { verb: 'restore', reason: '有效' }]], 'notAllowed'],
  ['a rule refuses what makes no sense', [report, [dispatcher, { verb: 'resume' }]], 'notPaused'],
])('%s', async (_, steps, expected) => {
  let incident: string | undefined
  const outcomes = []
  for (const [who, request] of steps) {
    street.clock.now += MINUTE / 10
    const outcome = await street.give(who, { ...request, ...(incident === undefined ? {} : { incident }) })
    outcomes.push(outcome.ok ? 'done' : outcome.rule)
    if (outcome.ok) incident ??= outcome.incident
  }
  expect(outcomes).toEqual([...steps.slice(1).map(() => 'done'), expected])
})
