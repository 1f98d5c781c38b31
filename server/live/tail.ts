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
  /** What comes next after a position; null: nothing yet, wait for the bell. */
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
  let isStale = false
  let stopLooking: (() => void) | null = null

  const stopListening = store.onCommit(() => {
    isStale = true
    doorbell.ring()
    if (listeners.size > 0) void keepUp()
  })

  async function look(): Promise<void> {
    doorbell.expire(monotonic())
    const head = await store.head().catch(() => known)
    if (head <= known && !isStale) return
    isStale = true
    known = Math.max(known, head)
    doorbell.ring()
    if (listeners.size > 0) await keepUp()
  }

  async function start(): Promise<void> {
    known = await store.head()
    ringEnd = known
    isStale = true // a commit may have come while the head was read
  }

  function loadNext(): Promise<void> {
    loading ??= load().finally(() => {
      loading = null
    })
    return loading
  }

  async function load(): Promise<void> {
    isStale = false
    const batch = await readStretch(app, ringEnd)
    if (batch === null) return
    if (batch.events.length === MOST_PER_BATCH) isStale = true
    ring.push(batch)
    ringEnd = batch.upTo
    known = Math.max(known, ringEnd)
    while (ring.length > 1 && ringEnd - (ring[0]?.after ?? 0) > RING_EVENTS) ring.shift()
    for (const listener of listeners) listener(batch)
  }

  async function keepUp(): Promise<void> {
    while (isStale && followers > 0)
      await loadNext().catch(error => app.log('live tail failed', { error: String(error) }))
  }

  return {
    bell: doorbell,
    head: () => known,
    async read(after) {
      // A load that another subscriber began is waited for too: its bell has rung already.
      while (after >= ringEnd && (isStale || loading !== null)) await loadNext()
      if (after >= ringEnd) return null
      const first = ring[0]?.after ?? ringEnd
      if (after < first) return readStretch(app, after)
      return ring.find(batch => batch.after <= after && after < batch.upTo) ?? null
    },
    async enter() {
      followers++
      if (followers === 1) {
        starting = start()
        stopLooking = every(scheduler, LOOK_EVERY_MS, look)
      }
      await starting
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        followers--
        if (followers > 0) return
        stopLooking?.()
        stopLooking = null
        ring = []
      }
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
