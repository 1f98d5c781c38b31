/** A small street in a store in memory, with everything real around it: what the tests of reading and of streams stand on. */
import { tokens } from '../access/tokens.ts'
import type { Role, Viewer } from '../access/viewer.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import type { CommandOutcome, IncidentRequest } from '../commands/types.ts'
import { createLive } from '../live/live.ts'
import type { Scheduler } from '../live/scheduler.ts'
import { createMetrics } from '../metrics.ts'
import { positionService } from '../positions/positionService.ts'
import type { WorkerRow } from '../store/eventStore.ts'
import { openStore } from '../store/openStore.ts'
import { handMovedApp } from '../testing/handMovedApp.ts'
import { MINUTE, POLICY, STREET_AREAS, T0 } from '../testing/street.ts'
import { createGraphql } from './yoga.ts'

export { MINUTE, POLICY, T0 }

export type World = Awaited<ReturnType<typeof testWorld>>

export async function testWorld() {
  const store = await openStore(':memory:')
  const clock = { now: T0 }
  const scheduler = handScheduler()
  const logged: { line: string; detail: object | undefined }[] = []
  // Seed 0: ids are `uuid(1)`, `uuid(2)`, …
  const app = handMovedApp(store, clock, 0, (line, detail) => logged.push({ line, detail }))
  await store.reference.putAreas(STREET_AREAS)
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
