import { dutySpansOf, isOnDuty } from '#domain/worker/duty.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import { type AsOf, instantOf, isPresent } from '../incidents/asOf.ts'
import { selectIncidents } from '../incidents/selectIncidents.ts'
import type { PositionFix, Snapshot, WorkerRow } from '../store/eventStore.ts'

/** Who was on duty, where and on what, at an instant. Each is fetched once, when a field asks for it. */
export type WorkersThen = {
  readonly asOf: AsOf
  /** Since when each worker on duty is. */
  duty(): Promise<ReadonlyMap<string, number>>
  /** Where each worker on duty is: only what was measured in this spell of duty. */
  fixes(): Promise<ReadonlyMap<string, PositionFix>>
  /** The open incident in the viewer's scope that each is on: the newest. */
  incidents(): Promise<ReadonlyMap<string, string>>
}

/** A worker, read at one instant. */
export type WorkerSource = { readonly row: WorkerRow; readonly when: WorkersThen }

type Given = {
  readonly snapshot: () => Promise<Snapshot>
  readonly reference: ReferenceData
  readonly viewer: Viewer
  readonly now: number
  readonly asOf: AsOf
}

export function workersThen(given: Given): WorkersThen {
  const { asOf } = given
  const duty = once(() => dutyThen(given))
  return {
    asOf,
    duty,
    fixes: once(async () => fixesThen(given, await duty())),
    incidents: once(() => incidentsThen(given)),
  }
}

async function dutyThen({ snapshot, now, asOf, reference }: Given): Promise<Map<string, number>> {
  const read = await snapshot()
  if (isPresent(asOf)) {
    const states = await read.workerStates()
    return new Map(states.filter(({ onDuty }) => onDuty).map(({ id, since }) => [id, since]))
  }
  const at = instantOf(asOf, now)
  if (asOf.knownAt === null) {
    const spans = await read.dutySpans({ from: at, to: at + 1 })
    return new Map(spans.filter(span => isOnDuty([span], at)).map(({ worker, from }) => [worker, from]))
  }
  // What was known of somebody's duty lies in the log only.
  const since = new Map<string, number>()
  for (const id of reference.workers.keys()) {
    const events = await read.events({ after: 0, limit: 100_000, stream: `worker:${id}` })
    const known = events.filter(event => event.at <= at && event.recordedAt <= (asOf.knownAt ?? now))
    const holding = dutySpansOf(known).find(span => isOnDuty([span], at))
    if (holding !== undefined) since.set(id, holding.from)
  }
  return since
}

async function fixesThen(
  { snapshot, now, asOf }: Given,
  duty: ReadonlyMap<string, number>,
): Promise<Map<string, PositionFix>> {
  if (duty.size === 0) return new Map()
  const at = instantOf(asOf, now)
  const workers = [...duty.keys()]
  const notBefore = [...duty.values()].reduce((earliest, since) => Math.min(earliest, since))
  const read = await snapshot()
  const found =
    asOf.knownAt === null
      ? await read.lastPositions({ workers, notBefore, at: asOf.at ?? undefined })
      : (await read.positions({ workers, from: notBefore, to: at })).filter(
          fix => fix.recordedAt <= (asOf.knownAt ?? now),
        )
  // In time order, so the last one stays.
  return new Map(found.filter(fix => fix.at >= (duty.get(fix.worker) ?? Infinity)).map(fix => [fix.worker, fix]))
}

async function incidentsThen({ snapshot, reference, viewer, now, asOf }: Given): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const read = await snapshot()
  for await (const { record } of selectIncidents(read, reference, viewer, { filter: { open: true }, asOf, now })) {
    for (const worker of record.incident.assignees) if (!found.has(worker)) found.set(worker, record.incident.id)
  }
  return found
}

function once<T>(fetch: () => Promise<T>): () => Promise<T> {
  let held: Promise<T> | null = null
  return () => {
    held ??= fetch()
    return held
  }
}
