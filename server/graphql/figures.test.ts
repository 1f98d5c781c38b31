import { afterEach, beforeEach, expect, test } from 'vitest'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from './testWorld.ts'

let world: World
let desk: string
beforeEach(async () => {
  world = await testWorld()
  desk = await world.token('dispatcher', ['310101'])
})
afterEach(() => world.close())

const iso = (at: number) => new Date(at).toISOString()
const LEADER = { ...DISPATCHER, tokenId: 'leader', role: 'leader' as const }
const at = (minutes: number) => {
  world.clock.now = T0 + minutes * MINUTE
}
const ask = async (query: string) => {
  const answer = await world.ask(query, { token: desk })
  expect(answer.errors).toBeUndefined()
  return answer.data
}
const period = `from: "${iso(T0)}", to: "${iso(T0 + 60 * MINUTE)}"`

/** West: accepted in 2 and done in 10 minutes, closed and praised. East: nobody came. A third was a mistake. */
async function morning(): Promise<{ west: string; east: string }> {
  const west = await world.does({ verb: 'report', category: 'rubbish', place: WEST, tier: 'minor' })
  const east = await world.does({ verb: 'report', category: 'fire', place: EAST })
  const mistake = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await world.does({ verb: 'dispatch', incident: west, assignee: 'w-west' })
  at(1)
  await world.does({ verb: 'void', incident: mistake, reason: '误报' })
  at(2)
  await world.does({ verb: 'accept', incident: west, assignee: 'w-west' })
  at(9)
  await world.does({ verb: 'arrive', incident: west, assignee: 'w-west' })
  at(10)
  await world.does({ verb: 'resolve', incident: west, assignee: 'w-west' })
  at(11)
  await world.does({ verb: 'verify', incident: west }, LEADER)
  await world.does({ verb: 'rate', incident: west, score: 5 }, { ...DISPATCHER, tokenId: 'who did not resolve it' })
  at(12)
  await world.does({ verb: 'close', incident: west })
  at(20)
  return { west, east }
}

test('a summary counts each clock of the cohort, whole and by key', async () => {
  await morning()
  const fields =
    'key clock cohort met breached running notApplicable attainment coverage p50Ms ended { n meanMs } late removedAfterBreach'
  const { all, area, worker, tier, hour, day, level } = await ask(`{
    all: slaSummary(${period}) { ${fields} }
    area: slaSummary(${period}, groupBy: AREA, filter: { area: "310101", clock: "respond" }) { ${fields} }
    worker: slaSummary(${period}, groupBy: WORKER, filter: { clock: "respond" }) { ${fields} }
    tier: slaSummary(${period}, groupBy: TIER, filter: { clock: "respond" }) { key cohort }
    hour: slaSummary(${period}, groupBy: HOUR, filter: { clock: "respond" }) { key cohort }
    day: slaSummary(${period}, groupBy: DAY, filter: { clock: "respond" }) { key cohort }
    level: slaSummary(${period}, groupBy: LEVEL, filter: { clock: "respond" }) { key cohort } }`)
  expect(all.map((row: { clock: string }) => row.clock)).toEqual(['discover', 'respond', 'resolve'])
  expect(all[1]).toMatchObject({
    key: null,
    cohort: 3,
    met: 1,
    breached: 1,
    notApplicable: 1,
    attainment: 0.5,
    p50Ms: 2 * MINUTE,
  })
  expect(all[2]).toMatchObject({ met: 1, breached: 1, ended: { n: 1, meanMs: 10 * MINUTE } })
  expect(area).toMatchObject([
    { key: '310101001', cohort: 2, met: 1, notApplicable: 1 },
    { key: '310101002', cohort: 1, breached: 1 },
  ])
  expect(worker).toMatchObject([{ key: 'w-west', cohort: 1, met: 1 }])
  expect(tier).toEqual([
    { key: 'MINOR', cohort: 1 },
    { key: null, cohort: 2 },
  ])
  expect(hour).toEqual([{ key: '10', cohort: 3 }])
  expect(day).toEqual([{ key: '2026-03-02', cohort: 3 }])
  expect(level).toEqual([{ key: 'grid', cohort: 3 }])
})

test('an empty cohort is a row of zeros for each clock in force', async () => {
  const { slaSummary } = await ask(`{ slaSummary(${period}) { clock cohort attainment coverage } }`)
  expect(slaSummary).toHaveLength(3)
  expect(slaSummary[0]).toEqual({ clock: 'discover', cohort: 0, attainment: null, coverage: null })
})

test('rates leave out what was voided', async () => {
  await morning()
  const { rates } = await ask(
    `{ rates(${period}) { reported resolved closed closedOnTime rated satisfied completion onTimeClosure satisfaction } }`,
  )
  expect(rates).toEqual({
    reported: 2,
    resolved: 1,
    closed: 1,
    closedOnTime: 1,
    rated: 1,
    satisfied: 1,
    completion: 0.5,
    onTimeClosure: 1,
    satisfaction: 1,
  })
})

test('flow tells what happened in each bin and what stood open at its end, as the list of that instant does', async () => {
  await morning()
  const { flow } = await ask(
    `{ flow(from: "${iso(T0)}", to: "${iso(T0 + 15 * MINUTE)}", step: "PT5M") { to reported resolved closed open rated satisfied } }`,
  )
  // Resolved at 10:10: that is the second bin's end, and lies within the third.
  expect(flow).toMatchObject([
    { reported: 3, resolved: 0, open: 2 },
    { reported: 0, resolved: 0, open: 1 },
    { reported: 0, resolved: 1, closed: 1, open: 1, rated: 1, satisfied: 1 },
  ])
  for (const bin of flow) {
    const { incidents } = await ask(`{ incidents(filter: { open: true }, asOf: { at: "${bin.to}" }) { totalCount } }`)
    expect(incidents.totalCount).toBe(bin.open)
  }
})

test('what was learned late changes how it was, and not how it was seen', async () => {
  const west = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  await world.does({ verb: 'dispatch', incident: west, assignee: 'w-west' })
  at(20)
  await world.does({ verb: 'accept', incident: west, assignee: 'w-west', at: T0 + 3 * MINUTE })
  const instant = iso(T0 + 10 * MINUTE)
  const { was, seen, late } = await ask(`{
    was: incident(id: "${west}", asOf: { at: "${instant}" }) { status clocks { name state } }
    seen: incident(id: "${west}", asOf: { at: "${instant}", knownAt: "${instant}" }) { status clocks { name state } version }
    late: incident(id: "${west}") { facts { type late } } }`)
  expect(was.status).toBe('ACCEPTED')
  expect(was.clocks).toContainEqual({ name: 'respond', state: 'MET' })
  expect(seen.status).toBe('DISPATCHED')
  expect(seen.clocks).toContainEqual({ name: 'respond', state: 'BREACHED' })
  expect(late.facts).toContainEqual({ type: 'accepted', late: true })
})

test('a reporter pages through their own reports, found among those of others', async () => {
  const token = await world.token('reporter', ['310101'])
  const reporter = await world.access.viewer(token)
  const own: string[] = []
  for (let minute = 0; minute < 3; minute++) {
    at(minute)
    await world.does({ verb: 'report', category: 'fire', place: EAST })
    own.unshift(await world.does({ verb: 'report', category: 'rubbish', place: WEST }, reporter ?? DISPATCHER))
  }
  const page = async (after: string | null) =>
    (
      await world.ask(
        'query($after: String) { incidents(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
        { token, variables: { after } },
      )
    ).data.incidents
  const first = await page(null)
  expect(first).toMatchObject({
    totalCount: 3,
    nodes: [{ id: own[0] }, { id: own[1] }],
    pageInfo: { hasNextPage: true },
  })
  expect(await page(first.pageInfo.endCursor)).toMatchObject({
    nodes: [{ id: own[2] }],
    pageInfo: { hasNextPage: false },
  })
})

test('a track is shown for a reason, on duty only, and the worker sees who looked', async () => {
  const self = { ...DISPATCHER, role: 'worker' as const, worker: 'w-west' }
  await world.positions.setDuty(self, 'w-west', true, { commandId: world.app.random.uuid() })
  at(2)
  const fix = (minutes: number) => ({
    lng: WEST.lng,
    lat: WEST.lat + minutes / 10_000,
    at: T0 + minutes * MINUTE,
    datum: 'wgs84',
  })
  await world.positions.record(self, 'w-west', [fix(1), fix(2)], null)
  const query = `{ track(worker: "w-west", ${period}, reason: "核对巡查") { worker { name } fixes { at lat } lengthM } }`
  const { track } = await ask(query)
  expect(track.fixes).toHaveLength(2)
  expect(track.lengthM).toBeCloseTo(11.1, 1)
  const denied = await world.ask(query, { token: await world.token('wall', ['310101']) })
  expect(denied.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  const unreasoned = await world.ask(query.replace('核对巡查', ' '), { token: desk })
  expect(unreasoned.errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  const looks = '{ looks(worker: "w-west") { at by role from to reason } }'
  const own = await world.ask(looks, { token: await world.token('worker', ['310101001'], 'w-west') })
  const look = { role: 'dispatcher', reason: '核对巡查', from: iso(T0), to: iso(T0 + 60 * MINUTE) }
  const [token] = await world.access.list()
  expect(own.data.looks).toEqual([{ ...look, at: iso(T0 + 2 * MINUTE), by: `token:${token?.id}` }])
  const audited = await world.ask(looks, { token: await world.token('auditor', ['310101']) })
  expect(audited.data).toEqual(own.data)
  for (const [role, worker] of [
    ['leader', null],
    ['worker', 'w-east'],
  ] as const) {
    const other = await world.ask(looks, { token: await world.token(role, ['310101'], worker) })
    expect(other.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  }
})

test('an administrator reads no personal data and cannot guess it by searching', async () => {
  await world.does({ verb: 'report', category: 'rubbish', title: '王五家门口', place: WEST })
  const token = await world.token('admin', ['310101'])
  const { data } = await world.ask(
    '{ incidents { nodes { title } } found: incidents(filter: { text: "王五" }) { totalCount } }',
    { token },
  )
  expect(data.incidents.nodes).toEqual([{ title: '暴露垃圾' }])
  expect(data.found.totalCount).toBe(0)
})

test('sources, settings, policies and oneself are told', async () => {
  const incident = await world.does({ verb: 'report', category: 'rubbish', place: WEST, source: 'hotline' })
  at(3)
  await world.does({ verb: 'dispatch', incident, assignee: 'w-west' })
  const self = { ...DISPATCHER, role: 'worker' as const, worker: 'w-west' }
  await world.positions.setDuty(self, 'w-west', true, { commandId: world.app.random.uuid() })
  at(4)
  await world.positions.record(self, 'w-west', [{ ...WEST, at: T0 + 3.5 * MINUTE, datum: 'wgs84' }], null)
  const data =
    await ask(`{ me { role areas worker { id } } settings { timezone name roots levels bounds heat { unit bandwidthM } }
    sources { id name kind expectedIntervalMs lastAt workers } policies { id version clocks { name limitMs pausable } } }`)
  expect(data.me).toEqual({ role: 'dispatcher', areas: ['310101'], worker: null })
  expect(data.settings).toMatchObject({
    timezone: 'Asia/Shanghai',
    roots: ['310101'],
    levels: ['street', 'community', 'grid'],
  })
  expect(data.sources).toEqual([
    {
      id: 'hotline',
      name: '12345',
      kind: 'incidents',
      expectedIntervalMs: null,
      lastAt: iso(T0 + 3 * MINUTE),
      workers: null,
    },
    {
      id: 'app',
      name: '手机',
      kind: 'positions',
      expectedIntervalMs: 30_000,
      lastAt: iso(T0 + 4 * MINUTE),
      workers: 1,
    },
  ])
  expect(data.policies[0].clocks[2]).toEqual({ name: 'resolve', limitMs: 15 * MINUTE, pausable: true })
})

test('which files left is read by auditors and administrators, of their own areas only', async () => {
  const record = (id: string, areas: string[] | null) => {
    const who = {
      token: areas && 't1',
      actor: areas ? 'token:t1' : 'shell',
      name: null,
      role: areas && 'analyst',
      areas,
    }
    const file = { what: 'heat', format: 'geotiff', filter: 'from=x', head: 7, n: null, suppressionK: 5, sha256: 'ab' }
    return world.store.reference.recordExport({ id, ...who, ...file, at: T0 })
  }
  await record('e1', ['310101001'])
  await record('e2', ['310101002'])
  await record('e3', null)
  const query = '{ exports { by what format filter n suppressionK } }'
  const west = await world.ask(query, { token: await world.token('auditor', ['310101001']) })
  expect(west.data.exports).toEqual([
    { by: 'token:t1', what: 'heat', format: 'geotiff', filter: 'from=x', n: null, suppressionK: 5 },
  ])
  const all = await world.ask(query, { token: await world.token('admin', ['310101']) })
  expect(all.data.exports.map(({ by }: { by: string }) => by)).toEqual(['token:t1', 'token:t1', 'shell'])
  const leader = await world.ask(query, { token: await world.token('leader', ['310101']) })
  expect(leader.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }])
})
