import type { Fact, NewFact } from '../incident/facts.ts'
import type { Incident } from '../incident/incident.ts'
import { clockFacts, clocks } from './clocks.ts'
import type { Policy } from './policy.ts'

/**
 * The facts to append so that, for every clock, the last recorded breach fact agrees with `clocks(…)` at `now` (epoch
 * ms): breached exactly when the last is a `clockBreached` with that deadline. Empty when it agrees already, so it may
 * be asked after every append and every timer, and by several processes. `policy` null: nothing can be breached.
 */
export const breachFacts = (incident: Incident, policy: Policy | null, now: number): NewFact[] => {
  const readings = policy ? clocks(policy, clockFacts(incident.facts), now) : {}
  const standing = standingBreaches(incident.facts)
  const because = incident.facts.findLast(fact => !isBreachFact(fact))?.eventId ?? ''
  // A clock that the policy no longer has, because the incident was classified anew, is retracted too.
  return [...new Set([...Object.keys(readings), ...standing.keys()])].flatMap((clock): NewFact[] => {
    const deadline = readings[clock]?.breachedAt ?? null
    const recorded = standing.get(clock) ?? null
    if (deadline === recorded) return []
    const facts: NewFact[] = []
    if (recorded !== null)
      facts.push({ type: 'clockBreachRetracted', at: recorded, data: { clock, deadline: recorded, because } })
    if (deadline !== null && policy)
      facts.push({ type: 'clockBreached', at: deadline, data: { clock, deadline, policyVersion: policy.version } })
    return facts
  })
}

/** The deadline of each clock whose last recorded breach fact is a breach; facts in position order. */
export const standingBreaches = (facts: readonly Fact[]): Map<string, number> => {
  const standing = new Map<string, number>()
  for (const fact of facts) {
    if (fact.type === 'clockBreached') standing.set(fact.data.clock, fact.data.deadline)
    if (fact.type === 'clockBreachRetracted') standing.delete(fact.data.clock)
  }
  return standing
}

export const isBreachFact = (fact: { readonly type: string }): boolean =>
  fact.type === 'clockBreached' || fact.type === 'clockBreachRetracted'
