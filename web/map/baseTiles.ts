/** What the base map is drawn from beyond the demo's own streets: a PMTiles archive, or Tianditu by way of the server. */
import type { ArchiveFault, ArchiveState, BasemapState, TileFault } from '#domain/basemap/basemapState.ts'
import type { Api } from '../graphql/client.ts'
import { knownLayers } from './tileSchema.ts'

export type BaseTiles = {
  readonly state: BasemapState
  /** Tiles that should be there don't come. */
  readonly isFailing: boolean
  /** Counts up to have everything asked for again. */
  readonly attempt: number
  /** `read` is given null where there is no such tile; what it throws counts as a tile that doesn't come. */
  readonly ask: <T>(path: string, signal: AbortSignal, read: (tile: ArrayBuffer | null) => T) => Promise<T>
}

const LOOK_EVERY_MS = 30_000

/** Tells how the base map stands, now and whenever that changes, until the returned function is called. */
export function followBaseTiles(api: Pick<Api, 'fetch'>, heard: (tiles: BaseTiles) => void): () => void {
  let tiles: BaseTiles | null = null
  let hasFailed = false
  let looksWhileFailing = 0
  let isFollowing = true

  const tell = (next: BaseTiles) => {
    const isNews = JSON.stringify(next) !== JSON.stringify(tiles)
    tiles = next
    if (isNews && isFollowing) heard(next)
  }

  const ask: BaseTiles['ask'] = async (path, signal, read) => {
    try {
      const response = await api.fetch(path, signal)
      return read(response.status === 204 ? null : await response.arrayBuffer())
    } catch (error) {
      if (!signal.aborted) failed()
      throw error
    }
  }

  function failed(): void {
    hasFailed = true
    if (tiles === null || tiles.isFailing) return
    tell({ ...tiles, isFailing: true })
    void look() // why
  }

  async function look(): Promise<void> {
    try {
      const response = await api.fetch('/basemap/state.json')
      const state = (await response.json()) as BasemapState
      tell({ isFailing: false, attempt: 0, ...tiles, state, ask })
    } catch {
      // The screen says by itself that the server is not heard; what is drawn stays.
    }
  }

  async function lookAgain(): Promise<void> {
    if (tiles !== null && (tiles.isFailing || hasFailed)) {
      looksWhileFailing = hasFailed ? looksWhileFailing + 1 : 0
      // Asking again empties the map for a moment: less and less often.
      const isTurn = Number.isInteger(Math.log2(looksWhileFailing))
      const next = { ...tiles, isFailing: hasFailed, attempt: tiles.attempt + (isTurn ? 1 : 0) }
      if (isTurn) hasFailed = false
      tell(next)
    }
    await look()
  }

  void look()
  const timer = setInterval(() => void lookAgain(), LOOK_EVERY_MS)
  return () => {
    isFollowing = false
    clearInterval(timer)
  }
}

export type ShownTiles =
  | { readonly from: 'archive'; readonly archive: ArchiveState & { readonly status: 'ready' } }
  | { readonly from: 'tianditu' }

/** The archive where it can be drawn, else Tianditu where it is configured; null: neither. */
export function shownTiles({ archive, tianditu }: BasemapState): ShownTiles | null {
  if (archive?.status === 'ready' && isDrawable(archive)) return { from: 'archive', archive }
  return tianditu === null ? null : { from: 'tianditu' }
}

export type BasemapTrouble = ArchiveFault | 'unknownLayers' | 'missingTiles' | `tianditu.${TileFault}`

/** What people are told beside the map; null: all is as configured. */
export function basemapTrouble({ state, isFailing }: BaseTiles): BasemapTrouble | null {
  const { archive, tianditu } = state
  if (archive?.status === 'unreadable') return archive.fault
  if (archive?.status === 'ready' && !isDrawable(archive)) return 'unknownLayers'
  if (!isFailing) return null
  return archive === null && tianditu !== null ? `tianditu.${tianditu.fault ?? 'silent'}` : 'missingTiles'
}

const isDrawable = (archive: ArchiveState & { readonly status: 'ready' }) =>
  archive.kind === 'raster' || Object.keys(knownLayers(archive.layers)).length > 0
