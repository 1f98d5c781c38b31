import type { BasemapState } from '#domain/basemap/basemapState.ts'
import type { Tokens } from '../access/tokens.ts'
import { readersOnly } from '../http/readersOnly.ts'
import { json, plain, type Route } from '../http/router.ts'
import type { ArchiveKeeper } from './archiveKeeper.ts'
import { type Tianditu, tiandituLayers } from './tianditu.ts'

const DEEPEST_ZOOM = 24
const TILE = /^\/basemap\/(tiles|tianditu\/(\w+))\/(\d{1,2})\/(\d{1,8})\/(\d{1,8})$/

/** GET /basemap/state.json, /basemap/tiles/Z/X/Y and /basemap/tianditu/vec|cva/Z/X/Y, for whoever may read. */
export function tileRoute(tokens: Tokens, archive: ArchiveKeeper, tianditu: Tianditu | null): Route {
  return async (request, url) => {
    const isState = url.pathname === '/basemap/state.json'
    const [, from, layerName, ...address] = TILE.exec(url.pathname) ?? []
    if (!isState && from === undefined) return null
    const refusal = await readersOnly(request, tokens)
    if (refusal !== null) return refusal
    if (isState) {
      const fault = tianditu === null ? null : { fault: tianditu.fault() }
      return json(200, { archive: await archive.state(), tianditu: fault } satisfies BasemapState)
    }
    const [z = 0, x = 0, y = 0] = address.map(Number)
    if (z > DEEPEST_ZOOM || x >= 2 ** z || y >= 2 ** z)
      return plain(400, 'there is no such tile: z/x/y is out of range')
    if (from === 'tiles') return archiveTile(archive, [z, x, y], url.searchParams.get('v'))
    const layer = tiandituLayers.find(name => name === layerName)
    return tianditu === null || layer === undefined ? null : tiandituTile(await tianditu.tile(layer, z, x, y))
  }
}

async function archiveTile(archive: ArchiveKeeper, [z, x, y]: [number, number, number], version: string | null) {
  const found = await archive.tile(z, x, y)
  if (found === null) return plain(503, 'there is no base map that can be read', { 'cache-control': 'no-store' })
  const { tile } = found
  // With the version in its address a tile never changes; another archive has other addresses.
  const caching = found.version === version ? 'private, max-age=31536000, immutable' : 'no-store'
  if (tile === null) return new Response(null, { status: 204, headers: { 'cache-control': caching } })
  return new Response(tile.bytes.slice(), {
    headers: {
      'content-type': tile.type,
      'cache-control': caching,
      'x-content-type-options': 'nosniff',
      ...(tile.isGzipped ? { 'content-encoding': 'gzip' } : {}),
    },
  })
}

function tiandituTile(tile: Awaited<ReturnType<Tianditu['tile']>>): Response {
  if (!tile.ok) return plain(502, `Tianditu gave no tile: ${tile.fault}`, { 'cache-control': 'no-store' })
  const caching = { 'cache-control': 'private, max-age=86400' }
  if (tile.bytes === null) return new Response(null, { status: 204, headers: caching })
  const headers = { 'content-type': tile.type, 'x-content-type-options': 'nosniff', ...caching }
  return new Response(tile.bytes.slice(), { headers })
}
