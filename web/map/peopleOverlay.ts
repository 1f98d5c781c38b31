/** deck.gl over the map, in a chunk of its own: the boundaries need none of it, and are the first picture. */
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { MapLibreMap } from 'maplibre-gl'
import { type DeckInput, deckLayers } from './deckLayers.ts'

export type PeopleOverlay = { draw(input: DeckInput): void; remove(): void }

export function addPeopleOverlay(map: MapLibreMap, first: DeckInput): PeopleOverlay {
  const overlay = new MapLibreOverlay({ interleaved: false, layers: deckLayers(first) })
  map.addControl(overlay)
  return {
    draw: input => overlay.setProps({ layers: deckLayers(input) }),
    remove: () => void map.removeControl(overlay),
  }
}
