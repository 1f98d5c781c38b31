import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { instantInAddress } from '#domain/time/instant.ts'
import { mayRead } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { bearer, plain, type Route } from '../http/router.ts'
import { readReplayDay, type Stretch } from './readReplayDay.ts'
import { readReplayFixes } from './readReplayFixes.ts'

/** A local day with the longest change of the clocks. */
const LONGEST_DAY_MS = 27 * 3_600_000
const LONGEST_LOOK_BACK_MS = 31 * 86_400_000
/** Fixes are told in short stretches: a replay needs what is around an instant, a whole day of somebody is a track. */
const LONGEST_FIXES_MS = 30 * 60_000

/**
 * GET /replay/day?from=T&to=T[&since=T][&knowing=then]: the facts by which any instant of a day can be shown as it was, JSON as
 * domain/replay/replayDay.ts says. GET /replay/fixes?from=T&to=T: where people on duty were, as domain/replay/fixCodec.ts
 * says. Both hold only what lies in the viewer's areas.
 */
export function replayRoute(app: App, tokens: Tokens): Route {
  return async (request, url) => {
    const isFixes = url.pathname === '/replay/fixes'
    if (!isFixes && url.pathname !== '/replay/day') return null
    const token = bearer(request)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null) return plain(401, 'a token is missing or not in force')
    if (!mayRead(viewer)) return plain(403, 'your role may not read this')
    const [from, to] = [instantOf(url, 'from'), instantOf(url, 'to')]
    if (from === null || to === null) return plain(400, 'from and to must be instants with their offset')
    const longest = isFixes ? LONGEST_FIXES_MS : LONGEST_DAY_MS
    if (from > to || to - from > longest)
      return plain(400, `to must lie after from, by ${longest / 60_000} minutes at most`)
    if (isFixes) return fixes(app, viewer, from, to)
    const since = url.searchParams.has('since') ? instantOf(url, 'since') : from
    if (since === null || since > from || from - since > LONGEST_LOOK_BACK_MS)
      return plain(400, 'since must be an instant at most 31 days before from')
    const knowing = url.searchParams.get('knowing') ?? 'now'
    if (knowing !== 'now' && knowing !== 'then') return plain(400, 'knowing must be now or then')
    return day(app, viewer, { from, to, since, knowing })
  }
}

async function day(app: App, viewer: Viewer, stretch: Omit<Stretch, 'now'>): Promise<Response> {
  const reference = await app.reference()
  const snapshot = await app.store.snapshot()
  try {
    const told = await readReplayDay(snapshot, reference, viewer, { ...stretch, now: app.time.now() })
    // Facts are much alike: a twentieth of them travels.
    const body = await promisify(gzip)(JSON.stringify(told), { level: 1 })
    return new Response(new Uint8Array(body), {
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'cache-control': 'private, no-store' },
    })
  } finally {
    await snapshot.close()
  }
}

async function fixes(app: App, viewer: Viewer, from: number, to: number): Promise<Response> {
  const reference = await app.reference()
  const snapshot = await app.store.snapshot()
  try {
    const body = await readReplayFixes(
      snapshot,
      reference,
      viewer,
      { from, to: Math.min(to, app.time.now()) },
      app.time.now(),
    )
    return new Response(body, {
      headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, no-store' },
    })
  } finally {
    await snapshot.close()
  }
}

function instantOf(url: URL, name: string): number | null {
  return instantInAddress(url.searchParams.get(name) ?? '')
}
