/** A MapLibre map as every wall wants it: north up, flat, as sharp as the screen, and with nothing of its own written on it. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { MapLibreMap, prewarm, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Camera } from './camera.ts'
import { FLAT_MAP } from './mapOptions.ts'

setWorkerUrl(workerUrl)
// Compiled while the areas are still on their way.
prewarm()

export function openMap(
  host: HTMLElement,
  { style, start, interactive }: { style: StyleSpecification; start: Camera | null; interactive: boolean },
): MapLibreMap {
  const container = document.createElement('div')
  container.className = 'map-canvas'
  host.append(container)
  const map = new MapLibreMap({
    container,
    style,
    center: start ? [start.lng, start.lat] : [0, 0],
    zoom: start?.zoom ?? 1,
    ...FLAT_MAP,
    interactive,
  })
  map.touchZoomRotate?.disableRotation()
  map.keyboard?.disableRotation()
  return map
}

export function closeMap(map: MapLibreMap): void {
  const container = map.getContainer()
  map.remove()
  container.remove()
}
