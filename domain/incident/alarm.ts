import type { ClockReading } from '../sla/clocks.ts'
import { leadingClock } from '../sla/leadingClock.ts'
import type { ClockPolicy } from '../sla/policy.ts'
import type { FactType } from './facts.ts'
import { isOpen } from './fold.ts'
import type { Incident } from './incident.ts'

/** Why a wall calls for attention, since when (epoch ms), and whether its incident has moved on since. */
export type Alarm = {
  readonly kind: 'signal' | 'atRisk' | 'breach'
  readonly since: number
  readonly acknowledged: boolean
}

const MILESTONES: readonly FactType[] = ['reported', 'dispatched', 'accepted', 'arrived', 'resolved', 'closed']

/**
 * The alarm of an incident, null when it gives none (WALL, "Alarms"): its leading clock's breach, else that this clock
 * is at risk, else that it is a signal which nobody has confirmed. The next milestone of the incident acknowledges it.
 */
export const alarmOf = (
  incident: Incident,
  policy: ClockPolicy | null,
  readings: { readonly [clock: string]: ClockReading },
): Alarm | null => {
  if (!isOpen(incident.status)) return null
  const name = policy && leadingClock(policy, readings)
  const reading = name === null ? undefined : readings[name]
  const raised =
    policy && reading?.state === 'breached'
      ? { kind: 'breach' as const, since: reading.breachedAt ?? incident.firstAt }
      : policy && reading?.atRisk
        ? { kind: 'atRisk' as const, since: atRiskSince(policy, reading) }
        : incident.status === 'signalled'
          ? { kind: 'signal' as const, since: incident.firstAt }
          : null
  if (raised === null) return null
  const acknowledged = incident.facts.some(fact => MILESTONES.includes(fact.type) && fact.at > raised.since)
  return { ...raised, acknowledged }
}

/** Counted back from the deadline; a pause between the two instants makes it later than it was. */
const atRiskSince = (policy: ClockPolicy, { deadline, limitMs }: ClockReading) => {
  const limit = limitMs ?? 0
  return (deadline ?? 0) - limit + Math.ceil((limit * Math.round(1000 * policy.atRiskFraction)) / 1000)
}
