/** From the rows of a file to incidents with their facts: decides, writes nothing. */
import type { FactData, FactType, NewFact } from '#domain/incident/facts.ts'
import { columnReader } from './cellReaders.ts'
import type { CsvRow } from './csvRows.ts'
import type { RefusedRow } from './importReport.ts'
import { type IncidentRow, incidentRowReader, MILESTONES, type PlanContext } from './incidentRows.ts'
import type { IncidentsMapping } from './mapping.ts'
import { stableUuid } from './stableId.ts'

export type PlannedIncident = {
  readonly kind: 'incident'
  readonly id: string
  readonly number: string
  readonly rows: readonly IncidentRow[]
  /** In order of time; the policy and the digests of the texts are still to be filled in. */
  readonly facts: readonly NewFact[]
  readonly texts: { readonly title?: string; readonly description?: string }
  readonly isOpen: boolean // no row says when it ended
}
export type Planned = PlannedIncident | ({ readonly kind: 'refused' } & RefusedRow)

/**
 * Yields each incident when the last of its rows has gone by. Reads the rows twice: the rows of one incident may lie
 * anywhere in the file, and counting them first keeps in memory only the groups that are still incomplete.
 */
export async function* planIncidents(
  header: readonly string[],
  rows: (pass: 'count' | 'read') => AsyncIterable<CsvRow> | Iterable<CsvRow>,
  mapping: IncidentsMapping,
  context: PlanContext,
): AsyncGenerator<Planned> {
  const group = columnReader(header, mapping.group.by)
  const read = incidentRowReader(header, mapping, context)
  const left = new Map<string, number>()
  for await (const row of rows('count')) {
    if (row.fault) continue
    const key = group.read(row)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  const waiting = new Map<string, IncidentRow[]>()
  for await (const row of rows('read')) {
    const key = row.fault ? '' : group.read(row)
    if (row.fault || key === '') {
      const reason = row.fault ?? 'is empty: the row does not say which incident it belongs to'
      yield { kind: 'refused', line: row.line, field: row.fault ? '' : group.field, value: '', reason }
      continue
    }
    const result = read(row)
    const members = waiting.get(key) ?? []
    waiting.set(key, members)
    if ('reason' in result) yield { kind: 'refused', ...result }
    else members.push(result)
    const remaining = (left.get(key) ?? 1) - 1
    if (remaining > 0) {
      left.set(key, remaining)
      continue
    }
    left.delete(key)
    waiting.delete(key)
    if (members.length > 0) yield* assemble(key, members, mapping)
  }
}

/** One incident of the rows that belong to it; rows that contradict the incident's own report or end are refused. */
function* assemble(key: string, all: readonly IncidentRow[], mapping: IncidentsMapping): Generator<Planned> {
  let rows = all
  for (;;) {
    const reported = take(rows, mapping, 'reported')
    if (reported === undefined) {
      const field = mapping.milestones.reported.column
      for (const { line } of rows)
        yield { kind: 'refused', line, field, value: '', reason: 'no row of this incident says when it was reported' }
      return
    }
    const ends = { reported, resolved: take(rows, mapping, 'resolved'), closed: take(rows, mapping, 'closed') }
    const refused = rows.flatMap(row => contradiction(row, ends, mapping))
    if (refused.length === 0) break
    for (const row of refused) yield { kind: 'refused', ...row }
    rows = rows.filter(row => !refused.some(r => r.line === row.line))
    if (rows.length === 0) return
  }
  yield incident(key, rows, mapping)
}

/** The incident's own times that its rows must agree with. */
type Ends = { readonly reported: number; readonly resolved: number | undefined; readonly closed: number | undefined }

function contradiction(
  row: IncidentRow,
  { reported, resolved, closed }: Ends,
  mapping: IncidentsMapping,
): RefusedRow[] {
  const isClosedEarly = closed !== undefined && resolved !== undefined && closed < resolved
  for (const name of ['dispatched', 'accepted', 'arrived', 'resolved', 'closed'] as const) {
    const at = row.times[name]
    if (at === undefined) continue
    const field = mapping.milestones[name]?.column ?? name
    const refuse = (reason: string) => [{ line: row.line, field, value: new Date(at).toISOString(), reason }]
    if (at < reported) return refuse('is before the incident was reported')
    if (name === 'closed' && isClosedEarly && at < resolved) return refuse('is before the incident was resolved')
    if (name !== 'resolved' && name !== 'closed' && resolved !== undefined && at > resolved)
      return refuse('is after the incident was resolved')
  }
  return []
}

function incident(key: string, rows: readonly IncidentRow[], mapping: IncidentsMapping): PlannedIncident {
  const first = rows[0] as IncidentRow
  const at = (milestone: 'occurred' | 'signalled' | 'reported' | 'resolved' | 'closed') =>
    take(rows, mapping, milestone)
  const facts: NewFact[] = []
  const add = <T extends FactType>(type: T, when: number | undefined, data: FactData[T]) => {
    if (when !== undefined) facts.push({ type, at: when, data } as NewFact)
  }
  const occurredAt = at('occurred')
  const opening = {
    number: first.number,
    category: first.category,
    source: first.source,
    tier: first.tier,
    policy: null,
    place: first.place,
    path: first.path,
    ...(first.originalPlace ? { originalPlace: first.originalPlace } : {}),
    ...(occurredAt === undefined ? {} : { occurredAt }),
  }
  const reported = at('reported')
  const signalled = at('signalled')
  // A signal that came after the report opened nothing.
  const isSignalled = signalled !== undefined && reported !== undefined && signalled <= reported
  if (isSignalled) add('signalled', signalled, opening)
  add('reported', reported, isSignalled ? {} : opening)
  for (const row of rows)
    for (const type of ['dispatched', 'accepted', 'arrived'] as const)
      add(type, row.times[type], { assignee: row.worker })
  add('resolved', at('resolved'), {})
  add('closed', at('closed'), {})
  const rank = (fact: NewFact) => (MILESTONES as readonly string[]).indexOf(fact.type)
  facts.sort((a, b) => a.at - b.at || rank(a) - rank(b))
  return {
    kind: 'incident',
    id: stableUuid('incident', mapping.name, key),
    number: first.number,
    rows,
    facts,
    texts: {
      ...(first.title ? { title: first.title } : {}),
      ...(first.description ? { description: first.description } : {}),
    },
    isOpen: at('resolved') === undefined && at('closed') === undefined,
  }
}

function take(
  rows: readonly IncidentRow[],
  mapping: IncidentsMapping,
  milestone: 'occurred' | 'signalled' | 'reported' | 'resolved' | 'closed',
): number | undefined {
  const times = rows.flatMap(row => row.times[milestone] ?? [])
  if (times.length === 0) return undefined
  return mapping.milestones[milestone]?.take === 'last' ? Math.max(...times) : Math.min(...times)
}
