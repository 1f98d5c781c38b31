import type { ReferenceData } from '../app.ts'
import type { IncidentRecord, Snapshot } from '../store/eventStore.ts'
import { type AsOf, recordAsOf } from './asOf.ts'
import { type IncidentFilter, needsJudging, queryOf } from './incidentFilter.ts'
import { type Asker, isVisible } from './scope.ts'
import { selectIncidents } from './selectIncidents.ts'

export const MOST_PER_PAGE = 1000

export type Place = { readonly firstAt: number; readonly id: string }
export type ListRequest = {
  readonly filter: IncidentFilter
  readonly first: number
  readonly after: Place | null
  readonly asOf: AsOf
  readonly now: number
}
export type IncidentPage = {
  readonly records: readonly IncidentRecord[]
  readonly hasNextPage: boolean
  /** Counted only when it is asked for: that looks at every row the filter matches. */
  readonly totalCount: () => Promise<number>
}

/** Newest first fact first, then by id. The present is paged by the store; what must be judged is gathered and paged here. */
export async function listIncidents(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  { filter, first, after, asOf, now }: ListRequest,
): Promise<IncidentPage> {
  if (!needsJudging(filter, asker, asOf)) {
    const query = queryOf(filter, asker, asOf)
    const rows = await snapshot.incidents({ ...query, after: after ?? undefined, limit: first + 1 })
    const totalCount = () => snapshot.countIncidents(query)
    return { records: rows.slice(0, first), hasNextPage: rows.length > first, totalCount }
  }
  const all: IncidentRecord[] = []
  for await (const { record } of selectIncidents(snapshot, reference, asker, { filter, asOf, now })) all.push(record)
  all.sort(newestFirst)
  const rest = after === null ? all : all.filter(record => isAfter(record, after))
  return { records: rest.slice(0, first), hasNextPage: rest.length > first, totalCount: async () => all.length }
}

export async function findIncident(
  snapshot: Snapshot,
  asker: Asker,
  id: string,
  asOf: AsOf,
): Promise<IncidentRecord | null> {
  const [found] = await snapshot.incidents({ ids: [id] })
  const record = found === undefined ? null : recordAsOf(found, asOf)
  return record !== null && isVisible(asker, record.incident) ? record : null
}

function newestFirst(a: IncidentRecord, b: IncidentRecord): number {
  return b.incident.firstAt - a.incident.firstAt || (a.incident.id < b.incident.id ? -1 : 1)
}

function isAfter({ incident }: IncidentRecord, place: Place): boolean {
  return incident.firstAt < place.firstAt || (incident.firstAt === place.firstAt && incident.id > place.id)
}
