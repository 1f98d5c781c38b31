import type { App } from '../app.ts'
import { type ClientAddress, peerAddress } from './clientAddress.ts'

/** A part of the server that answers some paths. Null: not mine. `client`: the address at the other end, as far as known. */
export type Route = (request: Request, url: URL, client: string) => Promise<Response | null>

/** What Node's adapter hands on beside the request. */
type Connection = {
  readonly waitUntil?: unknown
  readonly req?: { readonly socket?: { readonly remoteAddress?: string | undefined } }
}

/** The client has gone: nobody hears this answer. */
const GONE = 499
const LONGEST_PATH = 200

/** Asks each route in order; a route that fails answers 500 without a word about the inside, and nothing else stops. */
export function router(
  app: App,
  routes: readonly Route[],
  clientAddress: ClientAddress = peerAddress,
): (request: Request, connection?: Connection) => Promise<Response> {
  return async (request, connection) => {
    const url = urlOf(request)
    // Whatever the Host header says becomes part of the address.
    if (url === null) return plain(400, 'that is no address')
    try {
      const peer = connection?.req?.socket?.remoteAddress
      const client = clientAddress(peer, request.headers.get('x-forwarded-for'))
      for (const route of routes) {
        const response = await route(request, url, client)
        if (response !== null) return response
      }
    } catch (error) {
      if (request.signal.aborted) return plain(GONE, 'the client has gone')
      app.log('request failed', { method: request.method, path: pathIn(url), error: String(error) })
      return plain(500, 'something went wrong here; it was written to the log')
    }
    return plain(404, `there is nothing at ${url.pathname.slice(0, LONGEST_PATH)}`)
  }
}

function urlOf(request: Request): URL | null {
  try {
    return new URL(request.url)
  } catch {
    return null
  }
}

/** A path for the log: short, and without the token that some telephones can send nowhere else. */
function pathIn({ pathname }: URL): string {
  return pathname.replace(/\/t\/[^/]+/, '/t/…').slice(0, LONGEST_PATH)
}

export function plain(status: number, text: string, headers: { readonly [name: string]: string } = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers } })
}

export function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

export function bearer(request: Request): string | null {
  const found = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')
  return found?.[1] ?? null
}
