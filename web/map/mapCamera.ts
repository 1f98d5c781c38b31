/** Owns where one map looks: at home, until a hand on it locks it elsewhere. */
import type { MapLibreMap } from 'maplibre-gl'
import { type Camera, pxPerMetre } from './camera.ts'

export type MapCamera = {
  /** Home again at once, where no hand holds it elsewhere. */
  keepHome(): void
  /** Home again, whoever held it. */
  comeHome(how: 'jump' | 'ease'): void
  /** CSS pixels that one metre takes in the middle of the map. */
  pxPerMetre(): number
}

const CAMERA_MS = 900

export function createMapCamera(map: MapLibreMap, home: () => Camera | null, still: MediaQueryList): MapCamera {
  let locked = false
  const lock = () => {
    locked = true
  }
  // Only a hand on the map locks it; our own camera moves raise none of these.
  for (const gesture of ['dragstart', 'wheel', 'dblclick', 'boxzoomend'] as const) map.on(gesture, lock)
  map.on('zoomstart', event => {
    if (event.originalEvent) lock()
  })

  function go(camera: Camera | null, how: 'jump' | 'ease') {
    if (!camera) return
    const target = { center: [camera.lng, camera.lat] as [number, number], zoom: camera.zoom }
    if (how === 'jump' || still.matches) map.jumpTo(target)
    else map.easeTo({ ...target, duration: CAMERA_MS, easing: t => 1 - (1 - t) ** 3 })
  }

  return {
    keepHome() {
      if (!locked) go(home(), 'jump')
    },
    comeHome(how) {
      locked = false
      go(home(), how)
    },
    pxPerMetre: () => pxPerMetre(map.getCenter().lat, map.getZoom()),
  }
}
