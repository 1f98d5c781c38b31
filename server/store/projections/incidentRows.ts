/** What the tables hold of one incident: a pure function of its facts, its frozen policy and the store's time zone. */
import type { Fact } from '#domain/incident/facts.ts'
import { isOpen } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { standingBreaches } from '#domain/sla/breaches.ts'
import { clockFigures } from '#domain/sla/clockFigures.ts'
import { type ClockReading, clockFacts, clocks } from '#domain/sla/clocks.ts'
import type { ClockPolicy } from '#domain/sla/policy.ts'
import { localDay } from '#domain/time/localTime.ts'
import type { AreaCount, IncidentFigures, IncidentRecord } from '../eventStore.ts'

export type IncidentRow = {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly isOpen: boolean
  readonly category: string
  readonly source: string
  readonly tier: string | null
  readonly firstAt: number
  readonly lastAt: number
  readonly lastRecordedAt: number
  readonly version: number
  readonly position: number
  readonly title: string | null
  readonly lng: number | null
  readonly lat: number | null
  readonly firstActor: string | null // of the fact that opened it: whose report it is
  readonly figures: Figures
  readonly doc: Incident
}
/** What summaries need besides the columns. */
export type Figures = Pick<IncidentFigures, 'path' | 'acceptedBy' | 'policy' | 'clocks'>
/** An area the incident was ever placed in; `isCurrent`: it is in the path of today. */
export type AreaOfIncidentRow = {
  readonly incident: string
  readonly area: string
  readonly firstAt: number
  readonly isCurrent: boolean
}
/** A clock that has started. Nothing in it changes with time alone. `dueAt`: when a breach is to be recorded. */
export type ClockRow = {
  readonly incident: string
  readonly clock: string
  readonly startedAt: number
  readonly endedAt: number | null
  readonly elapsedMs: number | null // of a clock that has ended
  readonly limitMs: number | null
  readonly deadline: number | null // null while paused
  readonly breachDeadline: number | null // of the breach that stands in the log
  readonly dueAt: number | null
}
type Readings = { readonly [clock: string]: ClockReading }
export type IncidentRows = {
  readonly incident: IncidentRow
  readonly areas: readonly AreaOfIncidentRow[]
  readonly clocks: readonly ClockRow[]
  readonly counts: readonly AreaCount[]
}

export function incidentRows(record: IncidentRecord, policy: ClockPolicy | null, timezone: string): IncidentRows {
  const { incident } = record
  const { id, firstAt, path } = incident
  const open = isOpen(incident.status)
  const day = localDay(firstAt, timezone)
  // Read at the last fact: what is kept of a reading is the same at every later instant until another fact comes.
  const readings = policy ? clocks(policy, clockFacts(incident.facts), incident.lastAt) : {}
  return {
    incident: incidentRow(record, open, readings),
    areas: everPlaced(incident).map(area => ({ incident: id, area, firstAt, isCurrent: path.includes(area) })),
    clocks: clockRows(incident, readings),
    counts: [...new Set(path)].map(area => ({ area, day, cohort: 1, open: open ? 1 : 0 })),
  }
}

/** Where the title lies in `personal`: under the latest fact that has one. */
export function titleField(incident: Incident): string | null {
  let latest: Fact | null = null
  for (const fact of incident.facts) {
    const isTitled = 'texts' in fact.data && fact.data.texts?.title !== undefined
    if (isTitled && (latest === null || fact.at >= latest.at)) latest = fact
  }
  return latest && `${latest.eventId}.title`
}

function incidentRow(
  { incident, title, version, position }: IncidentRecord,
  open: boolean,
  readings: Readings,
): IncidentRow {
  const { id, number, status, category, source, tier, firstAt, lastAt, place, path, acceptedBy, policy } = incident
  return {
    ...{ id, number, status, isOpen: open, category, source, tier, firstAt, lastAt },
    lastRecordedAt: incident.facts.at(-1)?.recordedAt ?? lastAt,
    ...{ version, position, title, lng: place?.lng ?? null, lat: place?.lat ?? null },
    firstActor: incident.facts[0]?.actor ?? null,
    figures: { path, acceptedBy, policy, clocks: clockFigures(readings, incident.facts) },
    doc: incident,
  }
}

function everPlaced(incident: Incident): string[] {
  const paths = incident.facts.flatMap(({ data }) => ('path' in data && data.path ? [data.path] : []))
  return [...new Set(paths.length === 1 ? incident.path : [...incident.path, ...paths.flat()])].sort()
}

function clockRows(incident: Incident, readings: Readings): ClockRow[] {
  const breaches = standingBreaches(incident.facts)
  return Object.entries(readings).flatMap(([clock, reading]) =>
    reading.startedAt === null
      ? []
      : [clockRow(incident.id, clock, reading, reading.startedAt, breaches.get(clock) ?? null)],
  )
}

function clockRow(
  incident: string,
  clock: string,
  { endedAt, elapsedMs, limitMs, deadline, state }: ClockReading,
  startedAt: number,
  breachDeadline: number | null,
): ClockRow {
  // A clock that ended late without its breach on record is due as well: the log has to agree with the clocks.
  const mayBreach = state === 'running' || state === 'breached'
  const dueAt = mayBreach && deadline !== breachDeadline ? deadline : null
  const endedMs = endedAt === null ? null : elapsedMs
  return { incident, clock, startedAt, endedAt, elapsedMs: endedMs, limitMs, deadline, breachDeadline, dueAt }
}
