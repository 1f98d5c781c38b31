import { dutySpansOf } from '#domain/worker/duty.ts'
import type { ReferenceData } from '../app.ts'
import type { DutySpan, Snapshot, WorkerRow } from '../store/eventStore.ts'
import { type AsOf, instantOf } from './asOf.ts'

const MOST_DUTY_FACTS = 100_000

type Wanted = {
  readonly from: number
  readonly to: number
  readonly asOf: AsOf
  readonly now: number
  readonly workers: readonly WorkerRow[]
}

/** How long each of the workers was on duty within [from, to), up to the instant that is looked at; by worker. */
export async function dutyTime(
  snapshot: Snapshot,
  { from, to, asOf, now, workers }: Wanted,
): Promise<ReadonlyMap<string, number>> {
  const end = Math.min(to, instantOf(asOf, now))
  const worked = new Map(workers.map(({ id }) => [id, 0]))
  if (end <= from) return worked
  const spans =
    asOf.knownAt === null
      ? await snapshot.dutySpans({ from, to: end })
      : await spansKnown(snapshot, workers, asOf.knownAt)
  for (const span of spans) {
    const before = worked.get(span.worker)
    if (before === undefined) continue
    const ms = Math.min(span.to ?? end, end) - Math.max(span.from, from)
    worked.set(span.worker, before + Math.max(0, ms))
  }
  return worked
}

/** What was known of somebody's duty lies in the log only. */
async function spansKnown(snapshot: Snapshot, workers: readonly WorkerRow[], knownAt: number): Promise<DutySpan[]> {
  const spans: DutySpan[] = []
  for (const { id } of workers) {
    const events = await snapshot.events({ after: 0, limit: MOST_DUTY_FACTS, stream: `worker:${id}` })
    const known = dutySpansOf(events.filter(event => event.recordedAt <= knownAt))
    spans.push(...known.map(span => ({ ...span, worker: id })))
  }
  return spans
}

/** The children of an area (roots without one), or the area itself, to which each worker belongs by home. */
export function homeKeys(
  workers: readonly WorkerRow[],
  { areas }: ReferenceData,
  area: string | null,
  at: number,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  for (const worker of workers) {
    const path = worker.area === null ? [] : areas.path(worker.area, at)
    const key = area === null ? path[0] : (path[path.indexOf(area) + 1] ?? area)
    if (key !== undefined && (area === null || path.includes(area))) keys.set(worker.id, key)
  }
  return keys
}
