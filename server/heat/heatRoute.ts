import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import { encodeHeat } from '#domain/heat/codec.ts'
import { countsGrid } from '#domain/heat/counts.ts'
import { latticeOver, levelFor } from '#domain/heat/lattice.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { parseInstant } from '#domain/time/instant.ts'
import { mayRead } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { bearer, plain, type Route } from '../http/router.ts'
import { ownBounds } from '../incidents/ownBounds.ts'
import { selectIncidents } from '../incidents/selectIncidents.ts'

/** Cells of the counts per bandwidth: fine enough that rounding an incident to its cell is under 1 % of its peak. */
const CELLS_PER_BANDWIDTH = 64
const FINEST_BANDWIDTH_M = 20
/** The numbers of the cells travel in 32 bits. */
const MOST_CELLS = 2 ** 32
const LONGEST_WINDOW_MS = 400 * 86_400_000

type Window = { readonly from: number; readonly to: number; readonly bandwidthM: number; readonly area: string | null }

/**
 * GET /heat/counts?from=T&to=T[&area=CODE][&bandwidth=M]: how many incidents began in [from, to) in each lattice cell, as
 * docs/heat.md encodes them; of the past as it stood at `to`. What was voided or merged is not counted, nor what lies outside
 * the viewer's areas; how many those are says the header `gridwatch-left-out`.
 */
export function heatRoute(app: App, tokens: Tokens): Route {
  return async (request, url) => {
    if (url.pathname !== '/heat/counts') return null
    const token = bearer(request)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null) return plain(401, 'a token is missing or not in force')
    if (!mayRead(viewer)) return plain(403, 'your role may not read this')
    const window = windowOf(url.searchParams)
    if (typeof window === 'string') return plain(400, window)
    const { bytes, head, leftOut } = await counted(app, viewer, window)
    const tag = `"${head}-${viewer.areas.join('.')}"`
    if (window.to <= app.time.now() && request.headers.get('if-none-match') === tag)
      return new Response(null, { status: 304 })
    return new Response(bytes, {
      headers: {
        'content-type': 'application/octet-stream',
        'cache-control': 'private, no-cache',
        etag: tag,
        'gridwatch-left-out': String(leftOut),
      },
    })
  }
}

function windowOf(query: URLSearchParams): Window | string {
  const from = parseInstant(query.get('from') ?? '')
  const to = parseInstant(query.get('to') ?? '')
  if (from === null || to === null) return 'from and to must be instants with their offset'
  if (from >= to || to - from > LONGEST_WINDOW_MS) return 'to must lie after from, by 400 days at most'
  const bandwidthM = Number(query.get('bandwidth') ?? '120')
  if (!(bandwidthM >= FINEST_BANDWIDTH_M && bandwidthM <= 10_000)) return 'bandwidth must be from 20 to 10000 metres'
  return { from, to, bandwidthM, area: query.get('area') }
}

async function counted(
  app: App,
  viewer: Viewer,
  { from, to, bandwidthM, area }: Window,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; head: number; leftOut: number }> {
  const now = app.time.now()
  const reference = await app.reference()
  const snapshot = await app.store.snapshot()
  try {
    const asOf = to < now ? { at: to, knownAt: null } : { at: null, knownAt: null }
    const places: LngLat[] = []
    for await (const { record } of selectIncidents(snapshot, reference, viewer, {
      filter: { from, to, area },
      asOf,
      now,
    })) {
      const { place, status } = record.incident
      if (place !== null && status !== 'voided' && status !== 'merged') places.push(place)
    }
    // A place far outside is somebody's slip: it must not stretch the window that everybody draws.
    const limits = ownBounds(viewer, reference, now)
    const inside = limits === null ? places : places.filter(place => isWithin(limits, place))
    const bounds = bboxOf(inside.map(({ lng, lat }) => ({ type: 'Polygon', coordinates: [[[lng, lat]]] }))) ?? [
      0, 0, 0, 0,
    ]
    const head = await snapshot.head()
    const counts = countsGrid(inside, bounds, levelOver(bounds, bandwidthM))
    const bytes = encodeHeat({ counts, fromMs: from, toMs: to, head })
    return { bytes, head, leftOut: places.length - inside.length }
  } finally {
    await snapshot.close()
  }
}

function isWithin([west, south, east, north]: Bbox, { lng, lat }: LngLat): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north
}

/** As fine as the bandwidth wants it, or as the numbers of the cells can be written. */
function levelOver(bounds: Bbox, bandwidthM: number): number {
  let level = levelFor(bandwidthM, (bounds[1] + bounds[3]) / 2, CELLS_PER_BANDWIDTH)
  for (; level > 0; level--) {
    const { width, height } = latticeOver(bounds, level)
    if (width * height <= MOST_CELLS) break
  }
  return level
}
