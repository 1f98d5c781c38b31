import { beforeEach, expect, test } from 'vitest'
import {
  EAST_1,
  HOUR,
  IN_EAST_1,
  IN_WEST_1,
  IN_WEST_2,
  MINUTE,
  NOWHERE,
  POLICY,
  SECOND,
  STREET,
  T0,
  viewer,
  WEST,
  WEST_1,
  WEST_2,
  workerViewer,
} from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { recordBreaches } from '../timers/breachTimers.ts'
import { incidentCommands } from './incidentCommands.ts'
import { digestOf } from './texts.ts'
import type { IncidentRequest } from './types.ts'

const dispatcher = viewer('dispatcher')
const rubbish = { verb: 'report', category: 'rubbish', place: IN_WEST_1 } as const
const COMMAND = '11111111-1111-4111-8111-111111111111'

let street: TestApp
beforeEach(async () => {
  street = await testApp()
})

test('a report is placed in its areas, numbered by the local day and given the policy in force', async () => {
  const id = await street.does(dispatcher, { ...rubbish, title: '门口有垃圾' })
  const { incident, title, version } = await street.incident(id)
  expect(incident).toMatchObject({
    status: 'reported',
    number: '260302-001',
    path: [STREET, WEST, WEST_1],
    place: IN_WEST_1,
    policy: { id: '1-5-15', version: 1 },
    source: 'desk',
    firstAt: T0,
  })
  expect({ title, version }).toEqual({ title: '门口有垃圾', version: 1 })
})

test('an area is taken by its word where there is no point, and a point goes before an area', async () => {
  const { incident: byArea } = await street.incident(
    await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: EAST_1 }),
  )
  expect([byArea.place, byArea.path.at(-1)]).toEqual([null, EAST_1])
  const { incident: byPoint } = await street.incident(await street.does(dispatcher, { ...rubbish, area: EAST_1 }))
  expect(byPoint.path.at(-1)).toBe(WEST_1)
})

test('what people wrote is nowhere in the log, only its digest; the value lies apart', async () => {
  const words = { title: '张三家漏水', description: '电话 13812345678', reason: '误报作废', comment: '不满意' }
  const { title, description } = words
  const id = await street.does(dispatcher, { ...rubbish, title, description })
  await street.does(dispatcher, { verb: 'accept', incident: id, assignee: 'w1' })
  await street.does(workerViewer('w1'), { verb: 'resolve', incident: id, assignee: 'w1', result: '已清理干净' })
  await street.does(dispatcher, { verb: 'rate', incident: id, score: 2, comment: words.comment })
  await street.does(dispatcher, { verb: 'void', incident: id, reason: words.reason })
  const log = await street.log()
  const text = JSON.stringify(log)
  for (const word of [...Object.values(words), '已清理干净']) expect(text).not.toContain(word)

  const snapshot = await street.app.store.snapshot()
  const personal = await snapshot.personal([id]).finally(() => snapshot.close())
  expect(personal.map(({ value }) => value).sort()).toEqual([...Object.values(words), '已清理干净'].sort())
  for (const { field, value, salt } of personal) {
    const [eventId, name] = field.split('.')
    const { data } = log.find(event => event.eventId === eventId)!
    expect((data as { texts: { [field: string]: string } }).texts[name!]).toBe(digestOf(salt, value))
  }
  expect(await street.app.store.verify()).toEqual([])
})

test('words that a fact does not take are not kept', async () => {
  const id = await street.does(dispatcher, rubbish)
  await street.does(dispatcher, { verb: 'classify', incident: id, tier: 'major', reason: '漏填', title: '标题' })
  const snapshot = await street.app.store.snapshot()
  expect(await snapshot.personal([id]).finally(() => snapshot.close())).toEqual([])
  expect(await street.app.store.verify()).toEqual([])
})

test.each([
  ['no category', { verb: 'report', place: IN_WEST_1 }, 'BAD_INPUT', 'needsCategory'],
  ['an unknown category', { ...rubbish, category: 'x' }, 'NOT_FOUND', 'noCategory'],
  ['no place', { verb: 'report', category: 'rubbish' }, 'BAD_INPUT', 'needsPlace'],
  ['a place in no area', { ...rubbish, place: NOWHERE }, 'BAD_INPUT', 'outsideAreas'],
  ['an impossible place', { ...rubbish, place: { lng: 121, lat: 91 } }, 'BAD_INPUT', 'badPlace'],
  ['an unknown area', { verb: 'report', category: 'rubbish', area: '9' }, 'NOT_FOUND', 'noArea'],
  ['half a character', { ...rubbish, source: 'a\ud800' }, 'BAD_INPUT', 'badText'],
  ['a character that no database takes', { ...rubbish, title: 'a\u0000' }, 'BAD_INPUT', 'badText'],
  ['a commandId that is none', { ...rubbish, commandId: '1' }, 'BAD_INPUT', 'badCommandId'],
  ['an unknown incident', { verb: 'close', incident: 'x' }, 'NOT_FOUND', 'noIncident'],
  ['nothing to confirm', { verb: 'report', incident: 'x' }, 'NOT_FOUND', 'noIncident'],
] as const)('a request with %s is refused with what to do, and nothing is written', async (_, request, code, rule) => {
  expect(await street.give(dispatcher, request)).toMatchObject({ ok: false, code, rule })
  expect(await street.app.store.head()).toBe(0)
})

test('a command that comes again is answered with its first result and done once', async () => {
  const first = await street.give(dispatcher, { ...rubbish, commandId: COMMAND })
  expect(first).toMatchObject({ ok: true, replayed: false, position: 1 })
  const again = await street.give(dispatcher, { ...rubbish, commandId: COMMAND })
  expect(again).toEqual({ ...first, replayed: true })
  expect(await street.app.store.head()).toBe(1)
})

test('the same command twice at the same moment is done once', async () => {
  const both = await Promise.all([1, 2].map(() => street.give(dispatcher, { ...rubbish, commandId: COMMAND })))
  expect(both.map(outcome => outcome.ok && outcome.replayed)).toEqual([false, true])
  expect(new Set(both.map(outcome => outcome.ok && outcome.incident)).size).toBe(1)
  expect(await street.app.store.head()).toBe(1)
})

test('a retry that comes while the first is under way has its answer, not the refusal that the first brought about', async () => {
  const id = await street.does(dispatcher, rubbish)
  const accept = { verb: 'accept', incident: id, assignee: 'w1', commandId: COMMAND } as const
  // The retry asked whether it was done before the first had written, and reads the incident after it.
  const { command } = street.app.store
  let asked = 0
  const retrying = incidentCommands({
    ...street.app,
    store: {
      ...street.app.store,
      command: async commandId => {
        const known = await command(commandId)
        if (++asked === 1) await street.does(dispatcher, accept)
        return known
      },
    },
  })
  const version = (await street.incident(id)).version
  const retry = await retrying.execute(dispatcher, accept)
  expect(retry).toMatchObject({ ok: true, replayed: true, incident: id })
  expect((await street.incident(id)).version).toBe(version + 1)
})

test('the same command on an incident twice at the same moment is done once and answered twice', async () => {
  const id = await street.does(dispatcher, rubbish)
  const accept = { verb: 'accept', incident: id, assignee: 'w1', commandId: COMMAND } as const
  const both = await Promise.all([1, 2].map(() => street.give(dispatcher, accept)))
  expect(both.map(outcome => outcome.ok && outcome.replayed).sort()).toEqual([false, true])
  const other = await street.another()
  expect(await other.give(dispatcher, accept)).toMatchObject({ ok: true, replayed: true })
})

test('a retry is sent later and is the same request; another request under its id is a conflict', async () => {
  const request = { ...rubbish, commandId: COMMAND, at: T0 - MINUTE }
  await street.does(dispatcher, { ...request, sentAt: T0 })
  street.clock.now += MINUTE
  expect(await street.give(dispatcher, { ...request, sentAt: T0 + MINUTE })).toMatchObject({ ok: true, replayed: true })
  for (const other of [
    { ...request, place: IN_WEST_2 },
    { ...request, at: T0 },
  ])
    expect(await street.give(dispatcher, other)).toMatchObject({ ok: false, code: 'CONFLICT', rule: 'commandIdTaken' })
  expect(await street.give(viewer('dispatcher', [STREET], { tokenId: 'other' }), request)).toMatchObject({
    code: 'CONFLICT',
  })
})

test.each([
  ['no time is now', {}, T0, undefined],
  ['a time that was sent at once stands', { at: T0 - MINUTE, sentAt: T0 - 2 * SECOND }, T0 - MINUTE, undefined],
  [
    'a telephone that is an hour behind is moved, and what it said is kept',
    { at: T0 - HOUR - MINUTE, sentAt: T0 - HOUR },
    T0 - MINUTE,
    T0 - HOUR - MINUTE,
  ],
  ['so is one that is ahead', { at: T0 + HOUR, sentAt: T0 + HOUR }, T0, T0 + HOUR],
  ['two seconds in the future are now', { at: T0 + 2 * SECOND }, T0, T0 + 2 * SECOND],
  ['a day back is told', { at: T0 - 24 * HOUR }, T0 - 24 * HOUR, undefined],
])('honest times: %s', async (_, times, at, originalAt) => {
  await street.does(dispatcher, { ...rubbish, ...times })
  const [event] = await street.log()
  expect([event!.at, event!.recordedAt]).toEqual([at, T0])
  expect((event!.data as { originalAt?: number }).originalAt).toBe(originalAt)
})

test.each([
  ['more than two seconds in the future is refused', 'dispatcher', { at: T0 + 2001 }, 'BAD_INPUT', 'future'],
  ['more than a day back is refused', 'dispatcher', { at: T0 - 24 * HOUR - 1 }, 'BAD_INPUT', 'tooOld'],
  ['also to an admin, who gives no commands', 'admin', { at: T0 - 24 * HOUR - 1 }, 'BAD_INPUT', 'tooOld'],
] as const)('honest times: %s', async (_, role, times, code, rule) => {
  expect(await street.give(viewer(role), { ...rubbish, ...times })).toMatchObject({ ok: false, code, rule })
})

test('a signal of a category that confirms itself is reported by rule at once, all others wait', async () => {
  const sensor = viewer('device', [WEST], { tokenId: 'sensor', device: 'smoke-1' })
  const fire = await street.does(sensor, { verb: 'signal', category: 'fire', place: IN_WEST_1 })
  const bin = await street.does(sensor, { verb: 'signal', category: 'rubbish', place: IN_WEST_1 })
  expect((await street.log()).map(({ stream, type }) => [stream.slice('incident:'.length), type])).toEqual([
    [fire, 'signalled'],
    [fire, 'reported'],
    [bin, 'signalled'],
  ])
  expect((await street.incident(bin)).incident).toMatchObject({ status: 'signalled', source: 'sensor' })
  street.clock.now += MINUTE
  await street.does(dispatcher, { verb: 'report', incident: bin, place: IN_WEST_2 })
  expect((await street.incident(bin)).incident).toMatchObject({ status: 'reported', path: [STREET, WEST, WEST_2] })
})

test('classifying moves the place and chooses the policy again, of those in force at the first fact', async () => {
  const id = await street.does(dispatcher, rubbish)
  street.clock.now += MINUTE
  const [policy] = (await street.app.store.reference.policies()).filter(({ id }) => id === 'hard')
  await street.app.store.reference.putPolicies([{ ...policy!, version: 2, validFrom: T0 + 1 }])
  await street.does(dispatcher, { verb: 'classify', incident: id, tier: 'hard', place: IN_EAST_1 })
  const { incident } = await street.incident(id)
  expect(incident).toMatchObject({ tier: 'hard', place: IN_EAST_1, policy: { id: 'hard', version: 1 } })
  expect(incident.path.at(-1)).toBe(EAST_1)
  expect(await street.give(dispatcher, { verb: 'classify', incident: id })).toMatchObject({ rule: 'nothingToClassify' })
})

test('a merge keeps the incident that was first', async () => {
  const first = await street.does(dispatcher, rubbish)
  street.clock.now += SECOND
  const second = await street.does(dispatcher, rubbish)
  const merge = { verb: 'merge', reason: '同一处' } as const
  expect(await street.give(dispatcher, { ...merge, incident: first, into: second })).toMatchObject({
    code: 'REFUSED',
    rule: 'mergeKeepsEarliest',
  })
  await street.does(dispatcher, { ...merge, incident: second, into: first })
  expect((await street.incident(second)).incident).toMatchObject({ status: 'merged', mergedInto: first })
})

test('after a breach a dispatcher neither voids nor merges; a leader does, with a reason', async () => {
  const first = await street.does(dispatcher, rubbish)
  const id = await street.does(dispatcher, rubbish)
  street.clock.now += 5 * MINUTE + 1
  for (const request of [{ verb: 'void' }, { verb: 'merge', into: first }] as const) {
    const asked = { ...request, incident: id, reason: '重复' }
    expect(await street.give(dispatcher, asked)).toMatchObject({ code: 'REFUSED', rule: 'needsLeaderAfterBreach' })
    // Backdating hides no breach.
    expect(await street.give(dispatcher, { ...asked, at: T0 })).toMatchObject({ rule: 'needsLeaderAfterBreach' })
  }
  expect(await street.give(viewer('leader'), { verb: 'void', incident: id, reason: ' ' })).toMatchObject({
    code: 'BAD_INPUT',
    rule: 'needsReason',
  })
  await street.does(viewer('leader'), { verb: 'void', incident: id, reason: '重复' })
  expect((await street.incident(id)).incident.status).toBe('voided')
})

test('a time when it occurred is moved by the same as the telephone’s clock', async () => {
  const slow = { at: T0 - HOUR - SECOND, occurredAt: T0 - HOUR - MINUTE, sentAt: T0 - HOUR }
  await street.does(dispatcher, { ...rubbish, ...slow })
  await street.does(dispatcher, { ...rubbish, occurredAt: T0 + HOUR - MINUTE, sentAt: T0 + HOUR })
  await street.does(dispatcher, { ...rubbish, occurredAt: T0 - MINUTE, sentAt: T0 - 2 * SECOND })
  const log = await street.log()
  expect(log.map(({ at, data }) => [at - T0, (data as { occurredAt: number }).occurredAt - T0])).toEqual([
    [-SECOND, -MINUTE],
    [0, -MINUTE],
    [0, -MINUTE],
  ])
})

test('the policy is chosen again by the mode in which the incident was opened, not by today’s', async () => {
  const { reference } = street.app.store
  const surge = { ...POLICY, id: 'surge', choice: { mode: 'surge', category: 'rubbish' } } as const
  const fire = { ...POLICY, id: 'fire', choice: { mode: 'surge', category: 'fire' } } as const
  await reference.putPolicies([surge, fire])
  const peaceful = await street.does(dispatcher, rubbish)
  const signal = await street.does(dispatcher, { ...rubbish, verb: 'signal' })
  await reference.putSetting('mode', 'surge')
  const urgent = await street.does(dispatcher, rubbish)
  expect((await street.incident(urgent)).incident.policy?.id).toBe('surge')
  await street.does(dispatcher, { verb: 'classify', incident: peaceful, category: 'fire' })
  await street.does(dispatcher, { verb: 'report', incident: signal, category: 'fire' })
  await reference.putSetting('mode', 'peacetime')
  await street.does(dispatcher, { verb: 'classify', incident: urgent, category: 'fire' })
  const policies = await Promise.all([peaceful, signal, urgent].map(street.incident))
  expect(policies.map(({ incident }) => incident.policy?.id)).toEqual(['1-5-15', '1-5-15', 'fire'])
})

test('an incident under a policy that this process has not heard of yet loses no breach, and nobody gets round it', async () => {
  const other = await street.another()
  const held = await street.app.reference()
  await other.app.store.reference.putPolicies([{ ...POLICY, version: 2 }])
  const id = await other.does(dispatcher, rubbish)
  expect((await street.incident(id)).incident.policy).toEqual({ id: '1-5-15', version: 2 })
  await recordBreaches(other.app, T0 + 6 * MINUTE)
  street.clock.now = T0 + 7 * MINUTE
  const behind = incidentCommands({ ...street.app, reference: async () => held })
  const ask = (request: Omit<IncidentRequest, 'commandId' | 'incident'>) =>
    behind.execute(dispatcher, { ...request, incident: id, commandId: street.app.random.uuid() })
  expect(await ask({ verb: 'void', reason: '误报' })).toMatchObject({ rule: 'needsLeaderAfterBreach' })
  expect(await ask({ verb: 'dispatch', assignee: 'w1' })).toMatchObject({ ok: true })
  expect((await street.incident(id)).incident.facts.map(({ type }) => type)).toEqual([
    'reported',
    'clockBreached',
    'dispatched',
  ])
})
