/** Owns the store's own base map of one map: its shapes, and the names of its roads and waters. */
import type { FeatureCollection } from 'geojson'
import { loadFonts } from '../styles/fonts.ts'
import { basemapParts } from './basemapParts.ts'
import type { Basemap } from './mapScene.ts'
import type { SourceId } from './style.ts'

export type BasemapLayers = {
  shapes(): FeatureCollection
  set(basemap: readonly Basemap[]): void
  drawShapes(): void
  drawNames(): void
}

export function createBasemapLayers(
  first: readonly Basemap[],
  show: (id: SourceId, data: FeatureCollection) => void,
  gone: AbortSignal,
): BasemapLayers {
  let parts = basemapParts(first)

  function drawShapes() {
    show('base', parts.shapes)
  }
  function drawNames() {
    const current = parts
    void loadFonts(current.names).then(() => {
      if (!gone.aborted && current === parts) show('named', current.named)
    })
  }

  return {
    shapes: () => parts.shapes,
    set(basemap) {
      parts = basemapParts(basemap)
      drawShapes()
      drawNames()
    },
    drawShapes,
    drawNames,
  }
}
