/** deck.gl over the map, in a chunk of its own: the boundaries need none of it, and are the first picture. */
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { MapLibreMap } from 'maplibre-gl'
import { type DeckInput, deckLayers } from './deckLayers.ts'

export type PeopleOverlay = { draw(input: DeckInput): void; remove(): void }

export function addPeopleOverlay(map: MapLibreMap, first: DeckInput): PeopleOverlay {
  const overlay = new MapLibreOverlay({
    interleaved: false,
    layers: deckLayers(first),
    // The first frames may be drawn before the canvas has its size: few pixels, stretched over the whole map.
    onAfterRender() {
      const canvas = overlay.getCanvas()
      if (canvas === null) return
      const isStretched = canvas.width * 2 < canvas.clientWidth * window.devicePixelRatio
      canvas.style.visibility = isStretched ? 'hidden' : ''
    },
  })
  map.addControl(overlay)
  return {
    draw: input => overlay.setProps({ layers: deckLayers(input) }),
    remove: () => void map.removeControl(overlay),
  }
}
