import { afterEach, beforeEach, expect, test } from 'vitest'
import { isOpen } from '#domain/incident/fold.ts'
import { flowOf, summaryOf } from '#domain/replay/figuresOf.ts'
import { incidentsAt } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import { workersAt } from '#domain/replay/workersAt.ts'
import { bins } from '#domain/time/bins.ts'
import type { Viewer } from '../access/viewer.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import type { IncidentVerb } from '../commands/types.ts'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import { seededRandom } from '../simulator/random.ts'
import { replayRoute } from './replayRoute.ts'

const LEADER: Viewer = { ...DISPATCHER, tokenId: 'leader', role: 'leader' }
const DAY = { from: Date.parse('2026-03-02T00:00:00+08:00'), to: Date.parse('2026-03-03T00:00:00+08:00') }
const ZONE = 'Asia/Shanghai'
const iso = (at: number) => new Date(at).toISOString()

let world: World
beforeEach(async () => {
  world = await testWorld()
})
afterEach(() => world.close())

/** Some hours in which everything happens, much of it told later than it happened; what the rules refuse is not done. */
async function busyHours(seed: string): Promise<void> {
  const random = seededRandom(seed)
  const commands = incidentCommands(world.app)
  const incidents: string[] = []
  const later: IncidentVerb[] = [
    'dispatch',
    'accept',
    'arrive',
    'pause',
    'resume',
    'resolve',
    'verify',
    'rate',
    'close',
  ]
  for (let step = 0; step < 500; step++) {
    world.clock.now += random.integer(5, 45) * 1000
    const isNew = incidents.length < 3 || random.chance(0.1)
    const rarely: IncidentVerb[] = ['withdraw', 'reopen', 'void', 'restore', 'classify']
    const verb: IncidentVerb = isNew
      ? random.pick(['report', 'signal'] as const)
      : random.chance(0.2)
        ? random.pick(rarely)
        : random.pick(later)
    const request = {
      verb,
      commandId: world.app.random.uuid(),
      at: world.clock.now - (random.chance(0.3) ? random.integer(0, 900) * 1000 : 0),
      sentAt: world.clock.now,
      ...(isNew ? {} : { incident: random.pick(incidents) }),
      ...(isNew || verb === 'classify'
        ? { category: random.pick(['rubbish', 'fire']), place: random.pick([WEST, EAST]) }
        : {}),
      ...(['dispatch', 'accept', 'arrive', 'withdraw'].includes(verb)
        ? { assignee: random.pick(['w-west', 'w-east']) }
        : {}),
      ...(['pause', 'void', 'reopen'].includes(verb) ? { reason: '试' } : {}),
      ...(verb === 'rate' ? { score: random.integer(1, 5) } : {}),
    }
    const actor = ['verify', 'rate', 'void', 'restore', 'reopen'].includes(verb) ? LEADER : DISPATCHER
    const done = await commands.execute(actor, request)
    if (done.ok && isNew) incidents.push(done.incident)
  }
}

async function duty(worker: string, onDuty: boolean): Promise<void> {
  const done = await world.positions.setDuty(DISPATCHER, worker, onDuty, { commandId: world.app.random.uuid() })
  expect(done.ok).toBe(true)
}

async function dayOf(token: string, to = DAY.to): Promise<ReplayDay> {
  const url = `http://x/replay/day?from=${iso(DAY.from)}&to=${iso(to)}`
  const request = new Request(url, { headers: { authorization: `Bearer ${token}` } })
  const response = await replayRoute(world.app, world.access)(request, new URL(url), '')
  expect(response?.status).toBe(200)
  return new Response(response?.body?.pipeThrough(new DecompressionStream('gzip'))).json() as Promise<ReplayDay>
}

const SUMMARY =
  'key clock cohort met breached running paused pending notApplicable attainment p50Ms p90Ms late removedAfterBreach'

async function asked(token: string, at: number, area: string, known: 'now' | 'then') {
  const asOf = known === 'now' ? { at: iso(at) } : { at: iso(at), knownAt: iso(at) }
  const query = `query ($from: DateTime!, $to: DateTime!, $area: ID!, $asOf: AsOf!) {
    head
    incidents(filter: { open: true }, first: 1000, asOf: $asOf) { nodes { id status category path assignees { id } } }
    overall: slaSummary(from: $from, to: $to, filter: { area: $area }, asOf: $asOf) { ${SUMMARY} }
    byArea: slaSummary(from: $from, to: $to, filter: { area: $area }, groupBy: AREA, asOf: $asOf) { ${SUMMARY} }
    byHour: slaSummary(from: $from, to: $to, filter: { area: $area }, groupBy: HOUR, asOf: $asOf) { ${SUMMARY} }
    flow(from: $from, to: $to, step: "PT15M", filter: { area: $area }, asOf: $asOf) {
      from to reported resolved closed open breached rated satisfied }
    workers(asOf: $asOf) { id onDuty incident }
  }`
  const { data, errors } = await world.ask(query, {
    token,
    variables: { from: iso(DAY.from), to: iso(DAY.to), area, asOf },
  })
  expect(errors).toBeUndefined()
  return data
}

function replayed(day: ReplayDay, at: number, area: string, known: 'now' | 'then') {
  const incidents = incidentsAt(day, known)(at)
  const question = { at, incidents, area, policies: day.policies, timezone: ZONE }
  const short = (rows: ReturnType<typeof summaryOf>) => rows.map(({ coverage: _, ended: __, ...row }) => row)
  return {
    head: day.head,
    incidents: {
      nodes: incidents
        .filter(({ incident }) => isOpen(incident.status))
        .map(({ incident: { id, status, category, path, assignees } }) => ({
          id,
          status: status.toUpperCase(),
          category,
          path,
          assignees: assignees.map(worker => ({ id: worker })),
        })),
    },
    overall: short(summaryOf(question, DAY, null)),
    byArea: short(summaryOf(question, DAY, 'AREA')),
    byHour: short(summaryOf(question, DAY, 'HOUR')),
    flow: flowOf(question, bins(DAY.from, DAY.to, 'PT15M', ZONE) ?? []).map(bin => ({
      ...bin,
      from: iso(bin.from),
      to: iso(bin.to),
    })),
    workers: workersAt(day.workers, incidents, at).map(({ worker, since, incident }) => ({
      id: worker.id,
      onDuty: since !== null,
      incident,
    })),
  }
}

test.each([
  { role: 'dispatcher' as const, areas: ['310101'], area: '310101', known: 'now' as const },
  { role: 'wall' as const, areas: ['310101001'], area: '310101001', known: 'now' as const },
  { role: 'wall' as const, areas: ['310101001'], area: '310101001', known: 'then' as const },
])(
  'at 20 instants of busy hours $role of $area sees what the reads of the past say, known $known',
  async ({ role, areas, area, known }) => {
    for (const worker of ['w-west', 'w-east']) await duty(worker, true)
    await busyHours('busy')
    await duty('w-east', false)
    world.clock.now += 10 * MINUTE
    const token = await world.token(role, areas)
    const day = await dayOf(token)
    const random = seededRandom('instants', role, known)
    for (let i = 0; i < 20; i++) {
      const at = random.integer(T0, world.clock.now)
      expect(replayed(day, at, area, known), iso(at)).toEqual(await asked(token, at, area, known))
    }
  },
)

test('nothing is told of an incident after it left the viewer’s areas, nor of where it lay before it came into them', async () => {
  const left = await world.does({ verb: 'report', category: 'rubbish', place: WEST })
  const came = await world.does({ verb: 'report', category: 'fire', place: EAST })
  world.clock.now += MINUTE
  await world.does({ verb: 'classify', incident: left, place: EAST })
  await world.does({ verb: 'classify', incident: came, place: WEST })
  world.clock.now += MINUTE
  await world.does({ verb: 'void', incident: left, reason: '误报' })
  const day = await dayOf(await world.token('wall', ['310101001']))
  const told = JSON.stringify(day.incidents)
  expect(told).not.toContain('310101002')
  expect(told).not.toContain(String(EAST.lng))
  expect(told).not.toContain('voided')
  const ids = (at: number) => incidentsAt(day, 'now')(at).map(({ incident }) => incident.id)
  expect(ids(T0 + MINUTE - 1)).toEqual([left])
  expect(ids(T0 + MINUTE)).toEqual([came])
})

test('what somebody wrote is told only as far as a wall reads it, and never who did what', async () => {
  const id = await world.does({
    verb: 'report',
    category: 'rubbish',
    place: WEST,
    title: '王先生报：楼道堆物',
    description: '电话里说的',
  })
  await world.does({ verb: 'pause', incident: id, reason: '等物业开门' })
  world.clock.now += MINUTE
  const wall = await dayOf(await world.token('wall', ['310101']))
  expect(wall.incidents[0]).toMatchObject({ title: '王先生报：楼道堆物' })
  expect(Object.values(wall.incidents[0]?.reasons ?? {})).toEqual(['等物业开门'])
  expect(JSON.stringify(wall)).not.toMatch(/电话里说的|token:|texts/)
  const admin = await dayOf(await world.token('admin', ['310101']))
  expect(admin.incidents[0]).toMatchObject({ title: '暴露垃圾', reasons: {} })
})

test('who may not read gets nothing, and a stretch that cannot be is refused in words', async () => {
  const ask = async (path: string, role: 'reporter' | 'wall' | 'admin' | null) => {
    const token = role === null ? '' : await world.token(role, ['310101'])
    const url = new URL(`http://x${path}`)
    const request = new Request(url, { headers: { authorization: `Bearer ${token}` } })
    const response = await replayRoute(world.app, world.access)(request, url, '')
    return `${response?.status} ${response?.status === 200 ? '' : (await response?.text())?.trim()}`.trim()
  }
  const day = `/replay/day?from=${iso(DAY.from)}&to=${iso(DAY.to)}`
  expect(await ask(day, null)).toBe('401 a token is missing or not in force')
  expect(await ask(day, 'reporter')).toBe('403 your role may not read this')
  expect(await ask('/replay/day?from=yesterday&to=today', 'wall')).toBe(
    '400 from and to must be instants with their offset',
  )
  expect(await ask(`/replay/day?from=${iso(T0)}&to=${iso(T0 + 48 * 60 * MINUTE)}`, 'wall')).toBe(
    '400 to must lie after from, by 1620 minutes at most',
  )
  expect(await ask(`/replay/fixes?from=${iso(T0)}&to=${iso(T0 + 180 * MINUTE)}`, 'wall')).toBe(
    '400 to must lie after from, by 30 minutes at most',
  )
})
