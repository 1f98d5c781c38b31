/** The event store over an engine: the same for SQLite and PostgreSQL. */
import type { ClockTimer, EventStore } from './eventStore.ts'
import { doneCommands, readHead } from './logReads.ts'
import { rebuildPositions } from './positions.ts'
import type { PolicyCache } from './projections/project.ts'
import {
  markRebuilt,
  nextStreams,
  PROJECTION_VERSION,
  projectionVersion,
  rebuildStreams,
  recountAreas,
  removeOrphans,
} from './rebuild.ts'
import { referenceOver } from './reference.ts'
import { snapshotOver } from './snapshotReads.ts'
import { type Engine, query, type Steps } from './steps.ts'
import { verifyStore } from './verify.ts'
import { MAX_ROWS_PER_FLUSH, writeQueue } from './writeQueue.ts'
import { engineWriter, type Writer } from './writeTasks.ts'

/**
 * `rowsPerCommit` 1: every command waits for the disk by itself, which is what group commit is measured against.
 * `writer`: who writes instead of the engine; closed with the store.
 */
export type StoreOptions = { readonly rowsPerCommit?: number; readonly writer?: Writer }

/** The store over an engine whose tables are up to date, with projections that this version of Gridwatch made. */
export async function openSqlStore(engine: Engine, options: StoreOptions = {}): Promise<EventStore> {
  const store = sqlEventStore(engine, options)
  try {
    const madeBy = await engine.read(projectionVersion())
    if (madeBy > PROJECTION_VERSION) throw new Error('The store was made by a newer version of Gridwatch.')
    if (madeBy < PROJECTION_VERSION) await store.rebuild()
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

function sqlEventStore(engine: Engine, options: StoreOptions): EventStore {
  const policies: PolicyCache = new Map()
  const listeners = new Set<() => void>()
  const afterCommit = () => {
    for (const listener of listeners) queueMicrotask(listener)
  }
  const writer = options.writer ?? engineWriter(engine, policies)
  const queue = writeQueue(engine, writer, afterCommit, options.rowsPerCommit ?? MAX_ROWS_PER_FLUSH)
  return {
    append: queue.append,
    command: async id => (await engine.read(doneCommands([id])))[0] ?? null,
    recordPositions: queue.recordPositions,
    onCommit(listener) {
      const own = () => listener() // the same function may be given twice
      listeners.add(own)
      return () => listeners.delete(own)
    },
    head: async () => (await engine.read(readHead())).position,
    snapshot: async () => snapshotOver(await engine.openReader()),
    dueTimers: (now, limit) => engine.read(dueTimers(now, limit)),
    nextDeadline: async () =>
      (await engine.read(query('select min(due_at) from clocks where due_at is not null')))[0]?.[0] as number | null,
    erasePersonal: subject => queue.write(() => erase(subject)),
    reference: referenceOver(engine.read, queue.write),
    async rebuild(progress = () => {}) {
      const total = (await engine.read(readHead())).position
      let done = 0
      let last = ''
      for (;;) {
        const streams = await engine.read(nextStreams(last))
        const end = streams.at(-1)
        if (end === undefined) break
        done += await queue.write(() => rebuildStreams(streams, policies))
        last = end
        progress(done, Math.max(done, total))
      }
      await queue.write(function* () {
        yield* removeOrphans()
        yield* recountAreas()
        yield* rebuildPositions()
        yield* markRebuilt()
      })
    },
    async verify(progress = () => {}) {
      const reader = await engine.openReader()
      try {
        return await verifyStore(reader, progress)
      } finally {
        await reader.close()
      }
    },
    async close() {
      await queue.idle()
      await writer.close()
      await engine.close()
    },
  }
}

function* dueTimers(now: number, limit: number): Steps<ClockTimer[]> {
  const sql = 'select incident, clock, due_at from clocks where due_at < ? order by due_at, incident, clock limit ?'
  return (yield* query(sql, now, limit)).map(([incident, clock, dueAt]) => ({
    incident: incident as string,
    clock: clock as string,
    deadline: dueAt as number,
  }))
}

/** Value and salt go, the rows stay: what was erased can be told from what was lost. */
function* erase(subject: string): Steps<number> {
  const sql = 'update personal set value = null, salt = null where subject = ? and value is not null returning field'
  const erased = yield* query(sql, subject)
  yield* query('update incidents set title = null where id = ?', subject)
  return erased.length
}
