import { beforeEach, expect, test } from 'vitest'
import { fromWgs84 } from '#domain/geo/datum.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { EAST, HOUR, IN_WEST_1, MINUTE, SECOND, T0, viewer, WEST, WEST_1, workerViewer } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { positionService, type TimedPositionService } from './positionService.ts'
import type { IncomingFix } from './types.ts'

const w1 = workerViewer('w1')
const COMMAND = '11111111-1111-4111-8111-111111111111'

let street: TestApp
let metrics: Metrics
let service: TimedPositionService
beforeEach(async () => {
  street = await testApp()
  metrics = createMetrics(() => 0)
  service = positionService(street.app, metrics)
})

const duty = (onDuty: boolean, over: { at?: number; commandId?: string } = {}, who = w1, worker = 'w1') =>
  service.setDuty(who, worker, onDuty, { commandId: street.app.random.uuid(), ...over })
const record = (fixes: readonly IncomingFix[], commandId: string | null = null, who = w1) =>
  service.record(who, 'w1', fixes, commandId === null ? null : { commandId })

/** `metres` to the east of the middle of the grid. */
function fix(at: number, metres = 0, over: Partial<IncomingFix> = {}): IncomingFix {
  return { at, lng: IN_WEST_1.lng + metres / 95_400, lat: IN_WEST_1.lat, datum: 'wgs84', ...over }
}

async function stored(): Promise<PositionFix[]> {
  const snapshot = await street.app.store.snapshot()
  return snapshot.positions({ from: 0, to: Number.MAX_SAFE_INTEGER }).finally(() => snapshot.close())
}
async function liveDot(): Promise<number | undefined> {
  const snapshot = await street.app.store.snapshot()
  return (await snapshot.lastPositions({ workers: ['w1'] }).finally(() => snapshot.close()))[0]?.at
}
const dutySpans = async () => {
  const snapshot = await street.app.store.snapshot()
  const spans = await snapshot.dutySpans({ from: 0, to: Number.MAX_SAFE_INTEGER }).finally(() => snapshot.close())
  return spans.map(({ from, to }) => [(from - T0) / MINUTE, to === null ? null : (to - T0) / MINUTE])
}

test('on duty positions are kept from the first instant, off duty none', async () => {
  expect(await record([fix(T0)])).toMatchObject({ accepted: 0, refused: [{ index: 0, reason: 'offDuty' }] })
  await duty(true)
  expect(await record([fix(T0)])).toMatchObject({ accepted: 1 })
  street.clock.now = T0 + 10 * MINUTE
  await duty(false)
  expect(await record([fix(T0 + 10 * MINUTE - 1), fix(T0 + 10 * MINUTE)])).toMatchObject({
    accepted: 1,
    refused: [{ index: 1, reason: 'offDuty' }],
  })
  expect((await stored()).map(({ at }) => at)).toEqual([T0, T0 + 10 * MINUTE - 1])
})

test('a late batch is kept and never moves the live dot backwards', async () => {
  await duty(true)
  street.clock.now = T0 + 20 * MINUTE
  await record([fix(T0 + 15 * MINUTE)])
  expect(await record([fix(T0 + 5 * MINUTE), fix(T0 + 3 * MINUTE), fix(T0 + 4 * MINUTE)])).toMatchObject({
    accepted: 3,
  })
  expect((await stored()).map(({ at }) => (at - T0) / MINUTE)).toEqual([3, 4, 5, 15])
  expect(await liveDot()).toBe(T0 + 15 * MINUTE)
})

test('a batch that comes again is counted as duplicates and kept once', async () => {
  await duty(true)
  const batch = [fix(T0), fix(T0 + SECOND, 2)]
  street.clock.now += MINUTE
  await record(batch)
  expect(await record(batch)).toMatchObject({ accepted: 0, duplicates: 2, refused: [] })
  expect((await stored()).length).toBe(2)
})

test.each<[string, IncomingFix, string]>([
  ['null island', fix(T0, 0, { lng: 0, lat: 0.001 }), 'nullIsland'],
  ['the future beyond two minutes', fix(T0 + 2 * MINUTE + 1), 'future'],
  ['before duty', fix(T0 - 1), 'offDuty'],
  ['the same instant elsewhere', fix(T0, 3), 'conflictingFix'],
  ['faster than 70 m/s', fix(T0 + SECOND, 75), 'tooFast'],
  ['no latitude', fix(T0 + SECOND, 0, { lat: Number.NaN }), 'badInput'],
  ['an unknown datum', fix(T0 + SECOND, 0, { datum: 'mars' }), 'badInput'],
  ['a time that is none', fix(Number.NaN), 'badInput'],
])('%s is refused, counted and keeps nothing else out', async (_, bad, reason) => {
  await duty(true)
  await record([fix(T0)])
  expect(await record([bad, fix(T0 + MINUTE)])).toEqual({
    ok: true,
    accepted: 1,
    duplicates: 0,
    refused: [{ index: 0, reason }],
  })
  expect(metrics.text(0)).toContain(`gridwatch_fixes_total{outcome="${reason}"} 1`)
  expect((await stored()).map(({ at }) => at)).toEqual([T0, T0 + MINUTE])
})

test.each<[string, IncomingFix]>([
  ['two minutes in the future', fix(T0 + 2 * MINUTE)],
  ['as fast as the accuracies allow', fix(T0 + SECOND, 110, { accuracyM: 50 })],
])('%s is kept', async (_, good) => {
  await duty(true)
  await record([fix(T0)])
  expect(await record([good])).toMatchObject({ accepted: 1 })
})

test('a fix is too fast towards a later one as well, also within its batch', async () => {
  await duty(true)
  street.clock.now += MINUTE
  await record([fix(T0 + 10 * SECOND)])
  expect(await record([fix(T0 + 9 * SECOND, 100), fix(T0 + 20 * SECOND), fix(T0 + 21 * SECOND, 100)])).toMatchObject({
    accepted: 1,
    refused: [
      { index: 0, reason: 'tooFast' },
      { index: 2, reason: 'tooFast' },
    ],
  })
})

test('GCJ-02 is converted, and what came in is kept with its datum', async () => {
  await duty(true)
  const sent = fromWgs84(IN_WEST_1, 'gcj02')
  await record([{ ...sent, at: T0, datum: 'gcj02' }])
  const [kept] = await stored()
  expect(kept).toMatchObject({ datum: 'gcj02', original: sent })
  expect(kept!.lng).toBeCloseTo(IN_WEST_1.lng, 6)
  expect(kept!.lat).toBeCloseTo(IN_WEST_1.lat, 6)
})

test('listeners hear what was kept, in WGS 84, and nothing else', async () => {
  await duty(true)
  const heard: number[] = []
  const stop = service.onFixes(fixes => heard.push(...fixes.map(({ at }) => at)))
  await record([fix(T0), fix(T0 - 1)])
  stop()
  await record([fix(T0 + SECOND)])
  expect(heard).toEqual([T0])
})

test('a command that comes again is answered with its first result; with other fixes it is a conflict', async () => {
  await duty(true)
  const batch = [fix(T0), fix(T0 + SECOND), fix(T0 - 1)]
  const first = await record(batch, COMMAND)
  expect(first).toEqual({ ok: true, accepted: 2, duplicates: 0, refused: [{ index: 2, reason: 'offDuty' }] })
  street.clock.now += HOUR
  const restarted = positionService((await street.another()).app, metrics)
  expect(await restarted.record(w1, 'w1', batch, { commandId: COMMAND })).toEqual(first)
  expect(await record([fix(T0)], COMMAND)).toMatchObject({ ok: false, code: 'CONFLICT', rule: 'commandIdTaken' })
  expect((await stored()).length).toBe(2)
})

test('a telephone whose clock is off has its fixes moved, and what it said is kept beside them', async () => {
  await duty(true)
  street.clock.now = T0 + MINUTE
  const batch = [fix(T0 + HOUR - SECOND), fix(T0 + HOUR)]
  const behind = { commandId: COMMAND, sentAt: T0 + HOUR + SECOND }
  expect(await service.record(w1, 'w1', batch, behind)).toMatchObject({ accepted: 2 })
  const moved = await stored()
  expect(moved.map(({ at, original }) => [at, original])).toEqual([
    [T0 + MINUTE - 2 * SECOND, { lng: IN_WEST_1.lng, lat: IN_WEST_1.lat, at: T0 + HOUR - SECOND }],
    [T0 + MINUTE - SECOND, { lng: IN_WEST_1.lng, lat: IN_WEST_1.lat, at: T0 + HOUR }],
  ])
  // Sent again later it is the same request, and two seconds are the network's.
  street.clock.now += MINUTE
  expect(await service.record(w1, 'w1', batch, { ...behind, sentAt: T0 + 2 * HOUR })).toMatchObject({ accepted: 2 })
  const other = { commandId: '33333333-3333-4333-8333-333333333333', sentAt: street.clock.now - 2 * SECOND }
  await service.record(w1, 'w1', [fix(street.clock.now - 5 * SECOND)], other)
  expect((await stored()).at(-1)).toMatchObject({ at: street.clock.now - 5 * SECOND, original: null })
})

test('a source that cannot be stored is refused with what is wrong', async () => {
  await duty(true)
  expect(await record([fix(T0, 0, { source: 'a\ud800' })], COMMAND)).toMatchObject({
    code: 'BAD_INPUT',
    rule: 'badText',
  })
})

test('the same command twice at the same moment has one result', async () => {
  await duty(true)
  const both = await Promise.all([1, 2].map(() => record([fix(T0), fix(T0 + SECOND)], COMMAND)))
  expect(both[1]).toEqual(both[0])
  expect(both[0]).toMatchObject({ accepted: 2 })
})

test('two requests under one commandId at the same moment: what is refused as a conflict is not kept', async () => {
  await duty(true)
  const [first, second] = await Promise.all([record([fix(T0)], COMMAND), record([fix(T0 + SECOND)], COMMAND)])
  expect([first, second]).toMatchObject([{ accepted: 1 }, { code: 'CONFLICT', rule: 'commandIdTaken' }])
  expect((await stored()).map(({ at }) => at)).toEqual([T0])
})

test('what cannot be of speed, course and battery is not known', async () => {
  await duty(true)
  await record([fix(T0, 0, { speedMps: Number.NaN, courseDeg: 361, batteryPct: -1 })])
  await record([fix(T0 + 1, 0, { speedMps: 1, courseDeg: 2, batteryPct: 3 })])
  expect(await stored()).toMatchObject([
    { speedMps: null, courseDeg: null, batteryPct: null },
    { speedMps: 1, courseDeg: 2, batteryPct: 3 },
  ])
})

test('positions are told only by the person', async () => {
  await duty(true)
  for (const who of [viewer('dispatcher'), workerViewer('w2')])
    expect(await record([fix(T0)], null, who)).toMatchObject({ code: 'FORBIDDEN', rule: 'notYourself' })
})

test.each([
  ['themselves', w1, true],
  ['a dispatcher', viewer('dispatcher'), true],
  ['the lead of the grid', workerViewer('w2', { leads: [WEST_1], areas: [WEST] }), true],
  ['a colleague', workerViewer('w2'), 'FORBIDDEN'],
  ['a wall', viewer('wall'), 'FORBIDDEN'],
  ['a leader', viewer('leader'), 'FORBIDDEN'],
  ['their own telephone\u2019s token', viewer('device', [WEST], { worker: 'w1', device: 'phone-1' }), 'FORBIDDEN'],
  ['a wall that names the worker', viewer('wall', [WEST], { worker: 'w1' }), 'FORBIDDEN'],
  ['a dispatcher of elsewhere', viewer('dispatcher', [EAST]), 'NOT_FOUND'],
])('duty is started by %s', async (_, who, expected) => {
  const outcome = await duty(true, {}, who)
  expect(outcome.ok || outcome.code).toBe(expected)
})

test('duty starts once and ends once, also when two say it at once', async () => {
  const starts = await Promise.all([duty(true), duty(true, {}, viewer('dispatcher'))])
  expect(starts.map(outcome => (outcome.ok ? 'done' : outcome.rule)).sort()).toEqual(['alreadyOnDuty', 'done'])
  street.clock.now += MINUTE
  await duty(false)
  expect(await duty(false)).toMatchObject({ code: 'REFUSED', rule: 'notOnDuty' })
  expect((await street.log()).map(({ type }) => type)).toEqual(['dutyStarted', 'dutyEnded'])
})

test('a duty command that comes again is done once; another under its id is a conflict', async () => {
  const first = await duty(true, { commandId: COMMAND })
  expect(await duty(true, { commandId: COMMAND })).toEqual({ ...first, replayed: true })
  expect(await duty(false, { commandId: COMMAND })).toMatchObject({ code: 'CONFLICT' })
})

test('a retry of a duty command that comes while the first is under way has its answer', async () => {
  const both = await Promise.all([1, 2].map(() => duty(true, { commandId: COMMAND })))
  expect(both.map(outcome => outcome.ok && outcome.replayed).sort()).toEqual([false, true])
  // The retry asked whether it was done before the first had written, and reads duty after it.
  const { command } = street.app.store
  let asked = 0
  const end = { commandId: '22222222-2222-4222-8222-222222222222' }
  street.clock.now += MINUTE
  const slow = async (id: string) => {
    const known = await command(id)
    if (++asked === 1) await duty(false, end)
    return known
  }
  const retrying = positionService({ ...street.app, store: { ...street.app.store, command: slow } }, metrics)
  expect(await retrying.setDuty(w1, 'w1', false, end)).toMatchObject({ ok: true, replayed: true })
})

test('duty that is told late is judged by how it stood then', async () => {
  await duty(true)
  street.clock.now = T0 + 60 * MINUTE
  await duty(false, { at: T0 + 30 * MINUTE })
  expect(await dutySpans()).toEqual([[0, 30]])
  // Somebody who was on duty then cannot have started: it would be answered with "done" and leave them off duty.
  expect(await duty(true, { at: T0 + 10 * MINUTE })).toMatchObject({ rule: 'alreadyOnDuty' })
  expect(await duty(false, { at: T0 + 40 * MINUTE })).toMatchObject({ rule: 'notOnDuty' })
  await duty(true, { at: T0 + 45 * MINUTE })
  expect(await dutySpans()).toEqual([
    [0, 30],
    [45, null],
  ])
  expect(await duty(true, { at: T0 + 60 * MINUTE + 3 * SECOND })).toMatchObject({ code: 'BAD_INPUT', rule: 'future' })
})
