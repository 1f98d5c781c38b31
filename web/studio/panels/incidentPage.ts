/** The incidents behind a figure: the server's filter, and what that filter cannot say picked out of its answer. */
import type { Bbox } from '#domain/geo/bbox.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import { localHour, localWeekday } from '#domain/time/localTime.ts'
import type { AsOf, IncidentFilter, StudioIncidentsQuery } from '../generated.ts'

export type Listed = StudioIncidentsQuery['incidents']['nodes'][number]

/** `notApplicable` → `NOT_APPLICABLE`, as GraphQL writes it. */
const inCapitals = (text: string) => text.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase()

export function incidentFilterOf(filter: HeatFilter): IncidentFilter {
  const { area, category, source, tier, clock, clockState, from, to } = filter
  return {
    area,
    category: category && [...category],
    source: source && [...source],
    tier: tier && (tier.map(inCapitals) as IncidentFilter['tier']),
    clock,
    clockState: clockState && (clockState.map(inCapitals) as IncidentFilter['clockState']),
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }
}

/** Null: as everything stands now. */
export function asOfOf({ asOf, knownAt }: HeatFilter): AsOf | null {
  const said = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return asOf === null && knownAt === null ? null : { at: said(asOf), knownAt: said(knownAt) }
}

/** Whether a heat map counts it: it stands, it has a place inside, and it began at the hours and on the days wanted. */
export function isCounted(incident: Listed, { hour, weekday }: HeatFilter, bounds: Bbox | null, zone: string): boolean {
  const at = firstAt(incident)
  if (incident.status === 'VOIDED' || incident.status === 'MERGED' || incident.place === null || at === null)
    return false
  const { lng, lat } = incident.place
  const isInside = bounds === null || (lng >= bounds[0] && lng <= bounds[2] && lat >= bounds[1] && lat <= bounds[3])
  return (
    isInside &&
    (hour === null || hour.includes(localHour(at, zone))) &&
    (weekday === null || weekday.includes(localWeekday(at, zone)))
  )
}

export function firstAt({ facts }: Listed): number | null {
  const [first] = facts.map(fact => Date.parse(fact.at)).sort((a, b) => a - b)
  return first ?? null
}
