/** Owns one MapLibre map of the studio from mount to unmount. What it draws is the scene's. */
import 'maplibre-gl/dist/maplibre-gl.css'
import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, MapLibreMap, type MapMouseEvent, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { Bbox } from '#domain/geo/bbox.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { createAreaNames } from '../../map/areaNames.ts'
import { type AreaShapes, areaShapes } from '../../map/areaShapes.ts'
import { createBasemapLayers } from '../../map/basemapLayers.ts'
import { type Camera, fitCamera, pxPerMetre, shownBbox } from '../../map/camera.ts'
import type { GlState } from '../../map/inspect.ts'
import { FLAT_MAP } from '../../map/mapOptions.ts'
import type { Bbox as MapBbox } from '../../map/mapScene.ts'
import { palettes, rgba } from '../../map/palette.ts'
import type { SourceId } from '../../map/style.ts'
import { createTileLayers } from '../../map/tileLayers.ts'
import { remPx } from '../../ui/useRemPx.ts'
import type { StudioScene } from './studioScene.ts'
import { hatchImages, type OwnSource, studioStyle } from './studioStyle.ts'

export type StudioMapEvents = {
  hover(place: LngLat | null): void
  pin(place: LngLat): void
  /** While it moves and when it rests; `isHand` where a hand moved it, not a sister map. */
  moved(camera: Camera, isHand: boolean, isAtRest: boolean): void
  gl(state: GlState): void
  scale(pxPerMetre: number): void
}
export type StudioMap = {
  update(scene: StudioScene): void
  follow(camera: Camera): void
  /** `shiftPx`: how far to the left of the middle the place comes to stand. Returns where the camera goes. */
  flyTo(place: LngLat, shiftPx: number): Camera
  home(): void
  bounds(): Bbox
  project(place: LngLat): { x: number; y: number }
  unproject(x: number, y: number): LngLat
  glState(): GlState
  drawn(): readonly string[]
  destroy(): void
}

const RESERVE = { top: 20, right: 20, bottom: 20, left: 20 }
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }
/** A desk is read from near: the wall's measures, smaller, and smaller still where maps stand side by side. */
function unitOf(widthPx: number): number {
  const scale = remPx() / 16
  const width = widthPx / scale
  return scale * (width < 460 ? 0.56 : width < 760 ? 0.66 : 0.76)
}

export function createStudioMap(host: HTMLElement, first: StudioScene, events: StudioMapEvents): StudioMap {
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let scene = first
  let shapes: AreaShapes = shapesOf(scene)
  let isReady = false
  let isLost = false
  const gone = new AbortController()
  let isFollowing = false
  let isHome = scene.camera === null
  let unitPx = unitOf(host.clientWidth)

  const basemap = createBasemapLayers(scene.basemap, setData, gone.signal)

  const home = (): Camera | null => {
    const bbox = shownBbox(scene.areas, scene.root) ?? scene.bounds
    return bbox ? fitCamera(bbox as MapBbox, { width: host.clientWidth, height: host.clientHeight }, RESERVE) : null
  }
  setWorkerUrl(workerUrl)
  const start = scene.camera ?? home()
  const map = new MapLibreMap({
    container: host,
    style: styleOf(),
    center: start ? [start.lng, start.lat] : [0, 0],
    zoom: start?.zoom ?? 1,
    ...FLAT_MAP,
    boxZoom: false, // a box is drawn by its own tool
  })
  map.touchZoomRotate?.disableRotation()
  map.keyboard.disableRotation()
  const tileLayers = createTileLayers(map)

  function styleOf() {
    return studioStyle(palettes[scene.theme], unitPx, {
      areas: shapes.shapes,
      fine: shapes.fine,
      base: basemap.shapes(),
    })
  }
  function setData(id: SourceId | OwnSource, data: FeatureCollection) {
    if (isReady) map.getSource<GeoJSONSource>(id)?.setData(data)
  }
  const project = (lng: number, lat: number) => map.project([lng, lat])
  const unproject = (x: number, y: number) => map.unproject([x, y])
  const named = { shapes: () => shapes, obstacles: () => [], unitPx: () => unitPx, markUnit: () => unitPx }
  const names = createAreaNames({ ...named, project, unproject }, setData, gone.signal)
  const camera = (): Camera => ({ lng: map.getCenter().lng, lat: map.getCenter().lat, zoom: map.getZoom() })

  function drawAreas() {
    setData('areas', shapes.shapes)
    setData('fine', shapes.fine)
    setData('selection', shapes.selection)
    names.write()
  }
  function drawTiles() {
    if (isReady) tileLayers.draw(scene.tiles, { theme: scene.theme, unitPx, textScale: 1 })
  }
  function drawHeat() {
    setData('heat', scene.bands ?? EMPTY)
    setData('less', scene.less ?? EMPTY)
    setData('hot', scene.hot ?? EMPTY)
  }
  function drawMarks() {
    setData('box', scene.box ? boxOutline(scene.box) : EMPTY)
    setData('piles', points(scene.piles))
  }

  map.on('style.load', () => {
    if (gone.signal.aborted) return
    isReady = true
    const dpr = window.devicePixelRatio || 1
    hatchImages(rgba(palettes[scene.theme]['k-2']), dpr).forEach((image, i) => {
      if (!map.hasImage(`less-${i}`)) map.addImage(`less-${i}`, image, { pixelRatio: dpr })
    })
    drawAreas()
    basemap.drawShapes()
    basemap.drawNames()
    drawTiles()
    drawHeat()
    drawMarks()
    events.gl(glState())
    events.scale(pxPerMetre(map.getCenter().lat, map.getZoom()))
  })
  // The moves of a wheel name no gesture, so what a hand does is told by what it touches; it lasts until the map rests.
  let isByHand = false
  for (const touch of ['wheel', 'dblclick', 'touchmove', 'keydown'] as const)
    map.getCanvasContainer().addEventListener(touch, touched, { passive: true })
  map.on('dragstart', touched)
  function touched() {
    isByHand = true
  }
  map.on('move', () => events.moved(camera(), isByHand && !isFollowing, false))
  map.on('moveend', () => {
    if (gone.signal.aborted) return
    const isHand = isByHand && !isFollowing
    if (isHand) isHome = false
    names.place()
    events.moved(camera(), isHand, true)
    if (!isFollowing) isByHand = false
    events.scale(pxPerMetre(map.getCenter().lat, map.getZoom()))
  })
  map.on('resize', () => {
    if (isHome) go(home(), false)
    if (unitPx !== unitOf(host.clientWidth)) {
      unitPx = unitOf(host.clientWidth)
      restyle()
    }
    events.gl(glState())
  })
  let hovering = 0
  map.on('mousemove', (event: MapMouseEvent) => {
    cancelAnimationFrame(hovering)
    hovering = requestAnimationFrame(() => events.hover({ lng: event.lngLat.lng, lat: event.lngLat.lat }))
  })
  map.on('mouseout', () => {
    cancelAnimationFrame(hovering)
    events.hover(null)
  })
  map.on('click', (event: MapMouseEvent) => events.pin({ lng: event.lngLat.lng, lat: event.lngLat.lat }))
  const onLost = () => {
    isLost = true
    isReady = false
    events.gl(glState())
  }
  const onRestored = () => {
    isLost = false
    events.gl(glState())
  }
  host.addEventListener('webglcontextlost', onLost, true)
  host.addEventListener('webglcontextrestored', onRestored, true)

  /** Everything is handed over again once the new style is there. */
  function restyle() {
    isReady = false
    map.setStyle(styleOf(), { diff: false })
  }
  function go(target: Camera | null, isSmooth: boolean) {
    if (!target) return
    const to = { center: [target.lng, target.lat] as [number, number], zoom: target.zoom }
    if (isSmooth && !still.matches) map.easeTo({ ...to, duration: 500 })
    else map.jumpTo(to)
  }
  function glState(): GlState {
    const canvas = map.getCanvas()
    return { width: canvas.width, height: canvas.height, lost: isLost }
  }

  return {
    update(next) {
      const before = scene
      scene = next
      const areAreasNew = before.areas !== next.areas || before.root !== next.root || before.selected !== next.selected
      if (areAreasNew) shapes = shapesOf(next)
      if (before.basemap !== next.basemap) basemap.set(next.basemap)
      if (before.theme !== next.theme) return restyle()
      if (areAreasNew) drawAreas()
      if (before.tiles !== next.tiles) drawTiles()
      if (before.bands !== next.bands || before.less !== next.less || before.hot !== next.hot) drawHeat()
      if (before.box !== next.box || before.piles !== next.piles) drawMarks()
      if (before.root !== next.root && next.camera === null) {
        isHome = true
        go(home(), true)
      }
    },
    follow(target) {
      isFollowing = true
      isHome = false
      go(target, false)
      isFollowing = false
    },
    flyTo({ lng, lat }, shiftPx) {
      isHome = false
      const zoom = Math.max(16, map.getZoom())
      const shift = (shiftPx / (512 * 2 ** zoom)) * 360
      const target = { lng: lng + shift, lat, zoom }
      go(target, true)
      return target
    },
    home() {
      isHome = true
      go(home(), true)
    },
    bounds() {
      const box = map.getBounds()
      return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]
    },
    project: ({ lng, lat }) => project(lng, lat),
    unproject(x, y) {
      const { lng, lat } = unproject(x, y)
      return { lng, lat }
    },
    glState,
    drawn: () => shapes.drawn,
    destroy() {
      gone.abort()
      cancelAnimationFrame(hovering)
      host.removeEventListener('webglcontextlost', onLost, true)
      host.removeEventListener('webglcontextrestored', onRestored, true)
      tileLayers.close()
      map.remove()
    },
  }
}

const shapesOf = ({ areas, levels, root, selected }: StudioScene) =>
  areaShapes(areas as Parameters<typeof areaShapes>[0], levels, root, selected)

function boxOutline([west, south, east, north]: Bbox): FeatureCollection {
  const ring = [west, south, east, south, east, north, west, north, west, south]
  const coordinates = [0, 2, 4, 6, 8].map(i => [ring[i] ?? 0, ring[i + 1] ?? 0])
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties: {} }],
  }
}

const points = (places: readonly LngLat[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features: places.map(({ lng, lat }) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lng, lat] },
    properties: {},
  })),
})
