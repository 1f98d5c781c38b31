/** MapLibre, a style, a camera, nothing else. */
import 'maplibre-gl/dist/maplibre-gl.css'
import { MapLibreMap, type StyleSpecification, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'

export type BareScene = {
  readonly style: StyleSpecification
  readonly camera: { readonly lng: number; readonly lat: number; readonly zoom: number }
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly unitPx: number
  readonly people: readonly (readonly [lng: number, lat: number])[]
}

export async function bareMap(): Promise<{ readonly map: MapLibreMap; readonly scene: BareScene }> {
  setWorkerUrl(workerUrl)
  const scene = (await (await fetch('./scene.json')).json()) as BareScene
  const { style, camera, box } = scene
  const container = document.getElementById('map')
  if (!container) throw new Error('the page has no map')
  Object.assign(container.style, {
    left: `${box.x}px`,
    top: `${box.y}px`,
    width: `${box.width}px`,
    height: `${box.height}px`,
  })
  const map = new MapLibreMap({
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
  return { map, scene }
}
