import type { WallFact, WallIncident } from '../stores/wallState.ts'
import { isOpen } from '../stores/wallState.ts'
import { type LiveClock, liveClock } from './liveClock.ts'

/** `unknown`: it passed its limit while the link was down, and the server has not said so. */
export type MarkState = 'normal' | 'atRisk' | 'breached' | 'paused' | 'unknown'
export type LiveIncident = {
  readonly incident: WallIncident
  readonly clock: LiveClock | null // its leading clock, when that has started
  readonly state: MarkState
  readonly isUnacknowledged: boolean
  readonly raisedAt: number | null // when it became what it is: at risk or breached
}

const MILESTONES = new Set(['reported', 'dispatched', 'accepted', 'arrived', 'resolved'])

/** The open incidents with their leading clocks run on to `now` (server time, epoch ms). */
export function liveIncidents(
  incidents: Iterable<WallIncident>,
  now: number,
  isLive: boolean,
): readonly LiveIncident[] {
  return [...incidents].filter(incident => isOpen(incident.status)).map(incident => liveIncident(incident, now, isLive))
}

export function liveIncident(incident: WallIncident, now: number, isLive: boolean): LiveIncident {
  const clock = incident.leadingClock && liveClock(incident.leadingClock, incident.facts, now, isLive)
  const state = markState(clock)
  const raisedAt = clock && raisedAtOf(incident, clock, state, now)
  return { incident, clock, state, raisedAt, isUnacknowledged: isUnacknowledged(incident, raisedAt) }
}

function markState(clock: LiveClock | null): MarkState {
  if (clock?.state === 'breached' || clock?.state === 'paused' || clock?.state === 'unknown') return clock.state
  return clock?.atRisk ? 'atRisk' : 'normal'
}

function raisedAtOf({ leadingClock }: WallIncident, clock: LiveClock, state: MarkState, now: number): number | null {
  if (state !== 'atRisk' && state !== 'breached') return null
  const fraction = state === 'breached' ? 1 : (leadingClock?.atRiskFraction ?? 1)
  return now - (clock.elapsedMs - clock.limitMs * fraction)
}

/**
 * An alarm is an unconfirmed signal, an at-risk clock or a breach; the next milestone of its incident acknowledges it.
 * (A person at a desk can, too, once there is a desk.)
 */
function isUnacknowledged(incident: WallIncident, raisedAt: number | null): boolean {
  if (incident.status === 'SIGNALLED') return true
  return raisedAt !== null && !incident.facts.some(fact => isMilestone(fact) && fact.at > raisedAt)
}

const isMilestone = (fact: WallFact): boolean => MILESTONES.has(fact.type)

/** Why it is paused, as whoever paused it said. */
export function pauseReason(incident: WallIncident): string | null {
  return incident.facts.findLast(fact => fact.type === 'paused')?.reason ?? null
}
