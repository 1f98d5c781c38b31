/** Owns what moves above one map: the canvas of deck.gl, and what it was handed last. */
import type { MapLibreMap } from 'maplibre-gl'
import type { DeckInput } from './deckLayers.ts'
import { drawsInSoftware } from './glLimit.ts'
import type { MapIncident, MapScene, MapWorker } from './mapScene.ts'
import { palettes } from './palette.ts'
import { drawIconAtlas, type IconAtlas } from './peopleIcons.ts'
import type { PeopleOverlay } from './peopleOverlay.ts'

export type PeopleLayer = {
  /** Lays their canvas over the map; false: there is one, or nothing to lay it over. */
  mount(): Promise<boolean>
  unmount(): void
  draw(): void
  /** Their glyphs anew: theme or unit changed. */
  restyle(): void
  handed(): readonly MapWorker[]
}
export type PeopleGround = {
  scene(): MapScene
  dots(): readonly MapIncident[]
  markUnit(): number
  pxPerMetre(): number
}

export function createPeopleLayer(
  map: MapLibreMap,
  { scene, dots, markUnit, pxPerMetre }: PeopleGround,
  still: MediaQueryList,
  gone: AbortSignal,
): PeopleLayer {
  let overlay: PeopleOverlay | null = null
  let atlas: IconAtlas | null = null
  let software: boolean | null = null
  let handed: readonly MapWorker[] = []
  let idsBefore = ''

  function input(): DeckInput {
    const { workers, theme, link } = scene()
    const palette = palettes[theme]
    atlas ??= drawIconAtlas(palette, markUnit(), window.devicePixelRatio || 1)
    const ids = workers === handed ? idsBefore : workers.map(worker => worker.id).join()
    // deck.gl interpolates by place in the list: with another list a dot would glide into somebody else's place.
    const glide = ids === idsBefore && link === 'live' && !isSoftware() && !still.matches
    idsBefore = ids
    handed = workers
    return {
      workers,
      dots: dots(),
      palette,
      unitPx: markUnit(),
      metresPerPx: 1 / pxPerMetre(),
      atlas,
      stale: link === 'stale' || link === 'lost',
      glide,
    }
  }
  function isSoftware(): boolean {
    software ??= drawsInSoftware(map.getCanvas())
    return software
  }
  const isMapLost = () => map.getCanvas().getContext('webgl2')?.isContextLost() ?? true

  return {
    async mount() {
      const { addPeopleOverlay } = await import('./peopleOverlay.ts')
      // Nothing is drawn over a context that was lost meanwhile: when it is back, this is asked again.
      if (gone.aborted || overlay !== null || isMapLost()) return false
      overlay = addPeopleOverlay(map, input())
      return true
    },
    unmount() {
      overlay?.remove()
      overlay = null
    },
    draw: () => overlay?.draw(input()),
    restyle() {
      atlas = null
    },
    handed: () => handed,
  }
}
