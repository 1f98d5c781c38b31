import type { Tokens } from '../access/tokens.ts'
import { bearer, json, type Route } from './router.ts'

/** A candidate is what a page made for itself: 32 random bytes as base64url. */
const CANDIDATE = /^[A-Za-z0-9_-]{43}$/
/** More than this many codes a minute are refused: a pairing page asks once in ten minutes. */
const PAIRINGS_PER_MINUTE = 60

/** POST /pair: a page without a token gets the code to show. GET /pair: has somebody approved it? */
export function pairingRoute(tokens: Tokens, now: () => number): Route {
  let minute = 0
  let asked = 0
  return async (request, url) => {
    if (url.pathname !== '/pair') return null
    const candidate = bearer(request)
    if (candidate === null || !CANDIDATE.test(candidate)) return json(400, { error: 'a candidate token is missing' })
    if (request.method === 'GET') return json(200, { approved: (await tokens.viewer(candidate)) !== null })
    if (request.method !== 'POST') return json(405, { error: 'POST or GET' })
    const thisMinute = Math.floor(now() / 60_000)
    asked = thisMinute === minute ? asked + 1 : 1
    minute = thisMinute
    if (asked > PAIRINGS_PER_MINUTE) return json(429, { error: 'too many screens ask at once; try again in a minute' })
    const { code, expiresAt } = await tokens.pair(candidate)
    return json(200, { code, expiresAt: new Date(expiresAt).toISOString() })
  }
}
