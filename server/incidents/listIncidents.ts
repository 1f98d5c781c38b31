import type { ReferenceData } from '../app.ts'
import type { IncidentQuery, IncidentRecord, Snapshot } from '../store/eventStore.ts'
import { type AsOf, isPresent, recordAsOf } from './asOf.ts'
import { type IncidentFilter, needsJudging, queryOf } from './incidentFilter.ts'
import { type Asker, isVisible } from './scope.ts'
import { type Selected, selectIncidents } from './selectIncidents.ts'

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

/** Newest first fact first, then by id. The present comes in the order of the store, which pages it unless each row must be judged; the past is gathered and paged here. */
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
  const select = (narrow: IncidentQuery) => selectIncidents(snapshot, reference, asker, { filter, asOf, now, narrow })
  if (isPresent(asOf)) {
    const rows = await taken(select({ after: after ?? undefined }), first + 1)
    const totalCount = async () => (await taken(select({}), Number.POSITIVE_INFINITY)).length
    return { records: rows.slice(0, first), hasNextPage: rows.length > first, totalCount }
  }
  // In the past an incident may have begun at another instant than the store's order says.
  const all = await taken(select({}), Number.POSITIVE_INFINITY)
  all.sort(newestFirst)
  const rest = after === null ? all : all.filter(record => isAfter(record, after))
  return { records: rest.slice(0, first), hasNextPage: rest.length > first, totalCount: async () => all.length }
}

async function taken(selected: AsyncGenerator<Selected>, most: number): Promise<IncidentRecord[]> {
  const records: IncidentRecord[] = []
  for await (const { record } of selected) if (records.push(record) === most) break
  return records
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
