import { createHash } from 'node:crypto'
import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import type { Datum } from '#domain/geo/datum.ts'
import { latAt, lngAt } from '#domain/geo/mercator.ts'
import { countsIn } from '#domain/heat/counts.ts'
import {
  commonBox,
  FINE_LEVEL,
  type FineBox,
  fineBox,
  finePlace,
  holdsPlace,
  windowOf,
} from '#domain/heat/finePlace.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { actorOf } from '../access/may.ts'
import { inScope, type Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { countLevel } from '../heat/countLevel.ts'
import { boxAround } from '../heat/storeHeat.ts'
import { outlinesOf, ownBounds } from '../incidents/ownBounds.ts'
import type { Asker } from '../incidents/scope.ts'
import { canonicalJson } from '../store/eventHash.ts'
import { ExportRefused } from './exportRefused.ts'
import { type ExportRequest, systemCode } from './exportRequest.ts'
import { publishedAreas, publishedLeftOut, publishedN, withoutPlace } from './heldBack.ts'
import type { Author, ExportedArea, ExportedIncident, Material } from './material.ts'
import { readIncidents } from './readIncidents.ts'

/** Null: the log as it stands now. */
export type Moment = { readonly head: number | null; readonly at: number }

const METRES_PER_DEGREE = 111_195

/** Reads what a file is written from. `asker` null: the operator at the shell, who sees everything. */
export async function gather(app: App, asker: Asker, request: ExportRequest, moment: Moment): Promise<Material> {
  const reference = await app.reference()
  const { filter } = request
  const { at } = moment
  const areasAt = filter.asOf ?? at
  const { areas } = reference
  const scope = asker?.areas ?? areas.roots(areasAt).map(({ code }) => code)
  if (filter.area !== null && areas.area(filter.area, areasAt) === null)
    throw new ExportRefused(`there is no area ${filter.area}`)
  const own = ownBounds({ areas: scope }, reference, areasAt)
  const limits = own === null ? null : fineBox(own)
  const inner = commonBox(limits, filter.bounds === null ? null : fineBox(filter.bounds))
  const isOfHeat = request.what === 'heat'
  // What is held back of a part is decided by the whole.
  const readFilter = request.k > 1 ? { ...filter, area: null } : filter
  const incidents: ExportedIncident[] = []
  const tally = new Map<string, number>()
  let whole = 0
  const datums = new Map<string, number>()
  const leftOut = { unlocated: 0, outside: 0, voided: 0, merged: 0 }
  const snapshot = await app.store.snapshot()
  try {
    const now = await snapshot.head()
    const head = moment.head ?? now
    if (head > now) throw new ExportRefused(`the log ends at position ${now}; it has no position ${head}`)
    for await (const { record, clocks } of readIncidents(snapshot, reference, asker, readFilter, { head, at })) {
      const { incident } = record
      const { place, status } = incident
      const isAsked = filter.area === null || incident.path.includes(filter.area)
      if (status === 'voided' || status === 'merged') {
        if (isAsked) leftOut[status]++
        continue
      }
      const kept = where(place)
      if (kept === 'beyondTheBox') continue
      if (filter.bounds === null || kept !== 'unlocated') {
        whole++
        for (const area of new Set(incident.path)) tally.set(area, (tally.get(area) ?? 0) + 1)
      }
      if (!isAsked) continue
      // Tables hold what has no place, or one beyond the own areas, too; a density cannot.
      if (kept !== 'inside') leftOut[kept]++
      if (kept !== 'inside') continue
      const datum = place === null ? null : cameIn(incident)
      if (datum !== null) datums.set(datum, (datums.get(datum) ?? 0) + 1)
      incidents.push(exported(incident, datum, clocks.readings, reference, areasAt))
    }
    incidents.sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1))
    const places = incidents.flatMap(({ place }) => (place === null ? [] : [place]))
    const box = inner ?? boxAround(places)
    const outlines = outlinesOf(filter.area === null ? scope : [filter.area], reference, areasAt)
    const bounds = filter.bounds ?? (outlines && bboxOf(outlines)) ?? around(box, 4 * request.bandwidthM)
    const code = systemCode(request.crs, [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2])
    if (code === null) throw new ExportRefused('no Gauss-Kruger zone of China fits this place: ask for utm or EPSG:N')
    const ofScope = areasOf(tally, reference, asker, areasAt)
    const isOfPart = ({ code }: ExportedArea) => filter.area === null || areas.path(code, areasAt).includes(filter.area)
    const held = request.k > 1 ? publishedAreas({ areas: ofScope, n: whole }, request.k) : null
    const isHidden =
      held !== null && (held.isTotalHidden || held.areas.some(({ code, n }) => code === filter.area && n === null))
    return {
      request,
      at,
      head,
      referenceHash: hashOf(reference),
      placeName: reference.name,
      timezone: reference.timezone,
      author: authorOf(asker),
      systemCode: code,
      bounds,
      outlines: outlines !== null && outlines.length > 0 ? outlines : null,
      areas: (held?.areas ?? ofScope).filter(isOfPart),
      incidents: held === null ? incidents : withoutPlace(incidents, held.areas),
      counts: isOfHeat
        ? countsIn(windowOf(box, countLevel(box, request.bandwidthM, reference, areasAt)), places)
        : null,
      n: isHidden ? null : publishedN(incidents.length, leftOut, request.k),
      leftOut: publishedLeftOut(leftOut, request.k),
      datums: held === null ? Object.fromEntries([...datums].sort()) : null,
    }
  } finally {
    await snapshot.close()
  }

  function where(place: LngLat | null): 'inside' | 'unlocated' | 'outside' | 'beyondTheBox' {
    if (place === null) return isOfHeat || filter.bounds !== null ? 'unlocated' : 'inside'
    const { x, y } = finePlace(place)
    const within = isOfHeat ? inner : filter.bounds === null ? null : fineBox(filter.bounds)
    if (within === null || holdsPlace(within, x, y)) return 'inside'
    return isOfHeat && limits !== null && !holdsPlace(limits, x, y) ? 'outside' : 'beyondTheBox'
  }
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

/** The areas of the viewer's scope as they stand, with how many incidents were placed in each or below it. */
function areasOf(
  tally: ReadonlyMap<string, number>,
  { areas }: ReferenceData,
  asker: Asker,
  at: number,
): ExportedArea[] {
  return areas
    .roots(at)
    .flatMap(({ code }) => areas.subtree(code, at))
    .filter(code => asker === null || inScope(asker, areas.path(code, at)))
    .flatMap(code => areas.area(code, at) ?? [])
    .map(({ code, name, level, parent, households, geometry }) => {
      return { code, name, level, parent, households, geometry, n: tally.get(code) ?? 0 }
    })
}

/** Degrees around the box in which a kernel's tail may reach. */
function around({ west, north, east, south }: FineBox, m: number): Bbox {
  const side = 2 ** FINE_LEVEL
  const [top, bottom] = [latAt(north / side), latAt((south + 1) / side)]
  const degreesLat = m / METRES_PER_DEGREE
  const degreesLng = degreesLat / Math.cos((bottom * Math.PI) / 180)
  return [lngAt(west / side) - degreesLng, bottom - degreesLat, lngAt((east + 1) / side) + degreesLng, top + degreesLat]
}

/** Of all that is not the log and yet decides what a file says. */
function hashOf({ areas, categories, policies, timezone, name }: ReferenceData): string {
  const rows = { areas: areas.versions, categories: [...categories.values()], policies, timezone, name }
  return createHash('sha256').update(canonicalJson(rows)).digest('hex')
}

function authorOf(asker: Viewer | null): Author {
  if (asker === null) return { by: 'shell', name: null, role: null, areas: null }
  return { by: actorOf(asker), name: asker.name, role: asker.role, areas: asker.areas }
}
