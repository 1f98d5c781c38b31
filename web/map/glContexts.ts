/** Watches the GPU's contexts of one map: says when one is lost, and has people's canvas laid over it anew. */
import type { MapLibreMap } from 'maplibre-gl'
import type { GlState } from './inspect.ts'
import type { PeopleLayer } from './peopleLayer.ts'

export type GlContexts = {
  state(): GlState
  /** Lays people's canvas over the map; from then on nothing is lost. */
  addPeople(): Promise<void>
}

const PEOPLE_BACK_MS = 300

export function watchContexts(
  host: HTMLElement,
  map: MapLibreMap,
  people: Pick<PeopleLayer, 'mount' | 'unmount'>,
  events: { onMapLost(): void; onChange(state: GlState): void },
  gone: AbortSignal,
): GlContexts {
  let lost = false

  function state(): GlState {
    const { width, height } = map.getCanvas()
    return { width, height, lost }
  }
  async function addPeople() {
    if (!(await people.mount())) return
    lost = false
    events.onChange(state())
  }
  function onLost({ target }: Event) {
    lost = true
    if (target === map.getCanvas()) events.onMapLost()
    else {
      // deck.gl doesn't rebuild its resources: the overlay goes, and a new one comes, with the map's own context when
      // both are lost.
      people.unmount()
      setTimeout(addPeople, PEOPLE_BACK_MS)
    }
    events.onChange(state())
  }
  function onRestored({ target }: Event) {
    if (target !== map.getCanvas()) return
    people.unmount()
    setTimeout(addPeople)
  }
  // The event doesn't bubble, but it is captured: one pair of listeners serves MapLibre's canvas and deck.gl's.
  host.addEventListener('webglcontextlost', onLost, { capture: true, signal: gone })
  host.addEventListener('webglcontextrestored', onRestored, { capture: true, signal: gone })

  return { state, addPeople }
}
