import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { encodeHeat } from '#domain/heat/codec.ts'
import { type HeatFilter, heatFilterOf, heatParameters } from '#domain/heat/heatFilter.ts'
import { mayRead } from '../access/may.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { bearer, plain, type Route } from '../http/router.ts'
import type { Heat, LeftOut } from './heat.ts'

const FINEST_BANDWIDTH_M = 20
const COARSEST_BANDWIDTH_M = 10_000

/** Bytes: below, packing saves nothing that matters. */
const LEAST_PACKED = 1_000
const packed = promisify(gzip)

type Body = LeftOut & { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> }

/**
 * GET /heat/counts?from=T&to=T…[&bandwidth=M]: how many incidents began in [from, to) in each lattice cell, as docs/heat.md
 * encodes them. GET /heat/times?from=T&to=T…: how many in each local hour. What was voided or merged is not counted, nor what
 * lies outside the viewer's areas or has no place; how many those two are say the headers.
 */
export function heatRoute(app: App, tokens: Tokens, heat: Heat): Route {
  const answers: {
    readonly [path: string]: (viewer: Viewer, filter: HeatFilter, bandwidthM: number) => Promise<Body>
  } = {
    async '/heat/counts'(viewer, filter, bandwidthM) {
      const { counts, ...leftOut } = await heat.counts(viewer, filter, bandwidthM)
      const body = encodeHeat({ counts, fromMs: filter.from, toMs: filter.to, head: leftOut.head })
      return { ...leftOut, type: 'application/octet-stream', body }
    },
    async '/heat/times'(viewer, filter) {
      const times = await heat.times(viewer, filter)
      return { ...times, type: 'application/json', body: JSON.stringify(times) }
    },
  }
  return async (request, url) => {
    const answer = answers[url.pathname]
    if (answer === undefined) return null
    const token = bearer(request)
    const viewer = token === null ? null : await tokens.viewer(token)
    if (viewer === null) return plain(401, 'a token is missing or not in force')
    if (!mayRead(viewer)) return plain(403, 'your role may not read this')
    const filter = heatFilterOf(url.searchParams)
    if (typeof filter === 'string') return plain(400, filter)
    const bandwidthM = Number(url.searchParams.get('bandwidth') ?? '120')
    if (!(bandwidthM >= FINEST_BANDWIDTH_M && bandwidthM <= COARSEST_BANDWIDTH_M))
      return plain(400, `bandwidth must be from ${FINEST_BANDWIDTH_M} to ${COARSEST_BANDWIDTH_M} metres`)
    const { revision } = await app.reference()
    const tagAt = (head: number) => tagOf([head, revision, bandwidthM, viewer.areas.join(), heatParameters(filter)])
    const known = request.headers.get('if-none-match')
    if (known !== null && known === tagAt(await app.store.head()))
      return new Response(null, { status: 304, headers: { etag: known } })
    const { head, unlocated, outside, type, body } = await answer(viewer, filter, bandwidthM)
    const isPacked = body.length > LEAST_PACKED && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
    return new Response(isPacked ? new Uint8Array(await packed(body, { level: 1 })) : body, {
      headers: {
        'content-type': type,
        vary: 'accept-encoding',
        ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
        'cache-control': 'private, no-cache',
        etag: tagAt(head),
        'gridwatch-left-out': String(outside),
        'gridwatch-unlocated': String(unlocated),
      },
    })
  }
}

function tagOf(named: readonly unknown[]): string {
  return `"${createHash('sha256').update(named.join(' ')).digest('base64url')}"`
}
