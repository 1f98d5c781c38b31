import type { Tokens } from '../access/tokens.ts'
import { bearer, json, type Route } from './router.ts'

/** A candidate is what a page made for itself: 32 random bytes as base64url. */
const CANDIDATE = /^[A-Za-z0-9_-]{43}$/
/** How often a minute one address may ask, and all together: a page asks for a code in ten minutes, and after it every few seconds. */
const CODES = { each: 20, all: 600 }
const LOOKS = { each: 600, all: 6000 }

/** POST /pair: a page without a token gets the code to show. GET /pair: has somebody approved it? */
export function pairingRoute(tokens: Tokens, now: () => number): Route {
  const mayHaveCode = perMinute(CODES, now)
  const mayLook = perMinute(LOOKS, now)
  return async (request, url, client) => {
    if (url.pathname !== '/pair') return null
    const candidate = bearer(request)
    if (candidate === null || !CANDIDATE.test(candidate)) return json(400, { error: 'a candidate token is missing' })
    if (request.method !== 'GET' && request.method !== 'POST') return json(405, { error: 'POST or GET' })
    if (!(request.method === 'GET' ? mayLook : mayHaveCode)(client)) return json(429, { error: TOO_OFTEN })
    if (request.method === 'GET') return json(200, { approved: (await tokens.viewer(candidate)) !== null })
    const { code, expiresAt } = await tokens.pair(candidate)
    return json(200, { code, expiresAt: new Date(expiresAt).toISOString() })
  }
}

const TOO_OFTEN = 'too many screens ask at once; try again in a minute'

/** Counts by the minute of the clock; what was counted before is forgotten with it. */
function perMinute(most: { readonly each: number; readonly all: number }, now: () => number) {
  let minute = 0
  let all = 0
  let counted = new Map<string, number>()
  return (client: string): boolean => {
    const thisMinute = Math.floor(now() / 60_000)
    if (thisMinute !== minute) {
      minute = thisMinute
      all = 0
      counted = new Map()
    }
    const own = counted.get(client) ?? 0
    // Whoever asks too often uses up nothing of what is left to the others.
    if (own >= most.each || all >= most.all) return false
    counted.set(client, own + 1)
    all++
    return true
  }
}
