import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.txt': 'text/plain; charset=utf-8',
}
const INDEX = '/index.html'
const BUILD = /<meta name="gridwatch-build" content="([^"]+)">/
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.svg'])
/** Nothing outside is ever called: the browser is told to refuse it. */
const POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self' ws: wss:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

type Cached = { readonly plain: Buffer; readonly gzipped: Buffer | null; readonly type: string }

export type StaticFiles = {
  /** Null: no such file. */
  file(path: string, acceptsGzip: boolean): Promise<Response | null>
  /** Which build of the pages is served now, as index.html itself says in `<meta name="gridwatch-build">`. */
  build(): Promise<string | null>
}

/** Serves the built pages of `root`; each file is read and compressed once, the page itself once for each build. */
export function staticFiles(root: string): StaticFiles {
  const cache = new Map<string, Promise<Cached | null>>()
  let builtAt: number | null = null

  async function forgetOldPage(): Promise<void> {
    const page = await stat(join(root, INDEX)).catch(() => null)
    // While a build is at work there is no page: the one before is served until there is.
    if (page === null || page.mtimeMs === builtAt) return
    builtAt = page.mtimeMs
    cache.delete(INDEX)
  }

  async function file(path: string, acceptsGzip: boolean): Promise<Response | null> {
    const inside = normalize(path).replace(/^(\.\.(\/|$))+/, '')
    if (inside.includes('\0')) return null
    if (inside === INDEX) await forgetOldPage()
    const held = cache.get(inside) ?? load(join(root, inside))
    cache.set(inside, held)
    const file = await held.catch(error => {
      cache.delete(inside) // it may be read the next time
      throw error
    })
    if (file === null) {
      cache.delete(inside) // a path that nobody built must not fill the memory
      return null
    }
    const gzipped = acceptsGzip ? file.gzipped : null
    return new Response(new Uint8Array(gzipped ?? file.plain), {
      headers: {
        'content-type': file.type,
        'cache-control': inside.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        vary: 'accept-encoding',
        ...(gzipped === null ? {} : { 'content-encoding': 'gzip' }),
      },
    })
  }

  return {
    file,
    async build() {
      await forgetOldPage()
      const page = await (cache.get(INDEX) ?? load(join(root, INDEX)))
      return page === null ? null : (BUILD.exec(page.plain.toString())?.[1] ?? null)
    },
  }
}

/** What nobody built: also a name that is too long, or below something that is no folder. */
const ABSENT: readonly unknown[] = ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG']

async function load(file: string): Promise<Cached | null> {
  const extension = extname(file)
  const type = TYPES[extension]
  if (type === undefined) return null
  try {
    const read = await readFile(file)
    const plain = file.endsWith(INDEX) ? withBuild(read) : read
    return { plain, gzipped: COMPRESSED.has(extension) ? await promisify(gzip)(plain) : null, type }
  } catch (error) {
    if (error instanceof Error && 'code' in error && ABSENT.includes(error.code)) return null
    throw error
  }
}

/** A page that hangs for weeks has to know which build it is of, to find out that there is a newer one. */
function withBuild(page: Buffer): Buffer {
  const build = createHash('sha256').update(page).digest('hex').slice(0, 16)
  return Buffer.from(page.toString().replace('<head>', `<head><meta name="gridwatch-build" content="${build}">`))
}
