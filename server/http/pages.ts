import { plain, type Route } from './router.ts'
import type { StaticFiles } from './staticFiles.ts'

/** The faces that exist. Each is the one built page; the rest is up to it. */
const FACES = ['/wall', '/studio']

export function pageRoute(files: StaticFiles['file']): Route {
  return async (request, url) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    if (url.pathname === '/') return new Response(null, { status: 302, headers: { location: '/wall' } })
    const acceptsGzip = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
    const isFace = FACES.some(face => url.pathname === face || url.pathname.startsWith(`${face}/`))
    const page = await files(isFace ? '/index.html' : url.pathname, acceptsGzip)
    return page ?? (isFace ? plain(503, 'the pages are not built yet: run "npm run build"') : null)
  }
}
