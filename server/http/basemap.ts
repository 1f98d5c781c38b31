import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Tokens } from '../access/tokens.ts'
import type { App } from '../app.ts'
import { readersOnly } from './readersOnly.ts'
import type { Route } from './router.ts'

/** What lies under the areas of the demo street, drawn in this order where no archive is given. Another store has none. */
export const DEMO_BASEMAP = ['landuse', 'water', 'buildings', 'roads', 'bridges', 'rail', 'stations'] as const

/** GET /basemap/<layer>.geojson, for whoever may read. */
export function basemapRoute(app: App, tokens: Tokens, folder: string): Route {
  const cache = new Map<string, Uint8Array>()
  return async (request, url) => {
    const layer = DEMO_BASEMAP.find(name => url.pathname === `/basemap/${name}.geojson`)
    if (layer === undefined) return null
    const refusal = await readersOnly(request, tokens)
    if (refusal !== null) return refusal
    if (!(await app.reference()).demo) return null
    const held = cache.get(layer) ?? new Uint8Array(gzipSync(await readFile(join(folder, `${layer}.geojson`))))
    cache.set(layer, held)
    return new Response(held.slice(), {
      headers: {
        'content-type': 'application/geo+json',
        'content-encoding': 'gzip',
        'cache-control': 'private, max-age=3600',
      },
    })
  }
}
