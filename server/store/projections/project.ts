/** Brings the projections up to new events, within the transaction that writes them. */
import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { type DutySpan, missingSpans } from '#domain/worker/duty.ts'
import type { IncidentRecord, PersonalValue, StoredEvent } from '../eventStore.ts'
import { factOf } from '../incidentEvents.ts'
import { forgetFixes } from '../positions.ts'
import { insert, query, type Steps } from '../steps.ts'
import { areaCounts, clocks, dutySpans, incidentAreas, incidents, policies, workerStates } from '../tables.ts'
import { type DutySpanRow, dutyRows } from './dutyRows.ts'
import { addChange, type IncidentChanges, noChanges } from './incidentChange.ts'
import { incidentRows, titleField } from './incidentRows.ts'

/** Policies by id and version. A version never changes, so what is here stays true. */
export type PolicyCache = Map<string, Policy>
/** Until the setting `timezone` is put. */
export const DEFAULT_TIMEZONE = 'Asia/Shanghai'

export function* project(
  events: readonly StoredEvent[],
  values: readonly PersonalValue[],
  policyCache: PolicyCache,
): Steps<void> {
  const byStream = Map.groupBy(events, event => event.stream)
  const workers = [...byStream.keys()].flatMap(stream => idIn(stream, 'worker:') ?? [])
  if (workers.length > 0) yield* projectDuty(workers)

  const touched = [...byStream.keys()].flatMap(stream => idIn(stream, 'incident:') ?? [])
  const ids = [...new Set([...touched, ...values.map(({ subject }) => subject)])]
  if (ids.length === 0) return
  const before = yield* loadIncidents(ids)
  const titles = new Map(values.map(({ subject, field, value }) => [`${subject} ${field}`, value]))
  const after = ids.flatMap(id => {
    const old = before.get(id)
    const record = recordAfter(id, old, byStream.get(`incident:${id}`) ?? [])
    if (!record) return []
    const field = titleField(record.incident)
    const title = titles.get(`${id} ${field}`) ?? (old && titleField(old.incident) === field ? old.title : null)
    return [{ ...record, title }]
  })
  yield* loadPolicies(
    policyCache,
    after.map(({ incident }) => incident),
  )
  const timezone = yield* readTimezone()
  const changes = noChanges()
  for (const record of after) {
    const old = before.get(record.incident.id)
    const rowsBefore = old ? incidentRows(old, policyOf(policyCache, old.incident), timezone) : null
    addChange(changes, rowsBefore, incidentRows(record, policyOf(policyCache, record.incident), timezone))
  }
  yield* writeChanges(changes)
}

export function* writeChanges(changes: IncidentChanges): Steps<void> {
  yield* insert(incidents.insertHead, incidents.upsertTail, changes.incidents.map(incidents.encode))
  yield* insert(incidentAreas.insertHead, incidentAreas.upsertTail, changes.areas.map(incidentAreas.encode))
  yield* insert(clocks.insertHead, clocks.upsertTail, changes.clocks.map(clocks.encode))
  for (const { incident, clock } of changes.endedClocks)
    yield* query('delete from clocks where incident = ? and clock = ?', incident, clock)
  yield* addCounts([...changes.counts.values()].filter(({ cohort, open }) => cohort !== 0 || open !== 0))
}

export function* writeDuty(
  workers: readonly { readonly worker: string; readonly rows: ReturnType<typeof dutyRows> }[],
): Steps<void> {
  yield* query(
    'delete from duty_spans where worker = any(?)',
    workers.map(({ worker }) => worker),
  )
  const states = workers.flatMap(({ rows }) => rows.state ?? [])
  yield* insert(workerStates.insertHead, workerStates.upsertTail, states.map(workerStates.encode))
  const spans = workers.flatMap(({ rows }) => rows.spans)
  yield* insert(dutySpans.insertHead, dutySpans.upsertTail, spans.map(dutySpans.encode))
}

export function* readTimezone(): Steps<string> {
  const [row] = yield* query("select value from settings where key = 'timezone'")
  return row ? (JSON.parse(row[0] as string) as string) : DEFAULT_TIMEZONE
}

/** Fills the cache with the policies that these incidents are under; one that the store doesn't have is an error. */
export function* loadPolicies(cache: PolicyCache, underThem: readonly Incident[]): Steps<void> {
  const isMissing = ({ policy }: Incident) => policy !== null && !cache.has(policyKey(policy))
  if (!underThem.some(isMissing)) return
  for (const row of yield* query(`select ${policies.list} from policies`)) {
    const policy = policies.decode(row)
    cache.set(policyKey(policy), policy)
  }
  const lost = underThem.find(isMissing)
  if (lost?.policy)
    throw new Error(
      `Incident ${lost.id} is under version ${lost.policy.version} of policy ${lost.policy.id}, which the store does not have.`,
    )
}

export function policyOf(cache: PolicyCache, { policy }: Incident): Policy | null {
  return policy && (cache.get(policyKey(policy)) ?? null)
}

export function idIn(stream: string, prefix: 'incident:' | 'worker:'): string | null {
  return stream.startsWith(prefix) ? stream.slice(prefix.length) : null
}

function policyKey({ id, version }: { readonly id: string; readonly version: number }): string {
  return `${id}@${version}`
}

function* loadIncidents(ids: readonly string[]): Steps<Map<string, IncidentRecord>> {
  const rows = yield* query('select doc, title, version, position from incidents where id = any(?)', ids)
  return new Map(rows.map(recordOf).map(record => [record.incident.id, record]))
}

export function recordOf([doc, title, version, position]: readonly (null | number | string)[]): IncidentRecord {
  const incident = JSON.parse(doc as string) as Incident
  return { incident, title: title as string | null, version: version as number, position: position as number }
}

function recordAfter(
  id: string,
  before: IncidentRecord | undefined,
  events: readonly StoredEvent[],
): Omit<IncidentRecord, 'title'> | null {
  const last = events.at(-1)
  if (!last) return before ?? null
  const incident = fold(id, [...(before?.incident.facts ?? []), ...events.map(factOf)])
  return incident && { incident, version: last.version, position: last.position }
}

function* projectDuty(workers: readonly string[]): Steps<void> {
  const streams = workers.map(worker => `worker:${worker}`)
  const rows = yield* query(
    'select stream, type, at, position from events where stream = any(?) order by position',
    streams,
  )
  const facts = Map.groupBy(rows, ([stream]) => stream)
  const standing = yield* query(`select ${dutySpans.list} from duty_spans where worker = any(?)`, workers)
  const before = Map.groupBy(standing.map(dutySpans.decode), ({ worker }) => worker)
  const after = workers.map(worker => {
    const own = facts.get(`worker:${worker}`) ?? []
    const duty = own.map(([, type, at, position]) => ({
      type: type as string,
      at: at as number,
      position: position as number,
    }))
    return { worker, rows: dutyRows(worker, duty) }
  })
  yield* writeDuty(after)
  // An end that is told late: what was kept meanwhile was off duty, and no position is stored off duty.
  for (const { worker, rows } of after) {
    const lost = missingSpans((before.get(worker) ?? []).map(spanOf), rows.spans.map(spanOf))
    if (lost.length > 0) yield* forgetFixes(worker, lost)
  }
}

function spanOf({ fromAt, toAt }: DutySpanRow): DutySpan {
  return { from: fromAt, to: toAt }
}

function* addCounts(counts: Parameters<typeof areaCounts.encode>[0][]): Steps<void> {
  const add = 'cohort = area_counts.cohort + excluded.cohort, open = area_counts.open + excluded.open'
  yield* insert(areaCounts.insertHead, `on conflict (area, day) do update set ${add}`, counts.map(areaCounts.encode))
  const shrunk = counts.filter(({ cohort }) => cohort < 0).map(({ area }) => area)
  if (shrunk.length > 0) yield* query('delete from area_counts where area = any(?) and cohort = 0', shrunk)
}
