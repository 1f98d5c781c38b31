import { type GroupBy, groupKeys } from '#domain/incident/groupKeys.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { type ClockSummary, type SummaryRow, summarizeCohort } from '#domain/sla/summary.ts'
import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { type AsOf, instantOf } from './asOf.ts'
import { groupingPlace } from './groupingPlace.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import type { Asker } from './scope.ts'
import { selectFigures } from './selectFigures.ts'

export type SummaryRequest = {
  readonly filter: IncidentFilter // its from and to make the cohort
  readonly groupBy: GroupBy | null
  readonly asOf: AsOf
  readonly now: number
}

/** SLA.md "Summaries": one row for each key and clock, keys in their order. */
export async function slaSummary(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  { filter, groupBy, asOf, now }: SummaryRequest,
): Promise<ClockSummary[]> {
  const rows: SummaryRow[] = []
  const used = new Set<Policy>()
  const place = groupingPlace(reference)
  const request = { filter, asOf, now }
  for await (const { incident, policy, clocks } of selectFigures(snapshot, reference, asker, request)) {
    if (policy !== null) used.add(policy)
    const keys = groupBy === null ? [null] : groupKeys(groupBy, incident, place, filter.area ?? null)
    for (const key of keys) rows.push({ key, clocks })
  }
  const cohort = { rows, used, isGrouped: groupBy !== null, clock: filter.clock ?? null }
  return summarizeCohort(cohort, reference.policies, Math.min(filter.to ?? now, instantOf(asOf, now)))
}
