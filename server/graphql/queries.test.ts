import { afterAll, beforeAll, expect, test } from 'vitest'
import { EAST, MINUTE, T0, testWorld, WEST, type World } from './testWorld.ts'

let world: World
let desk: string
let west: string
let east: string
const iso = (at: number) => new Date(at).toISOString()

beforeAll(async () => {
  world = await testWorld()
  desk = await world.token('dispatcher', ['310101'])
  west = await world.does({
    verb: 'report',
    category: 'rubbish',
    title: '垃圾成堆',
    place: WEST,
    source: 'hotline',
    tier: 'minor',
  })
  world.clock.now = T0 + 2 * MINUTE
  east = await world.does({ verb: 'report', category: 'fire', title: '冒烟', place: EAST })
  await world.does({ verb: 'dispatch', incident: west, assignee: 'w-west', reason: '就近' })
  world.clock.now = T0 + 4 * MINUTE
  await world.does({ verb: 'accept', incident: west, assignee: 'w-west' })
  world.clock.now = T0 + 8 * MINUTE
})
afterAll(() => world.close())

const ask = (query: string, variables?: object) => world.ask(query, { token: desk, variables })

test('incidents come newest first with clocks evaluated now', async () => {
  const { data, errors } = await ask(`{
    head
    incidents { totalCount pageInfo { hasNextPage endCursor }
      nodes { id number status title category tier source place { lng lat } path area { code name } assignees { id name }
        clocks { name state elapsedMs limitMs startedAt deadline atRisk atRiskFraction } leadingClock { name state }
        facts { type at reason assignee late } version } } }`)
  expect(errors).toBeUndefined()
  expect(data.incidents.totalCount).toBe(2)
  expect(data.incidents.nodes.map((node: { id: string }) => node.id)).toEqual([east, west])
  const [first, second] = data.incidents.nodes
  expect(first).toMatchObject({
    status: 'REPORTED',
    title: '冒烟',
    tier: null,
    leadingClock: { name: 'respond', state: 'BREACHED' },
  })
  expect(second).toMatchObject({
    status: 'ACCEPTED',
    tier: 'MINOR',
    path: ['310101', '310101001', '31010100101'],
    area: { code: '31010100101', name: '西苑一格' },
    assignees: [{ id: 'w-west', name: '魏西' }],
  })
  expect(second.facts.map((fact: { type: string }) => fact.type)).toEqual(['reported', 'dispatched', 'accepted'])
  expect(second.facts[1].reason).toBe('就近')
  expect(second.clocks).toContainEqual({
    name: 'respond',
    state: 'MET',
    elapsedMs: 4 * MINUTE,
    limitMs: 5 * MINUTE,
    startedAt: iso(T0),
    deadline: iso(T0 + 5 * MINUTE),
    atRisk: false,
    atRiskFraction: 0.8,
  })
})

test('pages join without a gap or a repeat', async () => {
  const page = (after: string | null) =>
    ask(
      'query($after: String) { incidents(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
      { after },
    )
  const one = (await page(null)).data.incidents
  const two = (await page(one.pageInfo.endCursor)).data.incidents
  expect([one.nodes[0].id, two.nodes[0].id]).toEqual([east, west])
  expect([one.pageInfo.hasNextPage, two.pageInfo.hasNextPage]).toEqual([true, false])
})

test('the past is read as it was, and judged as it was', async () => {
  const query =
    'query($at: DateTime, $filter: IncidentFilter) { incidents(asOf: { at: $at }, filter: $filter) { totalCount nodes { id status clocks { name state } } } }'
  const early = (await ask(query, { at: iso(T0 + MINUTE) })).data.incidents
  expect(early.nodes).toMatchObject([{ id: west, status: 'REPORTED' }])
  const accepted = (await ask(query, { at: iso(T0 + 3 * MINUTE), filter: { status: ['ACCEPTED'] } })).data.incidents
  expect(accepted.totalCount).toBe(0)
  const running = { clock: 'respond', clockState: ['RUNNING'] }
  expect((await ask(query, { at: iso(T0 + 3 * MINUTE), filter: running })).data.incidents.totalCount).toBe(2)
  expect((await ask(query, { filter: running })).data.incidents.totalCount).toBe(0)
})

test('filters narrow by area, state, category, source, tier, text and time', async () => {
  const found = async (filter: object) =>
    (
      await ask('query($filter: IncidentFilter) { incidents(filter: $filter) { nodes { id } } }', { filter })
    ).data.incidents.nodes.map((node: { id: string }) => node.id)
  expect(await found({ area: '310101002' })).toEqual([east])
  expect(await found({ open: false })).toEqual([])
  expect(await found({ category: ['rubbish'] })).toEqual([west])
  expect(await found({ source: ['hotline'] })).toEqual([west])
  expect(await found({ tier: ['MINOR'] })).toEqual([west])
  expect(await found({ text: '冒' })).toEqual([east])
  expect(await found({ from: iso(T0 + 1), to: iso(T0 + 2 * MINUTE) })).toEqual([])
  expect(await found({ clockState: ['BREACHED'] })).toEqual([east])
})

test('a page of those whose clocks stand so goes on where the one before ended', async () => {
  const page = async (after: string | null) =>
    (
      await ask(
        'query($after: String) { incidents(first: 1, after: $after, filter: { clock: "resolve" }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      )
    ).data.incidents
  const first = await page(null)
  expect(first).toMatchObject({ totalCount: 2, nodes: [{ id: east }], pageInfo: { hasNextPage: true } })
  expect(await page(first.pageInfo.endCursor)).toMatchObject({
    totalCount: 2,
    nodes: [{ id: west }],
    pageInfo: { hasNextPage: false },
  })
})

test('areas tell their shape, their people and their counts', async () => {
  const { data } =
    await ask(`{ area(code: "310101001") { name level households residents hectares bbox geometry parent { code } children { code }
    workers { id } counts { today open } } areaAt(place: { lng: 121.425, lat: 31.21 }, level: "community") { code }
    areas(level: "grid") { code } }`)
  expect(data.area).toMatchObject({
    name: '西苑',
    households: 400,
    residents: 1000,
    bbox: [121.4, 31.2, 121.42, 31.22],
    parent: { code: '310101' },
    children: [{ code: '31010100101' }, { code: '31010100102' }],
    workers: [{ id: 'w-west' }],
    counts: { today: 1, open: 1 },
  })
  expect(data.area.hectares).toBeCloseTo(423.4, 0)
  expect(data.areaAt.code).toBe('310101002')
  expect(data.areas).toHaveLength(4)
})

test('flow counts facts in local bins and what is open at their ends', async () => {
  const { data, errors } = await ask(
    `{ flow(from: "${iso(T0)}", to: "${iso(T0 + 10 * MINUTE)}", step: "PT5M") { from to reported resolved closed open breached rated satisfied } }`,
  )
  expect(errors).toBeUndefined()
  expect(data.flow).toMatchObject([
    { from: iso(T0), to: iso(T0 + 5 * MINUTE), reported: 2, resolved: 0, open: 2 },
    { from: iso(T0 + 5 * MINUTE), to: iso(T0 + 10 * MINUTE), reported: 0, open: 2 },
  ])
})

test('what a caller did wrong is told in the caller’s language, with a code of the closed list', async () => {
  const wrong = async (query: string, language = 'en') =>
    (await world.ask(query, { token: desk, language })).errors?.[0]
  expect((await wrong('{ incidents(first: 2000) { totalCount } }'))?.extensions.code).toBe('BAD_INPUT')
  expect((await wrong('{ nothing }'))?.extensions.code).toBe('BAD_INPUT')
  expect((await wrong('{ incidents(asOf: { at: "2026-03-02T10:00:00" }) { totalCount } }'))?.extensions.code).toBe(
    'BAD_INPUT',
  )
  expect(
    (await wrong('{ flow(from: "2026-03-02T10:00:00Z", to: "2026-03-02T10:00:00Z", step: "5") { open } }', 'zh-CN'))
      ?.message,
  ).toMatch(/step 是/)
  expect(
    (
      await wrong(
        '{ track(worker: "nobody", from: "2026-03-02T10:00:00Z", to: "2026-03-02T10:00:00Z", reason: "x") { lengthM } }',
      )
    )?.extensions.code,
  ).toBe('NOT_FOUND')
  const open = await world.ask('{ head }')
  expect(open.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
  expect((await world.ask('{ head }', { token: 'wrong' })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED')
})

test('a document that asks for more than any screen does is refused', async () => {
  const code = async (query: string) => (await ask(query)).errors?.[0]?.extensions.code
  expect(await code(`{ areas { ${'children { '.repeat(12)} code ${'}'.repeat(12)} } }`)).toBe('BAD_INPUT')
  expect(await code(`{ ${Array.from({ length: 80 }, (_, i) => `a${i}: head`).join(' ')} }`)).toBe('BAD_INPUT')
  expect(await code('{ areas { children { children { children { workers { area { workers { id } } } } } } } }')).toBe(
    'BAD_INPUT',
  )
})

test('a command is answered from behind itself, once', async () => {
  const mutation = `mutation($input: RateIncidentInput!, $pause: ReasonInput!) {
    pauseIncident(input: $pause) { position replayed incident { status version } } rateIncident(input: $input) { position } }`
  const variables = {
    pause: { commandId: '11111111-1111-4111-8111-111111111111', incident: east, reason: '等人' },
    input: { commandId: '11111111-1111-4111-8111-111111111112', incident: east, score: 9 },
  }
  const { data, errors } = await ask(mutation, variables)
  expect(data).toBeNull()
  expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT')
  const again = await ask(
    'mutation($pause: ReasonInput!) { pauseIncident(input: $pause) { replayed incident { status } } }',
    {
      pause: variables.pause,
    },
  )
  expect(again.data.pauseIncident).toEqual({ replayed: true, incident: { status: 'PAUSED' } })
})
