/** The peer of the wall's map: MapLibre, a style, a camera, nothing else. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { MapLibreMap, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

export type BareScene = {
  readonly style: StyleSpecification
  readonly camera: { readonly lng: number; readonly lat: number; readonly zoom: number }
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

setWorkerUrl(workerUrl)
const { style, camera, box } = (await (await fetch('./scene.json')).json()) as BareScene
const container = document.getElementById('map')
if (container) {
  Object.assign(container.style, {
    left: `${box.x}px`,
    top: `${box.y}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  })
  new MapLibreMap({
    container,
    style,
    center: [camera.lng, camera.lat],
    zoom: camera.zoom,
    attributionControl: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    dragRotate: false,
    maxPitch: 0,
  })
}
