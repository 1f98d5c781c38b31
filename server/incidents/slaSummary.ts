import { inForce } from '#domain/sla/choosePolicy.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { type ClockSummary, type SummaryRow, summarize } from '#domain/sla/summary.ts'
import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { type AsOf, instantOf } from './asOf.ts'
import { type GroupBy, groupKeys } from './groupKeys.ts'
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
  const request = { filter, asOf, now }
  for await (const { incident, policy, clocks } of selectFigures(snapshot, reference, asker, request)) {
    if (policy !== null) used.add(policy)
    const keys = groupBy === null ? [null] : groupKeys(groupBy, incident, reference, filter.area ?? null)
    for (const key of keys) rows.push({ key, clocks })
  }
  rows.sort((a, b) => (a.key === b.key ? 0 : a.key === null || (b.key !== null && a.key > b.key) ? 1 : -1))
  // Nobody there: the clocks that would have run then, so that an empty cohort is a row of zeros.
  const instant = Math.min(filter.to ?? now, instantOf(asOf, now))
  const policies =
    used.size > 0 ? reference.policies.filter(policy => used.has(policy)) : inForce(reference.policies, instant)
  const names = [...new Set(policies.flatMap(policy => Object.keys(policy.clocks)))]
  return summarize(rows, filter.clock == null ? names : [filter.clock], groupBy === null ? [null] : [])
}
