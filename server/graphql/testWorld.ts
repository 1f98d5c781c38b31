/** A small street in a store in memory, with everything real around it: what the tests of reading and of streams stand on. */
import type { Policy } from '#domain/sla/policy.ts'
import { tokens } from '../access/tokens.ts'
import type { Role, Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import type { CommandOutcome, IncidentRequest } from '../commands/types.ts'
import { createLive } from '../live/live.ts'
import type { Scheduler } from '../live/scheduler.ts'
import { createMetrics } from '../metrics.ts'
import { positionService } from '../positions/positionService.ts'
import { referenceCache } from '../reference.ts'
import type { AreaRow, WorkerRow } from '../store/eventStore.ts'
import { openStore } from '../store/openStore.ts'
import { createGraphql } from './yoga.ts'

/** 2026-03-02 10:00 in Shanghai. */
export const T0 = Date.UTC(2026, 2, 2, 2)
export const MINUTE = 60_000

export type World = Awaited<ReturnType<typeof testWorld>>

export async function testWorld() {
  const store = await openStore(':memory:')
  const clock = { now: T0 }
  const scheduler = handScheduler()
  let ids = 0
  let looks = 0
  const app: App = {
    store,
    time: { now: () => clock.now, speed: 1, lastStep: () => null },
    // Every look is a second after the one before: what a test changes is seen at once.
    reference: referenceCache(store, () => (looks += 1000)),
    random: { uuid: () => uuid(++ids), hex: bytes => (++ids).toString(16).padStart(bytes * 2, '0') },
    log: (line, detail) => logged.push({ line, detail }),
  }
  const logged: { line: string; detail: object | undefined }[] = []
  await store.reference.putAreas(AREAS)
  await store.reference.putCategories([
    { id: 'rubbish', name: '暴露垃圾', symbol: '圾', autoConfirm: false },
    { id: 'fire', name: '火情', symbol: '火', autoConfirm: true },
  ])
  await store.reference.putPolicies([POLICY])
  await store.reference.putWorkers(WORKERS)
  await store.reference.putSetting('timezone', 'Asia/Shanghai')
  await store.reference.putSetting('name', '试街')
  await store.reference.putSetting('sources', [
    { id: 'hotline', name: '12345', kind: 'incidents', expectedIntervalMs: null },
    { id: 'app', name: '手机', kind: 'positions', expectedIntervalMs: 30_000 },
  ])
  const commands = incidentCommands(app)
  const positions = positionService(
    app,
    createMetrics(() => 0),
  )
  const access = tokens(app, 'secret')
  const live = createLive(app, positions, () => scheduler.now(), scheduler)
  const graphql = createGraphql({
    app,
    commands,
    positions,
    live,
    viewerOf: async authorization => {
      const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
      return token === undefined ? null : access.viewer(token)
    },
  })

  async function token(role: Role, areas: readonly string[], worker: string | null = null): Promise<string> {
    return access.issue({ role, areas, worker, device: null, name: null, expiresAt: null })
  }

  return {
    app,
    store,
    clock,
    scheduler,
    logged,
    live,
    graphql,
    access,
    positions,
    token,
    /** Gives a command as the dispatcher of the whole street and expects it to be done. */
    async does(request: Omit<IncidentRequest, 'commandId'>, viewer: Viewer = DISPATCHER): Promise<string> {
      const outcome: CommandOutcome = await commands.execute(viewer, { ...request, commandId: app.random.uuid() })
      if (!outcome.ok) throw new Error(`${outcome.code} ${outcome.rule ?? ''} ${outcome.message.en}`)
      return outcome.incident
    },
    async ask(query: string, given: { token?: string; variables?: object; language?: string } = {}) {
      const headers = new Headers({ 'content-type': 'application/json', 'accept-language': given.language ?? 'en' })
      if (given.token !== undefined) headers.set('authorization', `Bearer ${given.token}`)
      const body = JSON.stringify({ query, variables: given.variables })
      const response = await graphql.yoga.fetch(new Request('http://test/graphql', { method: 'POST', headers, body }))
      return (await response.json()) as Answer
    },
    async close() {
      live.close()
      await store.close()
    },
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what a test expects of an answer says its shape.
export type Answer = { data?: any; errors?: { message: string; extensions: { code: string; rule?: string } }[] }

/** Time for timers: it stands until a test moves it. */
export function handScheduler(): Scheduler & { now(): number; advance(ms: number): void; readonly size: number } {
  let now = 0
  let waiting: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    get size() {
      return waiting.length
    },
    after(ms, run) {
      const entry = { at: now + Math.max(0, ms), run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter(other => other !== entry)
      }
    },
    advance(ms) {
      now += ms
      const due = waiting.filter(entry => entry.at <= now)
      waiting = waiting.filter(entry => entry.at > now)
      for (const entry of due) entry.run()
    },
  }
}

export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
}

export const DISPATCHER: Viewer = {
  tokenId: 'desk',
  role: 'dispatcher',
  areas: ['310101'],
  worker: null,
  leads: [],
  device: null,
  name: null,
}

/** Street 310101 with communities …001 (west) and …002 (east), two grids each; 0.02° wide. */
const AREAS: AreaRow[] = [
  area('310101', null, 'street', '试街街道', [121.4, 31.2, 121.44, 31.22]),
  area('310101001', '310101', 'community', '西苑', [121.4, 31.2, 121.42, 31.22]),
  area('310101002', '310101', 'community', '东苑', [121.42, 31.2, 121.44, 31.22]),
  area('31010100101', '310101001', 'grid', '西苑一格', [121.4, 31.2, 121.41, 31.22]),
  area('31010100102', '310101001', 'grid', '西苑二格', [121.41, 31.2, 121.42, 31.22]),
  area('31010100201', '310101002', 'grid', '东苑一格', [121.42, 31.2, 121.43, 31.22]),
  area('31010100202', '310101002', 'grid', '东苑二格', [121.43, 31.2, 121.44, 31.22]),
]

export const WEST = { lng: 121.405, lat: 31.21 }
export const EAST = { lng: 121.425, lat: 31.21 }

const WORKERS: WorkerRow[] = [
  { id: 'w-west', name: '魏西', role: 'fullTime', area: '31010100101', leads: [], telephone: '13800000001' },
  {
    id: 'w-east',
    name: '董冬',
    role: 'fullTime',
    area: '31010100201',
    leads: ['31010100201'],
    telephone: '13800000002',
  },
]

export const POLICY: Policy = {
  id: '1-5-15',
  version: 1,
  validFrom: 0,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  choice: {},
  clocks: {
    discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
}

function area(
  code: string,
  parent: string | null,
  level: string,
  name: string,
  [west, south, east, north]: [number, number, number, number],
): AreaRow {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const geometry = { type: 'Polygon', coordinates: [ring] }
  return {
    code,
    parent,
    level,
    name,
    households: 400,
    validFrom: null,
    validTo: null,
    geometry,
    properties: { residents: 1000 },
  }
}
