import { withBreaches } from '#domain/incident/record.ts'
import { policyOf } from '#domain/sla/policy.ts'
import type { App, ReferenceData } from '../app.ts'
import { freshReference } from '../reference.ts'
import type { ClockTimer, IncidentRecord } from '../store/eventStore.ts'
import { incidentStream, newEvent } from '../store/incidentEvents.ts'

/** So many are taken at once. */
const BATCH = 500

/**
 * Records the breaches that have become due by `now`, at their deadlines, and returns how many facts it wrote. Safe to
 * run in several processes: each append expects the version that it read, and who comes second finds nothing to add.
 * What cannot be written now is passed over, so that it hides nothing that is due after it; the next look tries again.
 */
export async function recordBreaches(app: App, now: number): Promise<number> {
  let written = 0
  const passed = new Set<string>()
  for (;;) {
    const limit = BATCH + passed.size
    const rows = await app.store.dueTimers(now, limit)
    const due = rows.filter(timer => !passed.has(keyOf(timer)))
    const done = await appendBreaches(app, [...new Set(due.map(timer => timer.incident))], now)
    written += done.size
    for (const timer of due) if (!done.has(timer.incident)) passed.add(keyOf(timer))
    if (rows.length < limit) return written
  }
}

function keyOf({ incident, clock }: ClockTimer): string {
  return `${incident} ${clock}`
}

/** The incidents whose breaches it wrote. */
async function appendBreaches(app: App, ids: readonly string[], now: number): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const snapshot = await app.store.snapshot()
  const records = await snapshot.incidents({ ids, limit: ids.length }).finally(() => snapshot.close())
  const { policies } = await referenceOf(app, records)
  const appended = records.map(async ({ incident, version }) => {
    const { id, facts: before } = incident
    const facts = withBreaches({ id, before, told: [], eventIds: [], now }, policies) ?? []
    if (facts.length === 0) return []
    const events = facts.map(fact => newEvent(fact, app.random.uuid(), null))
    const streams = [{ stream: incidentStream(id), expected: version, events }]
    const result = await app.store.append({ command: null, recordedAt: now, streams, personal: [] })
    return result.kind === 'appended' ? [id] : []
  })
  const settled = await Promise.allSettled(appended)
  const failed = settled.filter(({ status }) => status === 'rejected')
  if (failed.length > 0)
    app.log('breaches could not be recorded; the timers try again', {
      incidents: failed.length,
      error: errorOf(failed),
    })
  return new Set(settled.flatMap(outcome => (outcome.status === 'fulfilled' ? outcome.value : [])))
}

/** The cached reference, or one that is read anew where it lacks a policy that an incident is under already. */
async function referenceOf(app: App, records: readonly IncidentRecord[]): Promise<ReferenceData> {
  const cached = await app.reference()
  const isKnown = ({ incident: { policy } }: IncidentRecord) =>
    policy === null || policyOf(cached.policies, policy) !== null
  return records.every(isKnown) ? cached : freshReference(app.store)
}

function errorOf([first]: readonly PromiseSettledResult<unknown>[]): string {
  return first?.status === 'rejected' ? String(first.reason) : ''
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
