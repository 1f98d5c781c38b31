/** What is drawn when: the boundaries are the first picture, all else waits for them, and for a style to be drawn in. */
import type { MapLibreMap } from 'maplibre-gl'

export type FirstPicture = {
  /** There is a style that takes what comes besides the first boundaries. */
  isFurnished(): boolean
  /** The style went with its context; the one that comes back is furnished as the first was. */
  forgetStyle(): void
}
export type Turns = {
  /** The boundaries are on the screen, once. */
  onDrawn(): void
  /** Everything besides the boundaries into the style, now that there is one. */
  furnish(): void
  addPeople(): void
}

const FURNISHED_BY_MS = 500 // after the boundaries

export function drawBoundariesFirst(map: MapLibreMap, turns: Turns, gone: AbortSignal): FirstPicture {
  let hasDrawn = false
  let hasStyle = false
  let furnished = false

  function furnish() {
    if (gone.aborted || !hasStyle) return // the style that comes back after a lost context asks again
    furnished = true
    turns.furnish()
  }
  // Fonts, names, deck.gl and its shaders take their turns on the same thread: the boundaries come first.
  function drawn() {
    if (gone.aborted || hasDrawn) return
    hasDrawn = true
    turns.onDrawn()
    requestIdleCallback(furnish, { timeout: FURNISHED_BY_MS })
    requestIdleCallback(turns.addPeople, { timeout: FURNISHED_BY_MS })
  }
  map.on('sourcedata', event => {
    if (event.sourceId === 'areas' && event.isSourceLoaded && !hasDrawn) map.once('render', drawn)
  })
  map.once('load', drawn)
  map.on('style.load', () => {
    hasStyle = true
    if (hasDrawn) furnish()
  })

  return {
    isFurnished: () => furnished,
    forgetStyle() {
      hasStyle = false
      furnished = false
    },
  }
}
