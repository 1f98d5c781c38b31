/** Incidents and people of a replayed instant, as the wall knows them. */
import { isOpen } from '#domain/incident/fold.ts'
import type { ReplayedIncident } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import type { WorkerThen } from '#domain/replay/workersAt.ts'
import { incidentClocks } from '#domain/sla/incidentClocks.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { parseDurationMs } from '#domain/time/duration.ts'
import type { ClockState, IncidentStatus, Tier } from '../graphql/generated.ts'
import type { WallClock, WallIncident, WallPolicy, WallWorker } from '../stores/wallState.ts'

/** What is open, and what was resolved since the day began and awaits verification. */
export function replayIncidents(
  day: ReplayDay,
  incidents: readonly ReplayedIncident[],
  at: number,
): Map<string, WallIncident> {
  const shown = incidents.filter(
    ({ incident: { status, firstAt } }) => isOpen(status) || (status === 'resolved' && firstAt >= day.from),
  )
  return new Map(shown.map(each => [each.incident.id, wallIncident(day, each, at)]))
}

function wallIncident(day: ReplayDay, { source, incident }: ReplayedIncident, at: number): WallIncident {
  const { id, number, status, category, tier, path, place, facts } = incident
  return {
    id,
    number,
    status: status.toUpperCase() as IncidentStatus,
    title: source.title,
    category,
    source: incident.source,
    tier: tier === null ? null : (tier.toUpperCase() as Tier),
    path,
    place,
    areaName: day.areaNames[path.at(-1) ?? ''] ?? null,
    assignees: incident.assignees.flatMap(worker => day.people[worker] ?? []),
    assigneeIds: incident.assignees,
    leadingClock: leadingClockOf(day, incident, at),
    facts: facts.map(fact => ({ type: fact.type, at: fact.at, reason: source.reasons[fact.position] ?? null })),
  }
}

function leadingClockOf(day: ReplayDay, incident: ReplayedIncident['incident'], at: number): WallClock | null {
  const { policy, readings, leading } = incidentClocks(incident, day.policies, at)
  const reading = leading === null ? undefined : readings[leading]
  if (policy === null || leading === null || reading === undefined) return null
  const { elapsedMs, limitMs, startedAt, endedAt, deadline } = reading
  const state = reading.state === 'notApplicable' ? 'NOT_APPLICABLE' : (reading.state.toUpperCase() as ClockState)
  return {
    name: leading,
    state,
    elapsedMs,
    limitMs,
    startedAt,
    endedAt,
    deadline,
    atRiskFraction: policy.atRiskFraction,
  }
}

export function replayWorkers(workers: readonly WorkerThen[]): Map<string, WallWorker> {
  return new Map(
    workers.map(({ worker: { id, name, role, area }, since, incident }) => [
      id,
      { id, name, role, area, onDuty: since !== null, incident },
    ]),
  )
}

export const wallPolicy = ({ id, atRiskFraction, clocks }: Policy): WallPolicy => ({
  id,
  atRiskFraction,
  clocks: Object.entries(clocks).map(([name, { target, pausable }]) => ({
    name,
    limitMs: parseDurationMs(target),
    pausable: pausable === true,
  })),
})
