import { localDay } from '#domain/time/localTime.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import type { AsOf } from '../incidents/asOf.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { type AreaCounts, counts } from './counts.ts'
import { type WorkersThen, workersThen } from './workersThen.ts'

/**
 * What one query document reads through: one snapshot, opened when first needed and closed when the answer is made,
 * and the rows that many fields share, fetched once.
 */
export type Reading = {
  readonly viewer: Viewer
  readonly reference: ReferenceData
  readonly now: number
  snapshot(): Promise<Snapshot>
  /** Texts of an incident by `<eventId>.<field>`; those asked for in one turn are fetched together. */
  texts(incident: string): Promise<ReadonlyMap<string, string>>
  counts(area: string): Promise<AreaCounts>
  workers(asOf: AsOf): WorkersThen
  /** After a command: what is read from here on stands behind it. */
  renew(): Promise<void>
  close(): Promise<void>
}

export async function openReading(app: App, viewer: Viewer): Promise<Reading> {
  let reference = await app.reference()
  let now = app.time.now()
  let opened: Promise<Snapshot> | null = null
  let isClosed = false
  let shared = fresh()

  function snapshot(): Promise<Snapshot> {
    if (isClosed) return Promise.reject(new Error('read after the answer was made'))
    opened ??= app.store.snapshot()
    return opened
  }
  async function drop(): Promise<void> {
    const held = opened
    opened = null
    shared = fresh()
    await (await held?.catch(() => null))?.close()
  }
  function fresh() {
    return {
      texts: batched(async (ids: readonly string[]) => {
        const found = new Map<string, Map<string, string>>(ids.map(id => [id, new Map()]))
        for (const row of await (await snapshot()).personal(ids)) found.get(row.subject)?.set(row.field, row.value)
        return found
      }),
      counts: batched(async (areas: readonly string[]) =>
        counts(await snapshot(), areas, localDay(now, reference.timezone)),
      ),
      workers: new Map<string, WorkersThen>(),
    }
  }

  return {
    viewer,
    get reference() {
      return reference
    },
    get now() {
      return now
    },
    snapshot,
    texts: async id => (await shared.texts(id)) ?? new Map(),
    counts: async area => (await shared.counts(area)) ?? { today: 0, open: 0 },
    workers(asOf) {
      const key = `${asOf.at}/${asOf.knownAt}`
      const known = shared.workers.get(key) ?? workersThen({ snapshot, reference, viewer, now, asOf })
      shared.workers.set(key, known)
      return known
    },
    async renew() {
      await drop()
      // What is read behind a command is read at its instant: clocks as they stand after it, areas and people as they are.
      reference = await app.reference()
      now = app.time.now()
    },
    async close() {
      isClosed = true
      await drop()
    },
  }
}

/** Gathers the keys that are asked for before the next turn of the event loop into one fetch, and keeps the answers. */
function batched<V>(fetch: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {
  const answers = new Map<string, Promise<V | undefined>>()
  let waiting: string[] = []
  let next: Promise<ReadonlyMap<string, V>> | null = null
  return (key: string): Promise<V | undefined> => {
    const known = answers.get(key)
    if (known !== undefined) return known
    waiting.push(key)
    next ??= new Promise<void>(resolve => setImmediate(resolve)).then(() => {
      const keys = waiting
      waiting = []
      next = null
      return fetch(keys)
    })
    const answer = next.then(found => found.get(key))
    answers.set(key, answer)
    return answer
  }
}
