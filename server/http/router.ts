import type { App } from '../app.ts'

/** A part of the server that answers some paths. Null: not mine. */
export type Route = (request: Request, url: URL) => Promise<Response | null>

/** Asks each route in order; a route that fails answers 500 without a word about the inside, and nothing else stops. */
export function router(app: App, routes: readonly Route[]): (request: Request) => Promise<Response> {
  return async request => {
    const url = new URL(request.url)
    try {
      for (const route of routes) {
        const response = await route(request, url)
        if (response !== null) return response
      }
    } catch (error) {
      app.log('request failed', { method: request.method, path: url.pathname, error: String(error) })
      return plain(500, 'something went wrong here; it was written to the log')
    }
    return plain(404, `there is nothing at ${url.pathname}`)
  }
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
