import { createHash } from 'node:crypto'
import { z } from 'zod'
import { countLevel } from '#domain/heat/countLevel.ts'
import { countsIn } from '#domain/heat/counts.ts'
import { windowOf } from '#domain/heat/finePlace.ts'
import { breachedIn, type HeatCounts } from '#domain/heat/quantity.ts'
import { actorOf } from '../access/may.ts'
import { inScope } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { placeLat } from '../heat/placeLat.ts'
import { boxAround } from '../heat/storeHeat.ts'
import { matchesClocks } from '../incidents/incidentFilter.ts'
import type { Asker } from '../incidents/scope.ts'
import { canonicalJson } from '../store/eventHash.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { ExportRefused } from './exportRefused.ts'
import { type ExportRequest, systemCode } from './exportRequest.ts'
import { frameTimes } from './frames.ts'
import { type Ground, groundOf } from './ground.ts'
import { publishedAreas, publishedLeftOut, publishedN, withoutPlace } from './heldBack.ts'
import type { Author, ExportedArea, ExportedIncident, FilterNames, Material } from './material.ts'
import { type Counted, type CountMany, whereMany } from './mirrorCounts.ts'
import { rowsOf } from './rows.ts'

/** Null: the log as it stands now. */
export type Moment = { readonly head: number | null; readonly at: number }

/**
 * Reads what a file is written from. `asker` null: the operator at the shell, who sees everything. `countMany`: what counts
 * many incidents quicker than reading them; the counts are the same.
 */
export async function gather(
  app: App,
  asker: Asker,
  request: ExportRequest,
  { head: wanted, at }: Moment,
  countMany: CountMany | null = null,
): Promise<Material> {
  const reference = await app.reference()
  const areasAt = request.filter.asOf ?? at
  const ground = groundOf(reference, asker, request, areasAt)
  const snapshot = await app.store.snapshot()
  try {
    const now = await snapshot.head()
    if (wanted !== null && wanted > now)
      throw new ExportRefused(`the log ends at position ${now}; it has no position ${wanted}`)
    const many = wanted === null ? await whereMany(snapshot, asker, request, countMany) : null
    const counted =
      many ?? (await read(snapshot, reference, asker, request, ground, { head: wanted ?? now, at, areasAt }))
    const bounds = ground.boundsAround(counted.box)
    const code = systemCode(request.crs, [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2])
    if (code === null) throw new ExportRefused('no Gauss-Kruger zone of China fits this place: ask for utm or EPSG:N')
    const { box: _box, areas, ...material } = counted
    return {
      ...material,
      request,
      at,
      referenceHash: hashOf(reference),
      placeName: reference.name,
      names: namesOf(reference, request),
      timezone: reference.timezone,
      author: authorOf(asker),
      systemCode: code,
      bounds,
      outlines: ground.outlines,
      areas: areas ?? areasOf(new Map(), reference, asker, areasAt, request.filter.area),
    }
  } finally {
    await snapshot.close()
  }
}

/** One by one, exactly as the log told it up to a position. */
async function read(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: ExportRequest,
  ground: Ground,
  when: { readonly head: number; readonly at: number; readonly areasAt: number },
): Promise<Counted> {
  const { filter, k } = request
  const { areasAt, head } = when
  const { incidents, leftOut, tally, whole, datums } = await rowsOf(snapshot, reference, asker, request, ground, when)
  const box = ground.inner ?? boxAround(placesOf(incidents))
  const lattice = windowOf(box, countLevel(box, request.bandwidthM, placeLat(reference, areasAt, box)))
  const times = request.format === 'frames' ? frameTimes(request) : []
  const countsOf = (some: readonly ExportedIncident[]): HeatCounts => ({
    counts: countsIn(lattice, placesOf(some)),
    breached: request.unit === 'share' ? countsIn(lattice, placesOf(some.filter(isBreached))) : null,
  })
  const isBreached = ({ clocks }: ExportedIncident) => matchesClocks(breachedIn(filter), clocks)
  const frames = times.map(({ from, to }) => {
    const during = incidents.filter(({ firstAt }) => firstAt >= from && firstAt < to)
    return { from, to, ...countsOf(during) }
  })
  const heat = request.what === 'heat' ? countsOf(incidents) : null
  if (k === 1) {
    const areas = areasOf(tally, reference, asker, areasAt, filter.area)
    const shown = { n: incidents.length, leftOut, datums: Object.fromEntries([...datums].sort()) }
    return { head, box, incidents, areas, heat, frames, ...shown }
  }
  const held = publishedAreas({ areas: areasOf(tally, reference, asker, areasAt, null), n: whole }, k)
  const isHidden = held.isTotalHidden || held.areas.some(({ code, n }) => code === filter.area && n === null)
  const codes = new Set(areasOf(tally, reference, asker, areasAt, filter.area).map(({ code }) => code))
  return {
    head,
    box,
    incidents: withoutPlace(incidents, held.areas),
    areas: held.areas.filter(({ code }) => codes.has(code)),
    heat,
    frames,
    n: isHidden ? null : publishedN(incidents.length, leftOut, k),
    leftOut: publishedLeftOut(leftOut, k),
    datums: null,
  }
}

const placesOf = (incidents: readonly ExportedIncident[]) => incidents.flatMap(({ place }) => place ?? [])

/** The areas of the viewer's scope (below a root, if one is given) as they stand, with how many were placed in each or below it. */
function areasOf(
  tally: ReadonlyMap<string, number>,
  { areas }: ReferenceData,
  asker: Asker,
  at: number,
  root: string | null,
): ExportedArea[] {
  return (root === null ? areas.roots(at).map(({ code }) => code) : [root])
    .flatMap(code => areas.subtree(code, at))
    .filter(code => asker === null || inScope(asker, areas.path(code, at)))
    .flatMap(code => areas.area(code, at) ?? [])
    .map(({ code, name, level, parent, households, geometry }) => {
      return { code, name, level, parent, households, geometry, n: tally.get(code) ?? 0 }
    })
}

/** Of all that is not the log and yet decides what a file says. */
function hashOf({ areas, categories, policies, timezone, name, settings }: ReferenceData): string {
  const { sources } = settings
  const rows = { areas: areas.versions, categories: [...categories.values()], policies, timezone, name, sources }
  return createHash('sha256').update(canonicalJson(rows)).digest('hex')
}

function namesOf({ categories, settings }: ReferenceData, { filter }: ExportRequest): FilterNames {
  const sources = z
    .array(z.object({ id: z.string(), name: z.string() }))
    .catch([])
    .parse(settings['sources'])
  const named = (codes: readonly string[] | null, nameOf: (code: string) => string | undefined) =>
    Object.fromEntries((codes ?? []).map(code => [code, nameOf(code) ?? code]))
  return {
    category: named(filter.category, code => categories.get(code)?.name),
    source: named(filter.source, code => sources.find(({ id }) => id === code)?.name),
  }
}

function authorOf(asker: Asker): Author {
  if (asker === null) return { by: 'shell', name: null, role: null, areas: null }
  return { by: actorOf(asker), name: asker.name, role: asker.role, areas: asker.areas }
}
