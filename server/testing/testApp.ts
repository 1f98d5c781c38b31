import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { incidentCommands } from '../commands/incidentCommands.ts'
import type { CommandOutcome, IncidentRequest } from '../commands/types.ts'
import type { EventStore, IncidentRecord, StoredEvent } from '../store/eventStore.ts'
import { openSqlStore } from '../store/sqlEventStore.ts'
import { openSqliteEngine } from '../store/sqlite/sqliteEngine.ts'
import { handMovedApp } from './handMovedApp.ts'
import { fillStreet, T0 } from './street.ts'

type Asked = Omit<IncidentRequest, 'commandId'> & { readonly commandId?: string }

export type TestApp = {
  readonly app: App
  readonly clock: { now: number }
  /** What GRIDWATCH_DATABASE_URL would say. */
  readonly url: string
  /** Gives a command, with a commandId of its own unless it has one. */
  give(viewer: Viewer, request: Asked): Promise<CommandOutcome>
  /** Gives a command that must be done, and returns the incident's id. */
  does(viewer: Viewer, request: Asked): Promise<string>
  /** Another process on the same file, with a clock of its own that stands at the same instant. */
  another(): Promise<TestApp>
  log(): Promise<StoredEvent[]>
  /** What the app wrote to its own log. */
  readonly complaints: object[]
  incident(id: string): Promise<IncidentRecord>
}

/** The invented street (or another) in a SQLite file of its own, at 10:00; closed and removed with the test. */
export async function testApp(fill: (store: EventStore) => Promise<void> = fillStreet): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-app-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'store.db')
  const url = `file:${file}`
  let processes = 0
  const first = await open({ now: T0 })
  await fill(first.app.store)
  return first

  async function open(clock: { now: number }): Promise<TestApp> {
    // Written in this thread: what a thread of its own adds is the store's to test, and takes a while to begin.
    const store = await openSqlStore(openSqliteEngine(file))
    onTestFinished(() => store.close())
    const complaints: object[] = []
    const app = handMovedApp(store, clock, ++processes, (line, detail) => complaints.push({ line, ...detail }))
    const commands = incidentCommands(app)
    const give = (viewer: Viewer, request: Asked) =>
      commands.execute(viewer, { commandId: app.random.uuid(), ...request })
    return {
      app,
      clock,
      url,
      complaints,
      give,
      async does(viewer, request) {
        const outcome = await give(viewer, request)
        if (!outcome.ok) throw new Error(`${request.verb}: ${outcome.code} ${outcome.rule ?? outcome.message.en}`)
        return outcome.incident
      },
      another: () => open({ ...clock }),
      async log() {
        const snapshot = await store.snapshot()
        return snapshot.events({ after: 0, limit: 1_000_000 }).finally(() => snapshot.close())
      },
      async incident(id) {
        const snapshot = await store.snapshot()
        const [record] = await snapshot.incidents({ ids: [id] }).finally(() => snapshot.close())
        if (record === undefined) throw new Error(`there is no incident ${id}`)
        return record
      },
    }
  }
}
