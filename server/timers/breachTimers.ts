import { breachFacts } from '#domain/sla/breaches.ts'
import type { App } from '../app.ts'
import { newEvents } from '../commands/newEvents.ts'
import { notBeforeRecorded } from '../commands/notBeforeRecorded.ts'
import { policyOf } from '../commands/policyOf.ts'
import type { AppendResult } from '../store/eventStore.ts'

/** One look takes no more than this many; the next look follows at once while there are more. */
const BATCH = 500

/**
 * Records the breaches that have become due by `now`, at their deadlines, and returns how many facts it wrote. Safe to
 * run in several processes: each append expects the version that it read, and who comes second finds nothing to add.
 */
export async function recordBreaches(app: App, now: number): Promise<number> {
  let written = 0
  for (;;) {
    const due = await app.store.dueTimers(now, BATCH)
    if (due.length === 0) return written
    const results = await appendBreaches(app, [...new Set(due.map(timer => timer.incident))], now)
    const appended = results.filter(result => result.kind === 'appended').length
    written += appended
    if (appended === 0 || due.length < BATCH) return written
  }
}

async function appendBreaches(app: App, ids: readonly string[], now: number): Promise<AppendResult[]> {
  const reference = await app.reference()
  const snapshot = await app.store.snapshot()
  const records = await snapshot.incidents({ ids, limit: ids.length }).finally(() => snapshot.close())
  const appends = records.flatMap(({ incident, version }) => {
    const policy = policyOf(reference.policies, incident.policy)
    const facts = policy === null ? [] : breachFacts(incident, policy, notBeforeRecorded(incident, now))
    if (facts.length === 0) return []
    return [
      app.store.append({
        command: null,
        recordedAt: now,
        streams: [{ stream: `incident:${incident.id}`, expected: version, events: newEvents(app, facts, null) }],
        personal: [],
      }),
    ]
  })
  return Promise.all(appends)
}

/** How often the deadlines are looked at, in real time: a breach is recorded well within a second of its instant. */
const LOOK_EVERY_MS = 250

/** Looks at the deadlines for as long as the process lives; the overdue ones of a time when none did come first. */
export function startBreachTimers(app: App): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve()
  let busy = false
  const look = () => {
    if (busy) return
    busy = true
    looking = recordBreaches(app, app.time.now())
      .then(() => {})
      .catch(error => app.log('breach timers failed; they try again', { error: String(error) }))
      .finally(() => {
        busy = false
      })
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => {
    clearInterval(timer)
    return looking
  }
}
