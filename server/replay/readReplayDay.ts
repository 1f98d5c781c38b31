import type { Fact } from '#domain/incident/facts.ts'
import { fold, isOpen } from '#domain/incident/fold.ts'
import type { Knowing } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay, ReplayIncident, ReplayWorker } from '#domain/replay/replayDay.ts'
import { mayReadPersonal } from '../access/may.ts'
import { inScope, type Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import { knownPlaceLat } from '../heat/placeLat.ts'
import { ownBounds } from '../incidents/ownBounds.ts'
import { scan } from '../incidents/selectIncidents.ts'
import { areaSight, seesWorker } from '../incidents/sight.ts'
import type { IncidentRecord, Snapshot } from '../store/eventStore.ts'

export type Stretch = {
  readonly from: number
  readonly to: number
  readonly since: number
  readonly knowing: Knowing
  readonly now: number
}

/** What the viewer may know of a stretch of time: one snapshot, so that all of it stands at one head. */
export async function readReplayDay(
  snapshot: Snapshot,
  reference: ReferenceData,
  viewer: Viewer,
  stretch: Stretch,
): Promise<ReplayDay> {
  const { since, from, now } = stretch
  const to = Math.min(stretch.to, now)
  const records: IncidentRecord[] = []
  const wide = { scope: viewer.areas, everPlaced: true }
  // As it was known then, what was over may have stood open until somebody told of its end.
  const older = { at: from - 1, recordedAt: stretch.knowing === 'then' ? from - 1 : Number.MAX_SAFE_INTEGER }
  for await (const record of scan(snapshot, { ...wide, from: since, to: to + 1 })) records.push(record)
  for await (const record of scan(snapshot, { ...wide, to: since, openOrChangedAfter: older })) records.push(record)
  const reasons = await pauseReasons(snapshot, viewer, records)
  const incidents = records.flatMap(record => {
    const told = replayIncident(record, viewer, reference, to, reasons)
    return told === null || isOver(told, stretch) ? [] : [told]
  })
  return {
    head: await snapshot.head(),
    from,
    to,
    since,
    firstDay: await firstDay(snapshot, viewer),
    bounds: ownBounds(viewer, reference, now),
    placeLat: knownPlaceLat(reference, now),
    scope: viewer.areas,
    policies: reference.policies,
    areaNames: areaNames(incidents, reference, now),
    people: people(incidents, reference),
    workers: await replayWorkers(snapshot, reference, viewer, { from, to, now }),
    incidents,
  }
}

/** The facts up to `to` that a viewer may be told; null where it never lay in the viewer's areas. */
function replayIncident(
  { incident, title }: IncidentRecord,
  viewer: Viewer,
  reference: ReferenceData,
  to: number,
  reasons: ReadonlyMap<string, string>,
): ReplayIncident | null {
  const facts = incident.facts.filter(fact => fact.at <= to)
  const hiddenFrom = leavesAt(incident.id, facts, viewer)
  if (hiddenFrom === 'never seen') return null
  const told = facts.filter(fact => hiddenFrom === null || fact.at < hiddenFrom)
  const name = reference.categories.get(incident.category)?.name ?? incident.category
  return {
    id: incident.id,
    title: (mayReadPersonal(viewer) ? title : null) ?? name,
    hiddenFrom,
    reasons: Object.fromEntries(
      told.flatMap(({ eventId, position }) => {
        const reason = reasons.get(`${incident.id} ${eventId}.reason`)
        return reason === undefined ? [] : [[position, reason]]
      }),
    ),
    facts: told.map(fact => ({ ...fact, eventId: '', actor: null, data: tellable(fact.data, viewer) }) as Fact),
  }
}

/** When it left the viewer's areas for good; null: not within these facts. Between leaving and coming back its path says so. */
function leavesAt(id: string, facts: readonly Fact[], viewer: Viewer): number | null | 'never seen' {
  const paths = facts.flatMap(({ data }) => ('path' in data && data.path !== undefined ? [data.path] : []))
  if (paths.every(path => inScope(viewer, path))) return facts.length === 0 ? 'never seen' : null
  const instants = [...new Set(facts.map(fact => fact.at))].sort((a, b) => a - b)
  let left: number | null | 'never seen' = 'never seen'
  for (const at of instants) {
    const then = fold(
      id,
      facts.filter(fact => fact.at <= at),
    )
    if (then !== null && inScope(viewer, then.path)) left = null
    else if (left === null) left = at
  }
  return left
}

/** Without digests of what was written, and without where it lay before it came into the viewer's areas. */
function tellable(data: Fact['data'], viewer: Viewer): object {
  const { texts: _, originalPlace: __, ...rest } = data as { texts?: unknown; originalPlace?: unknown }
  const isElsewhere = 'path' in data && data.path !== undefined && !inScope(viewer, data.path)
  return isElsewhere ? { ...rest, path: [], place: null } : rest
}

/** Over before the stretch began, and begun before anything looks back to it. */
function isOver({ id, facts }: ReplayIncident, { from, since, knowing }: Stretch): boolean {
  if (facts.some(fact => fact.at >= from || (knowing === 'then' && fact.recordedAt >= from))) return false
  const then = fold(id, facts)
  return then === null || (then.firstAt < since && !isOpen(then.status))
}

async function pauseReasons(snapshot: Snapshot, viewer: Viewer, records: readonly IncidentRecord[]) {
  const found = new Map<string, string>()
  if (!mayReadPersonal(viewer)) return found
  const paused = records.filter(({ incident }) => incident.facts.some(fact => fact.type === 'paused'))
  const subjects = paused.map(({ incident }) => incident.id)
  const pauses = new Set(
    paused.flatMap(({ incident }) =>
      incident.facts.filter(({ type }) => type === 'paused').map(fact => `${incident.id} ${fact.eventId}.reason`),
    ),
  )
  for (const { subject, field, value } of subjects.length === 0 ? [] : await snapshot.personal(subjects)) {
    const key = `${subject} ${field}`
    if (pauses.has(key)) found.set(key, value)
  }
  return found
}

/** The local day of the earliest incident of the viewer's areas. */
async function firstDay(snapshot: Snapshot, viewer: Viewer): Promise<string | null> {
  const counts = await snapshot.areaCounts({ areas: viewer.areas })
  return counts.reduce<string | null>((first, { day }) => (first === null || day < first ? day : first), null)
}

function areaNames(incidents: readonly ReplayIncident[], { areas }: ReferenceData, now: number) {
  const names: { [code: string]: string } = {}
  for (const { facts } of incidents) {
    for (const { at, data } of facts) {
      const code = 'path' in data ? data.path?.at(-1) : undefined
      if (code === undefined || code in names) continue
      const name = (areas.area(code, at) ?? areas.area(code, now))?.name
      if (name !== undefined) names[code] = name
    }
  }
  return names
}

function people(incidents: readonly ReplayIncident[], { workers }: ReferenceData) {
  const names: { [worker: string]: string } = {}
  for (const { facts } of incidents) {
    for (const { data } of facts) {
      const name = 'assignee' in data && data.assignee !== undefined ? workers.get(data.assignee)?.name : undefined
      if (name !== undefined && 'assignee' in data && data.assignee !== undefined) names[data.assignee] = name
    }
  }
  return names
}

async function replayWorkers(
  snapshot: Snapshot,
  reference: ReferenceData,
  viewer: Viewer,
  { from, to, now }: { readonly from: number; readonly to: number; readonly now: number },
): Promise<ReplayWorker[]> {
  const spans = Map.groupBy(await snapshot.dutySpans({ from, to: to + 1 }), span => span.worker)
  return [...reference.workers.values()]
    .filter(row => seesWorker(viewer, reference, row, now))
    .map(({ id, name, role, area }) => ({
      id,
      name,
      role,
      area: area !== null && areaSight(viewer, reference, area, now) !== 'none' ? area : null,
      duty: (spans.get(id) ?? []).map(span => ({ from: span.from, to: span.to })),
    }))
}
