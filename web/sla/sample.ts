/** Samples for tests of the wall's pure builders. */
import type { WallClock, WallIncident } from '../stores/wallState.ts'
import { type LiveIncident, liveIncident } from './liveIncident.ts'

export const NOON = Date.UTC(2026, 10, 20, 4)
const SECOND = 1000

/** A running clock that began `elapsedS` before noon. */
export function clockOf(name: string, limitS: number, elapsedS: number, more: Partial<WallClock> = {}): WallClock {
  const startedAt = NOON - elapsedS * SECOND
  return {
    name,
    state: elapsedS > limitS ? 'BREACHED' : 'RUNNING',
    elapsedMs: elapsedS * SECOND,
    limitMs: limitS * SECOND,
    startedAt,
    endedAt: null,
    deadline: startedAt + limitS * SECOND,
    atRiskFraction: 0.8,
    ...more,
  }
}

export function incidentOf(id: string, leadingClock: WallClock | null, more: Partial<WallIncident> = {}): WallIncident {
  return {
    id,
    number: id.toUpperCase(),
    status: 'REPORTED',
    title: `incident ${id}`,
    category: 'waste',
    source: 'hotline',
    tier: null,
    path: ['street', 'community', 'grid'],
    place: { lng: 104.05, lat: 30.66 },
    areaName: 'grid',
    assignees: [],
    assigneeIds: [],
    leadingClock,
    facts: [],
    ...more,
  }
}

export const liveOf = (id: string, clock: WallClock | null, more: Partial<WallIncident> = {}): LiveIncident =>
  liveIncident(incidentOf(id, clock, more), NOON, true)
