import { isOpen } from '../incident/fold.ts'
import type { Incident } from '../incident/incident.ts'
import { type ClockReading, clockFacts, clocks } from './clocks.ts'
import { leadingClock } from './leadingClock.ts'
import { type Policy, policyOf } from './policy.ts'

export type IncidentClocks = {
  readonly policy: Policy | null
  readonly readings: { readonly [clock: string]: ClockReading }
  /** Of an open incident only. */
  readonly leading: string | null
}

/** The clocks of an incident under the policy that was frozen with it, at an instant (epoch ms). */
export function incidentClocks(incident: Incident, policies: readonly Policy[], now: number): IncidentClocks {
  const policy = policyOf(policies, incident.policy)
  if (policy === null) return { policy: null, readings: {}, leading: null }
  const readings = clocks(policy, clockFacts(incident.facts), now)
  return { policy, readings, leading: isOpen(incident.status) ? leadingClock(policy, readings) : null }
}
