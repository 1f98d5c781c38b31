import type { App } from '../app.ts'
import type { IncidentRecord, StoredEvent } from '../store/eventStore.ts'
import { type Bell, bell } from './bell.ts'
import { every, type Scheduler } from './scheduler.ts'

/** A stretch of the log: positions (after, upTo], with the incidents they speak of as they stood when it was read. */
export type Batch = {
  readonly after: number
  readonly upTo: number
  readonly events: readonly StoredEvent[]
  readonly records: ReadonlyMap<string, IncidentRecord>
}

/**
 * The newest stretch of the log, read once for all subscribers and kept in a ring of bounded length; what lies before
 * it is read for the one who asks. It follows this process' commits by the doorbell, other processes' by looking.
 */
export type Tail = {
  readonly bell: Bell
  /** The last position that is known to be written. */
  head(): number
  /** The last position that is written now, asked once for all who ask at once. Throws when the store does not answer. */
  readHead(): Promise<number>
  /** What comes next after a position; null: nothing yet, or the store does not answer now. Wait for the bell. */
  read(after: number): Promise<Batch | null>
  /** Somebody follows: the ring is kept up until every `enter` was left again. */
  enter(): Promise<() => void>
  /** Called for each stretch as it enters the ring. */
  onBatch(listener: (batch: Batch) => void): () => void
  close(): void
}

export const MOST_PER_BATCH = 500
const RING_EVENTS = 5000
const LOOK_EVERY_MS = 500
/** After a read that failed the next waits so long, twice as long each time that fails again. */
const RETRY_MS = 250
const RETRY_AT_MOST_MS = 8000

export function createTail(app: App, scheduler: Scheduler, monotonic: () => number): Tail {
  const { store } = app
  const doorbell = bell()
  const listeners = new Set<(batch: Batch) => void>()
  let ring: Batch[] = []
  let ringEnd = 0
  let known = 0
  let followers = 0
  let starting: Promise<void> | null = null
  let loading: Promise<void> | null = null
  let asking: Promise<number> | null = null
  let isStale = false // the log may hold more than the ring
  let failures = 0
  let retryAt = Number.NEGATIVE_INFINITY
  let stopLooking: (() => void) | null = null

  const stopListening = store.onCommit(() => {
    isStale = true
    doorbell.ring()
    if (listeners.size > 0) void keepUp()
  })

  async function look(): Promise<void> {
    doorbell.expire(monotonic())
    if (isHeldBack()) return
    await readHead().catch(failed)
    if (!isStale || isHeldBack()) return
    doorbell.ring()
    if (listeners.size > 0) await keepUp()
  }

  function readHead(): Promise<number> {
    asking ??= store
      .head()
      .then(head => {
        known = Math.max(known, head)
        if (head > ringEnd) isStale = true
        return known
      })
      .finally(() => {
        asking = null
      })
    return asking
  }

  /** Whoever waits is told again when the store may answer: nobody takes a read that failed for the end of the log. */
  function failed(error: unknown): null {
    isStale = true
    retryAt = monotonic() + Math.min(RETRY_AT_MOST_MS, RETRY_MS * 2 ** failures)
    failures++
    app.log('live tail failed; it tries again', { error: String(error) })
    return null
  }

  const isHeldBack = () => monotonic() < retryAt

  async function start(): Promise<void> {
    known = await store.head()
    ring = []
    ringEnd = known
    isStale = true // a commit may have come while the head was read
    stopLooking ??= every(scheduler, LOOK_EVERY_MS, look)
  }

  function loadNext(): Promise<void> {
    loading ??= load()
      .catch(failed)
      .then(() => {
        loading = null
      })
    return loading
  }

  async function load(): Promise<void> {
    isStale = false
    const batch = await readStretch(app, ringEnd)
    failures = 0
    // Where everybody left meanwhile and somebody came, the ring begins elsewhere.
    if (batch === null || batch.after !== ringEnd) return
    if (batch.events.length === MOST_PER_BATCH) isStale = true
    ring.push(batch)
    ringEnd = batch.upTo
    known = Math.max(known, ringEnd)
    while (ring.length > 1 && ringEnd - (ring[0]?.after ?? 0) > RING_EVENTS) ring.shift()
    for (const listener of listeners) listener(batch)
  }

  async function keepUp(): Promise<void> {
    while (isStale && followers > 0 && !isHeldBack()) await loadNext()
  }

  return {
    bell: doorbell,
    head: () => known,
    readHead,
    async read(after) {
      // A load that another subscriber began is waited for too: its bell has rung already.
      while (after >= ringEnd && (loading !== null || (isStale && !isHeldBack()))) await loadNext()
      if (after >= ringEnd) return null
      const held = ring.find(batch => batch.after <= after && after < batch.upTo)
      if (held !== undefined) return held
      if (isHeldBack()) return null
      // SQLite answers at once: without this nobody else would be served until one has caught up.
      await new Promise(resolve => setImmediate(resolve))
      return readStretch(app, after).catch(failed)
    },
    async enter() {
      followers++
      let isIn = true
      const leave = () => {
        if (!isIn) return
        isIn = false
        followers--
        if (followers > 0) return
        stopLooking?.()
        stopLooking = null
        starting = null
        ring = []
      }
      starting ??= start()
      const begun = starting
      try {
        await begun
      } catch (error) {
        // Whoever comes next begins anew: one answer that failed is none for all who ever follow.
        if (starting === begun) starting = null
        leave()
        throw error
      }
      return leave
    },
    onBatch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      stopListening()
      stopLooking?.()
    },
  }
}

async function readStretch({ store }: App, after: number): Promise<Batch | null> {
  const snapshot = await store.snapshot()
  try {
    const events = await snapshot.events({ after, limit: MOST_PER_BATCH })
    const last = events.at(-1)
    if (last === undefined) return null
    const ids = [...new Set(events.flatMap(event => incidentOf(event) ?? []))]
    const found = ids.length === 0 ? [] : await snapshot.incidents({ ids })
    return { after, upTo: last.position, events, records: new Map(found.map(record => [record.incident.id, record])) }
  } finally {
    await snapshot.close()
  }
}

export function incidentOf({ stream }: StoredEvent): string | null {
  return stream.startsWith('incident:') ? stream.slice('incident:'.length) : null
}

export function workerOf({ stream }: StoredEvent): string | null {
  return stream.startsWith('worker:') ? stream.slice('worker:'.length) : null
}
