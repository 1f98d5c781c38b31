import type { Measure } from '#domain/figures/measures.ts'
import type { Tier } from '#domain/incident/facts.ts'
import { isOpen } from '#domain/incident/fold.ts'
import type { GroupBy } from '#domain/incident/groupKeys.ts'
import type { Status } from '#domain/incident/incident.ts'
import type { ClockMeasure } from '#domain/sla/clockMeasures.ts'
import type { ClockReading } from '#domain/sla/clocks.ts'
import { actorOf } from '../access/may.ts'
import type { IncidentQuery, IncidentRecord } from '../store/eventStore.ts'
import { type AsOf, isPresent } from './asOf.ts'
import { type Asker, readsOnlyOwn, scopeOf } from './scope.ts'

/** As the contract's IncidentFilter, in the domain's words. `from`, `to`: the first fact's `at`, [from, to), epoch ms. */
export type IncidentFilter = {
  readonly area?: string | null
  readonly open?: boolean | null
  readonly status?: readonly Status[] | null
  readonly category?: readonly string[] | null
  readonly source?: readonly string[] | null
  readonly tier?: readonly Tier[] | null
  readonly clock?: string | null
  readonly clockState?: readonly ClockReading['state'][] | null
  readonly from?: number | null
  readonly to?: number | null
  readonly text?: string | null
  /** Only what a figure of that name counts; one of a clock counts `clock`, and nothing without it. */
  readonly measure?: Measure | ClockMeasure | null
  /** Only what stands under that key of a grouping. */
  readonly group?: { readonly by: GroupBy; readonly key?: string | null } | null
}

/**
 * What the store can narrow down by itself. For the present that is everything but clocks; for the past only what the
 * later facts cannot have changed, and the rest is judged on the incident as it was (`matches`).
 */
export function queryOf(filter: IncidentFilter, asker: Asker, asOf: AsOf): IncidentQuery {
  const place = {
    scope: scopeOf(asker),
    areas: filter.area == null ? undefined : [filter.area],
    firstActor: asker !== null && readsOnlyOwn(asker) ? actorOf(asker) : undefined,
  }
  const text = filter.text == null || filter.text === '' ? undefined : filter.text
  if (isPresent(asOf)) {
    return {
      ...place,
      text,
      open: filter.open ?? undefined,
      status: filter.status ?? undefined,
      category: filter.category ?? undefined,
      source: filter.source ?? undefined,
      tier: filter.tier ?? undefined,
      from: filter.from ?? undefined,
      to: filter.to ?? undefined,
    }
  }
  return {
    ...place,
    text,
    everPlaced: true,
    // A fact learned later can only move the first instant back, so the lower bound holds only when all is known.
    from: asOf.knownAt === null ? (filter.from ?? undefined) : undefined,
    to: filter.to ?? undefined,
    firstAtMost: asOf.at ?? undefined,
    openOrChangedAfter:
      filter.open === true
        ? { at: asOf.at ?? Number.MAX_SAFE_INTEGER, recordedAt: asOf.knownAt ?? Number.MAX_SAFE_INTEGER }
        : undefined,
  }
}

/** Must the rows that the store gives for `queryOf` be judged again here? */
export function needsJudging(filter: IncidentFilter, asker: Asker, asOf: AsOf): boolean {
  return needsFacts(filter, asker, asOf) || hasClockFilter(filter)
}

/** Must their facts be read, because the rows and the figures that the store keeps speak of another time, or of titles? */
export function needsFacts(filter: IncidentFilter, asker: Asker, asOf: AsOf): boolean {
  return !isPresent(asOf) || filter.measure != null || filter.group != null || searchesNumbersOnly(filter, asker)
}

/** Everything that a filter asks of an incident but its clocks. */
export function matches(filter: IncidentFilter, asker: Asker, record: IncidentRecord): boolean {
  const { incident } = record
  return (
    (filter.area == null || incident.path.includes(filter.area)) &&
    (filter.open == null || filter.open === isOpen(incident.status)) &&
    among(filter.status, incident.status) &&
    among(filter.category, incident.category) &&
    among(filter.source, incident.source) &&
    (filter.tier == null || (incident.tier !== null && filter.tier.includes(incident.tier))) &&
    (filter.from == null || incident.firstAt >= filter.from) &&
    (filter.to == null || incident.firstAt < filter.to) &&
    (!searchesNumbersOnly(filter, asker) || contains(incident.number, filter.text))
  )
}

export function hasClockFilter(filter: IncidentFilter): boolean {
  return filter.clock != null || filter.clockState != null
}

/** `clock` alone: it has that clock. `clockState` alone: any of its clocks is in one of these states. */
export function matchesClocks(
  filter: IncidentFilter,
  readings: { readonly [clock: string]: Pick<ClockReading, 'state'> },
): boolean {
  if (!hasClockFilter(filter)) return true
  const named = filter.clock == null ? Object.values(readings) : [readings[filter.clock]]
  const states = filter.clockState
  const judged = named.filter(reading => reading !== undefined)
  // A policy without the named clock counts as notApplicable, as in the summaries.
  if (judged.length === 0) return filter.clock != null && (states?.includes('notApplicable') ?? false)
  return judged.some(reading => states == null || states.includes(reading.state))
}

/** An administrator reads no personal data, and a title is: a search must not tell what it says. */
function searchesNumbersOnly(filter: IncidentFilter, asker: Asker): boolean {
  return asker?.role === 'admin' && filter.text != null && filter.text !== ''
}

function among(wanted: readonly string[] | null | undefined, value: string): boolean {
  return wanted == null || wanted.includes(value)
}

function contains(value: string, text: string | null | undefined): boolean {
  return text == null || value.toLowerCase().includes(text.toLowerCase())
}
