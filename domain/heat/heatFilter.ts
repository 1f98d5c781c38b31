import type { Bbox } from '../geo/bbox.ts'
import type { Tier } from '../incident/facts.ts'
import type { ClockState } from '../sla/clocks.ts'
import { instantInAddress } from '../time/instant.ts'

/**
 * Which incidents are counted. Null: all. `hour` and `weekday` are local, of the first fact. What was voided or merged, or
 * has no place, is never counted.
 */
export type HeatFilter = {
  readonly from: number // the first fact's at, epoch ms, inclusive
  readonly to: number // exclusive
  readonly area: string | null // and all below it
  readonly bounds: Bbox | null
  readonly category: readonly string[] | null
  readonly source: readonly string[] | null
  readonly tier: readonly Tier[] | null
  readonly clock: string | null // alone: incidents that have this clock
  readonly clockState: readonly ClockState[] | null // of that clock; without one: of any
  readonly hour: readonly number[] | null // 0…23
  readonly weekday: readonly number[] | null // 1 Monday … 7 Sunday
  readonly asOf: number | null // as it stood then; null: as it stands now
  readonly knownAt: number | null // by what was recorded by then; null: by all that is known now
}

export const LONGEST_WINDOW_MS = 3_700 * 86_400_000

const TIERS: readonly Tier[] = ['minor', 'major', 'hard']
const CLOCK_STATES: readonly ClockState[] = ['notApplicable', 'pending', 'running', 'paused', 'met', 'breached']

export function everyIncident(from: number, to: number): HeatFilter {
  const all = { area: null, bounds: null, category: null, source: null, tier: null, clock: null, clockState: null }
  return { from, to, ...all, hour: null, weekday: null, asOf: null, knownAt: null }
}

/** Reads what `heatParameters` writes. A string says what is wrong. */
export function heatFilterOf(query: URLSearchParams): HeatFilter | string {
  const from = instantInAddress(query.get('from') ?? '')
  const to = instantInAddress(query.get('to') ?? '')
  if (from === null || to === null) return 'from and to must be instants with their offset'
  if (from >= to || to - from > LONGEST_WINDOW_MS) return 'to must lie after from, by 3700 days at most'
  const [asOf, knownAt] = [instantIn(query, 'asOf'), instantIn(query, 'knownAt')]
  if (asOf === undefined || knownAt === undefined) return 'asOf and knownAt must be instants with their offset'
  const bounds = boundsOf(query.get('bounds'))
  if (bounds === undefined) return 'bounds must be west,south,east,north in degrees'
  const tier = listOf(query, 'tier', TIERS)
  if (tier === undefined) return `tier must be ${TIERS.join(', ')}`
  const clockState = listOf(query, 'clockState', CLOCK_STATES)
  if (clockState === undefined) return `clockState must be ${CLOCK_STATES.join(', ')}`
  const hour = numbersOf(query, 'hour', 0, 23)
  if (hour === undefined) return 'hour must be 0 to 23'
  const weekday = numbersOf(query, 'weekday', 1, 7)
  if (weekday === undefined) return 'weekday must be 1 (Monday) to 7'
  const [area, clock] = [query.get('area'), query.get('clock')]
  const [category, source] = [textsOf(query, 'category'), textsOf(query, 'source')]
  return { from, to, area, bounds, category, source, tier, clock, clockState, hour, weekday, asOf, knownAt }
}

/** The same filter always gives the same text: it names what it asks for in an address or an ETag. */
export function heatParameters(filter: HeatFilter): URLSearchParams {
  const query = new URLSearchParams()
  query.set('from', new Date(filter.from).toISOString())
  query.set('to', new Date(filter.to).toISOString())
  if (filter.area !== null) query.set('area', filter.area)
  if (filter.bounds !== null) query.set('bounds', filter.bounds.join(','))
  for (const key of ['category', 'source', 'tier'] as const) appendAll(query, key, filter[key])
  if (filter.clock !== null) query.set('clock', filter.clock)
  for (const key of ['clockState', 'hour', 'weekday'] as const) appendAll(query, key, filter[key])
  for (const key of ['asOf', 'knownAt'] as const) {
    const at = filter[key]
    if (at !== null) query.set(key, new Date(at).toISOString())
  }
  return query
}

function appendAll(query: URLSearchParams, key: string, values: readonly (string | number)[] | null): void {
  for (const value of values ?? []) query.append(key, String(value))
}

/** Undefined: it is none. */
function instantIn(query: URLSearchParams, key: string): number | null | undefined {
  const text = query.get(key)
  return text === null ? null : (instantInAddress(text) ?? undefined)
}

function textsOf(query: URLSearchParams, key: string): string[] | null {
  return query.has(key) ? query.getAll(key) : null
}

function listOf<T extends string>(query: URLSearchParams, key: string, among: readonly T[]): T[] | null | undefined {
  if (!query.has(key)) return null
  const found = query.getAll(key).map(text => among.find(value => value === text))
  return found.every(value => value !== undefined) ? found : undefined
}

function numbersOf(query: URLSearchParams, key: string, least: number, most: number): number[] | null | undefined {
  if (!query.has(key)) return null
  const found = query.getAll(key).map(text => (/^\d{1,2}$/.test(text) ? Number(text) : Number.NaN))
  return found.every(value => value >= least && value <= most) ? found : undefined
}

function boundsOf(text: string | null): Bbox | null | undefined {
  if (text === null) return null
  const found = text.split(',').map(part => (/^-?\d+(\.\d+)?$/.test(part) ? Number(part) : Number.NaN))
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = found
  const isReal = west >= -180 && west < east && east <= 180 && south >= -85 && south < north && north <= 85
  return found.length === 4 && isReal ? [west, south, east, north] : undefined
}
