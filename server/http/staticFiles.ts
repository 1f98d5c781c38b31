import { readFile } from 'node:fs/promises'
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

/** Serves the built pages of `root`; each file is read and compressed once. Null: no such file. */
export function staticFiles(root: string): (path: string, acceptsGzip: boolean) => Promise<Response | null> {
  const cache = new Map<string, Promise<Cached | null>>()
  return async (path, acceptsGzip) => {
    const inside = normalize(path).replace(/^(\.\.(\/|$))+/, '')
    if (inside.includes('\0')) return null
    const held = cache.get(inside) ?? load(join(root, inside))
    cache.set(inside, held)
    const file = await held
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
}

async function load(file: string): Promise<Cached | null> {
  const extension = extname(file)
  const type = TYPES[extension]
  if (type === undefined) return null
  try {
    const plain = await readFile(file)
    return { plain, gzipped: COMPRESSED.has(extension) ? await promisify(gzip)(plain) : null, type }
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return null
    throw error
  }
}
