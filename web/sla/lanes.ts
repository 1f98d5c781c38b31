import type { Summary, WallPolicy } from '../stores/wallState.ts'
import type { LiveIncident } from './liveIncident.ts'

/** A clock of the policies in force. `limitMs` is the first policy's: each incident runs against its own. */
export type Lane = {
  readonly clock: string
  readonly limitMs: number | null // null: until the end of the local day
  readonly atRiskFraction: number
  readonly count: number
  readonly atRisk: number
  readonly breached: number
  readonly attainment: number | null
  readonly n: number // what the attainment is of
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly items: readonly LiveIncident[]
}
const MOST_LANES = 4

/** The lanes of the runway in the policies' order; clocks of running incidents whose policy is gone come last. */
export function lanes(
  policies: readonly WallPolicy[],
  incidents: readonly LiveIncident[],
  overall: readonly Summary[],
): readonly Lane[] {
  const clocks = new Map<string, { limitMs: number | null; atRiskFraction: number }>()
  for (const policy of policies)
    for (const { name, limitMs } of policy.clocks)
      if (!clocks.has(name)) clocks.set(name, { limitMs, atRiskFraction: policy.atRiskFraction })
  for (const { clock, incident } of incidents)
    if (clock && !clocks.has(clock.name))
      clocks.set(clock.name, { limitMs: clock.limitMs, atRiskFraction: incident.leadingClock?.atRiskFraction ?? 1 })
  return [...clocks].slice(0, MOST_LANES).map(([clock, { limitMs, atRiskFraction }]) => {
    const items = incidents.filter(item => item.clock?.name === clock)
    const summary = overall.find(row => row.clock === clock)
    return {
      clock,
      limitMs,
      atRiskFraction,
      count: items.length,
      atRisk: items.filter(item => item.state === 'atRisk').length,
      breached: items.filter(item => item.state === 'breached').length,
      attainment: summary?.attainment ?? null,
      n: summary ? summary.met + summary.breached : 0,
      p50Ms: summary?.p50Ms ?? null,
      p90Ms: summary?.p90Ms ?? null,
      items,
    }
  })
}
