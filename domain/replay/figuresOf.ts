import { countFlow, emptyFlow, type FlowBin } from '../incident/flow.ts'
import { type GroupBy, groupKeys } from '../incident/groupKeys.ts'
import { type Policy, policyOf } from '../sla/policy.ts'
import { type ClockSummary, type SummaryRow, summarizeCohort } from '../sla/summary.ts'
import type { Bin } from '../time/bins.ts'
import type { ReplayedIncident } from './incidentsAt.ts'

/** Incidents as they stood at an instant, and which of them are meant: placed in the area, null for all of them. */
export type Asked = {
  readonly at: number
  readonly incidents: readonly ReplayedIncident[]
  readonly area: string | null
  readonly policies: readonly Policy[]
  readonly timezone: string
}

/** SLA.md "Summaries" of the cohort whose first fact lies in [from, to), as of the instant. */
export function summaryOf(asked: Asked, { from, to }: Bin, groupBy: Exclude<GroupBy, 'LEVEL'> | null): ClockSummary[] {
  const { at, area, policies, timezone } = asked
  const rows: SummaryRow[] = []
  const used = new Set<Policy>()
  for (const { incident, clocksAt } of within(asked)) {
    if (incident.firstAt < from || incident.firstAt >= to) continue
    const policy = policyOf(policies, incident.policy)
    if (policy !== null) used.add(policy)
    const clocks = clocksAt(at)
    const keys = groupBy === null ? [null] : groupKeys(groupBy, incident, { levelOf: () => null, timezone }, area)
    for (const key of keys) rows.push({ key, clocks })
  }
  return summarizeCohort({ rows, used, isGrouped: groupBy !== null, clock: null }, policies, Math.min(to, at))
}

/** What happened in each bin and stood open at its end, by what had happened at the instant. */
export function flowOf(asked: Asked, bins: readonly Bin[]): FlowBin[] {
  const counted = emptyFlow(bins)
  const last = bins.at(-1)?.to ?? 0
  for (const { incident } of within(asked)) if (incident.firstAt <= last) countFlow(counted, incident)
  return counted
}

const within = ({ incidents, area }: Asked) =>
  area === null ? incidents : incidents.filter(({ incident }) => incident.path.includes(area))
