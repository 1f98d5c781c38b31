/** Tianditu, or an intranet mirror of it: WMTS in web Mercator (`_w`). Asked by the server alone, so that neither its key nor its address reaches a page. */
import type { TileFault } from '#domain/basemap/basemapState.ts'

export const tiandituLayers = ['vec', 'cva'] as const
export type TiandituLayer = (typeof tiandituLayers)[number]

export type TiandituTile =
  | { readonly ok: true; readonly bytes: Uint8Array | null; readonly type: string } // null: it has no such tile
  | { readonly ok: false; readonly fault: TileFault }

export type Tianditu = {
  tile(layer: TiandituLayer, z: number, x: number, y: number): Promise<TiandituTile>
  /** What went wrong when it was asked last; null: nothing. */
  fault(): TileFault | null
}

export type TiandituConfig = { readonly url: string; readonly key: string | null }

/** Each second that a tile waits, a wall is without it; a mirror in the house answers at once. */
const PATIENCE_MS = 6000
/** After a failure nobody waits for the next ones: a map asks for fifty tiles at a time. */
const REST_MS = 10_000
const LARGEST_TILE_BYTES = 4 * 2 ** 20

export function tianditu(
  { url, key }: TiandituConfig,
  now: () => number,
  log: (line: string, detail: object) => void,
  patienceMs = PATIENCE_MS,
): Tianditu {
  let failed: { readonly at: number; readonly fault: TileFault } | null = null

  return {
    fault: () => failed?.fault ?? null,
    async tile(layer, z, x, y) {
      if (failed !== null && now() - failed.at < REST_MS) return { ok: false, fault: failed.fault }
      const answer = await ask(tileAddress(url, key, layer, z, x, y), patienceMs)
      if (answer.ok) failed = null
      else {
        // The address holds the key: it stays out of the log.
        if (failed?.fault !== answer.fault) log('Tianditu does not answer with tiles', { url, fault: answer.fault })
        failed = { at: now(), fault: answer.fault }
      }
      return answer
    },
  }
}

function tileAddress(url: string, key: string | null, layer: TiandituLayer, z: number, x: number, y: number): string {
  const query = new URLSearchParams({
    SERVICE: 'WMTS',
    REQUEST: 'GetTile',
    VERSION: '1.0.0',
    LAYER: layer,
    STYLE: 'default',
    TILEMATRIXSET: 'w',
    FORMAT: 'tiles',
    TILEMATRIX: String(z),
    TILEROW: String(y),
    TILECOL: String(x),
    ...(key === null ? {} : { tk: key }),
  })
  return `${url}/${layer}_w/wmts?${query}`
}

async function ask(address: string, patienceMs: number): Promise<TiandituTile> {
  try {
    // A redirection could lead to a host that nobody configured.
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patienceMs) })
    if (response.status === 404 || response.status === 204) {
      await response.body?.cancel()
      return { ok: true, bytes: null, type: '' }
    }
    const type = response.headers.get('content-type') ?? ''
    const length = Number(response.headers.get('content-length') ?? 0)
    if (!response.ok || !/^image\/(png|jpeg|webp)\b/.test(type) || length > LARGEST_TILE_BYTES) {
      await response.body?.cancel()
      return { ok: false, fault: response.ok ? 'notAnImage' : 'refused' }
    }
    return { ok: true, bytes: new Uint8Array(await response.arrayBuffer()), type }
  } catch {
    return { ok: false, fault: 'silent' }
  }
}
