import type { Datum } from '#domain/geo/datum.ts'
import { fineBox, finePlace, holdsPlace } from '#domain/heat/finePlace.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { ReferenceData } from '../app.ts'
import type { Asker } from '../incidents/scope.ts'
import type { Snapshot } from '../store/eventStore.ts'
import type { ExportRequest } from './exportRequest.ts'
import type { Ground } from './ground.ts'
import type { ExportedIncident, LeftOut } from './material.ts'
import { readIncidents } from './readIncidents.ts'

export type Rows = {
  readonly incidents: readonly ExportedIncident[] // earliest first
  readonly leftOut: { readonly [reason in keyof LeftOut]: number }
  readonly tally: ReadonlyMap<string, number> // by area, over the whole scope where small counts are held back
  readonly whole: number // of which that is
  readonly datums: ReadonlyMap<string, number>
}
type When = { readonly head: number; readonly at: number; readonly areasAt: number }

/** The incidents that were asked for, one by one. */
export async function rowsOf(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: ExportRequest,
  ground: Ground,
  { head, at, areasAt }: When,
): Promise<Rows> {
  const { filter } = request
  // What is held back of a part is decided by the whole.
  const readFilter = request.k > 1 ? { ...filter, area: null } : filter
  const incidents: ExportedIncident[] = []
  const leftOut = { unlocated: 0, outside: 0, voided: 0, merged: 0 }
  const [tally, datums] = [new Map<string, number>(), new Map<string, number>()]
  let whole = 0
  for await (const { record, clocks } of readIncidents(snapshot, reference, asker, readFilter, { head, at })) {
    const { incident } = record
    const { place, status } = incident
    const isAsked = filter.area === null || incident.path.includes(filter.area)
    if (status === 'voided' || status === 'merged') {
      if (isAsked) leftOut[status]++
      continue
    }
    const found = where(place, request, ground)
    if (found === 'beyondTheBox') continue
    if (filter.bounds === null || found !== 'unlocated') {
      whole++
      for (const area of new Set(incident.path)) tally.set(area, (tally.get(area) ?? 0) + 1)
    }
    if (!isAsked) continue
    if (found !== 'inside') {
      leftOut[found]++
      continue
    }
    const datum = place === null ? null : cameIn(incident)
    if (datum !== null) datums.set(datum, (datums.get(datum) ?? 0) + 1)
    incidents.push(exported(incident, datum, clocks.readings, reference, areasAt))
  }
  incidents.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1))
  return { incidents, leftOut, tally, whole, datums }
}

/** Tables hold what has no place, or one beyond the own areas, too; a density cannot. */
function where(
  place: LngLat | null,
  { what, filter }: ExportRequest,
  { inner, limits }: Ground,
): 'inside' | 'unlocated' | 'outside' | 'beyondTheBox' {
  const isOfHeat = what === 'heat'
  if (place === null) return isOfHeat || filter.bounds !== null ? 'unlocated' : 'inside'
  const { x, y } = finePlace(place)
  const within = isOfHeat ? inner : filter.bounds === null ? null : fineBox(filter.bounds)
  if (within === null || holdsPlace(within, x, y)) return 'inside'
  return isOfHeat && limits !== null && !holdsPlace(limits, x, y) ? 'outside' : 'beyondTheBox'
}

/** In which datum the standing place came in. */
function cameIn({ facts }: Incident): Datum {
  const placing = facts
    .toSorted((a, b) => a.at - b.at)
    .findLast(({ data }) => 'place' in data && data.place !== undefined && data.place !== null)
  const original = placing && 'originalPlace' in placing.data ? placing.data.originalPlace : undefined
  return (original?.datum as Datum | undefined) ?? 'wgs84'
}

function exported(
  incident: Incident,
  datum: Datum | null,
  readings: ExportedIncident['clocks'],
  { categories, areas }: ReferenceData,
  areasAt: number,
): ExportedIncident {
  const { id, number, status, category, source, tier, firstAt, lastAt, place, path } = incident
  const clocks = Object.entries(readings).map(([name, { state, elapsedMs }]) => [name, { state, elapsedMs }])
  return {
    ...{ id, number, status, category, source, tier, firstAt, lastAt, place, datum, path },
    categoryName: categories.get(category)?.name ?? category,
    areaName: areas.area(path.at(-1) ?? '', areasAt)?.name ?? null,
    clocks: Object.fromEntries(clocks),
  }
}
