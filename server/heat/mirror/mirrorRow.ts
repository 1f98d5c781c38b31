import { finePlace } from '#domain/heat/finePlace.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { incidentClocks } from '#domain/sla/incidentClocks.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { localHour } from '#domain/time/localTime.ts'
import type { DayRow } from './day.ts'
import type { Dictionaries } from './dictionaries.ts'

/**
 * The row of an incident as it stands at `now`; null for what heat never counts. A deadline that passes later changes the row with the
 * fact that records the breach, within a second.
 */
export function mirrorRow(
  incident: Incident,
  dictionaries: Dictionaries,
  {
    policies,
    timezone,
    now,
  }: { readonly policies: readonly Policy[]; readonly timezone: string; readonly now: number },
): DayRow | null {
  const { status, category, source, tier, place, path, firstAt } = incident
  if (status === 'voided' || status === 'merged') return null
  const { readings } = incidentClocks(incident, policies, now)
  const clocks = Object.fromEntries(Object.entries(readings).map(([clock, { state }]) => [clock, { state }]))
  const { x, y } = place === null ? { x: null, y: null } : finePlace(place)
  return {
    at: firstAt,
    x,
    y,
    path: dictionaries.path.number(path),
    group: dictionaries.group.number({ category, source, tier }),
    outcome: dictionaries.outcome.number({ hour: localHour(firstAt, timezone), clocks }),
  }
}
