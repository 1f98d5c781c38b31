/** Replays the log into the projections, some streams to a transaction: a server that runs goes on and sees no gap. */
import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { localDay } from '#domain/time/localTime.ts'
import type { AreaCount, IncidentRecord, StoredEvent } from './eventStore.ts'
import { factOf } from './incidentEvents.ts'
import { dutyRows } from './projections/dutyRows.ts'
import { addChange, addCount, noChanges } from './projections/incidentChange.ts'
import { type IncidentRows, incidentRows, titleField } from './projections/incidentRows.ts'
import {
  idIn,
  loadPolicies,
  type PolicyCache,
  policyOf,
  readTimezone,
  writeChanges,
  writeDuty,
} from './projections/project.ts'
import { insert, query, type Steps } from './steps.ts'
import { areaCounts, events } from './tables.ts'

/** Raised with every change of what the projections hold: a store whose projections are of an earlier version rebuilds them. */
export const PROJECTION_VERSION = 3
const STREAMS_AT_ONCE = 500

export function* projectionVersion(): Steps<number> {
  const [row] = yield* query('select projection_version from log_head where id = 1')
  return (row?.[0] ?? 0) as number
}

export function* markRebuilt(): Steps<void> {
  yield* query('update log_head set projection_version = ? where id = 1', PROJECTION_VERSION)
}

/** The next streams after one, in order; none at the end. */
export function* nextStreams(after: string): Steps<string[]> {
  const rows = yield* query(
    'select distinct stream from events where stream > ? order by stream limit ?',
    after,
    STREAMS_AT_ONCE,
  )
  return rows.map(([stream]) => stream as string)
}

export type Replay = {
  readonly events: number
  readonly incidents: readonly IncidentRows[]
  readonly duty: readonly { readonly worker: string; readonly rows: ReturnType<typeof dutyRows> }[]
}

/** What the projections must hold of these streams. */
export function* replay(streams: readonly string[], policies: PolicyCache): Steps<Replay> {
  const rows = yield* query(`select ${events.list} from events where stream = any(?) order by position`, streams)
  const byStream = Map.groupBy(rows.map(events.decode), event => event.stream)
  const records = [...byStream].flatMap(([stream, own]) => recordOf(idIn(stream, 'incident:'), own) ?? [])
  yield* loadPolicies(
    policies,
    records.map(({ incident }) => incident),
  )
  const titles = yield* readTitles(records.map(({ incident }) => incident))
  const timezone = yield* readTimezone()
  return {
    events: rows.length,
    incidents: records.map(record => {
      const { incident } = record
      const title = titles.get(incident.id) ?? null
      return incidentRows({ ...record, title }, policyOf(policies, incident), timezone)
    }),
    duty: [...byStream].flatMap(([stream, own]) => {
      const worker = idIn(stream, 'worker:')
      return worker === null ? [] : [{ worker, rows: dutyRows(worker, own) }]
    }),
  }
}

/** Replaces the rows of these streams. Counts are made anew at the end, by `recountAreas`. */
export function* rebuildStreams(streams: readonly string[], policies: PolicyCache): Steps<number> {
  const replayed = yield* replay(streams, policies)
  const ids = streams.flatMap(stream => idIn(stream, 'incident:') ?? [])
  const numbers = replayed.incidents.map(({ incident }) => incident.number)
  yield* query('delete from incidents where id = any(?) or number = any(?)', ids, numbers)
  yield* query('delete from incident_areas where incident = any(?)', ids)
  yield* query('delete from clocks where incident = any(?)', ids)
  const changes = noChanges()
  for (const rows of replayed.incidents) addChange(changes, null, rows)
  changes.counts.clear()
  yield* writeChanges(changes)
  const workers = streams.flatMap(stream => idIn(stream, 'worker:') ?? [])
  yield* query('delete from worker_states where id = any(?)', workers)
  yield* writeDuty(replayed.duty)
  return replayed.events
}

/** Rows of streams that the log does not have: table, its column, what precedes it in the stream's name. */
export const ORPHANS = [
  ['incidents', 'id', 'incident:'],
  ['incident_areas', 'incident', 'incident:'],
  ['clocks', 'incident', 'incident:'],
  ['worker_states', 'id', 'worker:'],
  ['duty_spans', 'worker', 'worker:'],
] as const

export function isOrphan([table, column, prefix]: (typeof ORPHANS)[number]): string {
  return `not exists (select 1 from events e where e.stream = '${prefix}' || ${table}.${column})`
}

export function* removeOrphans(): Steps<void> {
  for (const orphans of ORPHANS) yield* query(`delete from ${orphans[0]} where ${isOrphan(orphans)}`)
}

export function* recountAreas(): Steps<void> {
  const timezone = yield* readTimezone()
  const counts = new Map<string, AreaCount>()
  const sql = `select a.area, i.first_at, i.is_open from incident_areas a join incidents i on i.id = a.incident where a.is_current = 1`
  for (const [area, firstAt, open] of yield* query(sql))
    addCount(
      counts,
      { area: area as string, day: localDay(firstAt as number, timezone), cohort: 1, open: open as number },
      1,
    )
  yield* query('delete from area_counts')
  yield* insert(areaCounts.insertHead, '', [...counts.values()].map(areaCounts.encode))
}

function recordOf(id: string | null, own: readonly StoredEvent[]): Omit<IncidentRecord, 'title'> | null {
  const last = own.at(-1)
  const incident = id === null ? null : fold(id, own.map(factOf))
  return incident && last ? { incident, version: last.version, position: last.position } : null
}

function* readTitles(incidents: readonly Incident[]): Steps<Map<string, string | null>> {
  const fields = new Map(incidents.map(incident => [incident.id, titleField(incident)]))
  const ids = incidents.map(({ id }) => id)
  const rows = yield* query('select subject, field, value from personal where subject = any(?)', ids)
  const isTitle = rows.filter(([subject, field]) => fields.get(subject as string) === field)
  return new Map(isTitle.map(([subject, , value]) => [subject as string, value as string | null]))
}
