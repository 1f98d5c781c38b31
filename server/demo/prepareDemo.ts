import { fileURLToPath } from 'node:url'
import { startOfLocalDay } from '#domain/time/localTime.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import type { RunningServer } from '../main.ts'
import { createMetrics } from '../metrics.ts'
import { type OpenApp, simulatedTime } from '../openApp.ts'
import { positionService } from '../positions/positionService.ts'
import { backfill } from '../simulator/backfill.ts'
import { simulate } from '../simulator/simulator.ts'
import { demoWorld } from '../simulator/world.ts'
import { storeName } from '../store/storeAddress.ts'
import { isDemoStart, storeContent } from './demoMode.ts'
import { fillDemo } from './fillDemo.ts'
import { followDispatches } from './followDispatches.ts'
import { simulatorPort } from './simulatorPort.ts'

const FOLDER = fileURLToPath(new URL('../../data/demo', import.meta.url))
/** The street's story is the same for everyone who starts it on the same day. */
const SEED = 'jinting'

export type Demo = {
  /** The same store on the demo's clock. */
  readonly app: OpenApp
  /** Lets the street live on, on a server that runs. Returns the way to stop it. */
  begin(server: RunningServer): Promise<() => Promise<void>>
}

/** Makes the store a street in full swing: yesterday, and the day so far. Null: this start is no demo. */
export async function prepareDemo(
  opened: OpenApp,
  progress: (done: number, total: number) => void,
  say: (line: string) => void = () => {},
): Promise<Demo | null> {
  const { config, store } = opened
  const head = await store.head()
  const settings = await store.reference.settings()
  const content = storeContent(head, (await store.reference.areas()).length, settings)
  if (!isDemoStart(config, content)) return null
  // It takes a while, and somebody may have meant the store for real data.
  if (content === 'empty')
    say(`filling the demo street into ${storeName(config.databaseUrl)}; GRIDWATCH_DEMO=off keeps a store empty`)
  const app = { ...opened, time: simulatedTime(config.simulate ?? 1, await lastRecordedAt(opened, head)) }
  await fillDemo(store, FOLDER)
  await store.reference.putSetting('simulate', config.simulate)
  const world = demoWorld()
  const now = app.time.now()
  const { backfill: port } = simulatorPort(
    app,
    incidentCommands(app),
    positionService(
      app,
      createMetrics(() => 0),
    ),
  )
  await backfill(world, SEED, port, { from: await historyFrom(app, head, now), to: now, onProgress: progress })
  return {
    app,
    async begin(server) {
      if (config.simulate === null) return async () => {}
      const { live } = simulatorPort(app, server.commands, server.positions)
      const street = simulate(world, SEED, live, app.time.speed, error =>
        app.log('the simulator failed at a step; it goes on', { error: String(error) }),
      )
      const stopFollowing = await followDispatches(app, street.onDispatched)
      return async () => {
        await stopFollowing()
        await street.stop()
      }
    },
  }
}

/** Yesterday's beginning, or where the store's own story stopped if that is later. */
async function historyFrom(app: OpenApp, head: number, now: number): Promise<number> {
  const { timezone } = await app.reference()
  const yesterday = startOfLocalDay(startOfLocalDay(now, timezone) - 1, timezone)
  return Math.max(yesterday, await lastRecordedAt(app, head))
}

async function lastRecordedAt({ store }: OpenApp, head: number): Promise<number> {
  if (head === 0) return 0
  const snapshot = await store.snapshot()
  const [last] = await snapshot.events({ after: head - 1, limit: 1 }).finally(() => snapshot.close())
  return last?.recordedAt ?? 0
}
