/** Owns the one MapLibre map of a page, the deck.gl overlay over it and the pins, from mount to unmount. */
import 'maplibre-gl/dist/maplibre-gl.css'
import type { FeatureCollection } from 'geojson'
import { type GeoJSONSource, MapLibreMap, type MapMouseEvent, prewarm, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type Density, densityAt } from '#domain/heat/density.ts'
import { loadFonts } from '../styles/fonts.ts'
import { type AreaShapes, areaAt, areaShapes, largestRing } from './areaShapes.ts'
import { type BasemapParts, basemapParts } from './basemapParts.ts'
import { type Camera, fitCamera, pxPerMetre, type Reserve, shownBbox, wallReserve, zoomForScale } from './camera.ts'
import type { DeckInput } from './deckLayers.ts'
import { calloutMarkup, frameMarkup } from './frames.ts'
import { drawsInSoftware, MOST_CANVAS_PX } from './glLimit.ts'
import { createHeatClient, type HeatClient } from './heatClient.ts'
import { type GlState, type Handed, type Inspection, inspection } from './inspect.ts'
import type { MapIncident, MapScene, MapWorker } from './mapScene.ts'
import { nameObstacles } from './nameObstacles.ts'
import { palettes } from './palette.ts'
import { drawIconAtlas, type IconAtlas } from './peopleIcons.ts'
import type { PeopleOverlay } from './peopleOverlay.ts'
import { createPinLayer } from './pinLayer.ts'
import { placedNames } from './placedNames.ts'
import { mapStyle, type SourceId } from './style.ts'
import { createTileLayers } from './tileLayers.ts'
import { createTrackLayers } from './trackLayers.ts'

export type FixedView = { lng: number; lat: number; metresPerPx: number }
export type Hover = { lng: number; lat: number; area: string | null; density: number | null }
export type WallMapEvents = {
  select(code: string | null): void
  incident(id: string): void
  /** Whose track was clicked, or lies under the pointer; null: nobody's. Only where whole tracks are drawn. */
  person(worker: string | null): void
  over(worker: string | null): void
  hover(value: Hover | null): void
  /** The boundaries are on the screen, once. */
  drawn(): void
  gl(state: GlState): void
  locked(is: boolean): void
  scale(pxPerMetre: number): void
  heatFailed(message: string): void
}
export type WallMapOptions = {
  events: WallMapEvents
  texts: { unknown: string }
  markScale: number // pins and people of a focus map are larger
  view: FixedView | null // a focus map looks here instead of fitting the area shown
  reserve: Reserve | null
  callout: { x: number; y: number } | null // where the plate's line begins, in CSS pixels of the map
}
export type WallMap = {
  update(scene: MapScene): void
  setView(view: FixedView | null): void
  setCallout(from: { x: number; y: number } | null): void
  restoreCamera(): void
  project(lng: number, lat: number): { x: number; y: number }
  glState(): GlState
  inspect(head: number, at: number): Inspection
  /** For the test of a lost GPU: both canvases lose their context, and get it back when asked. */
  loseContext(): () => void
  destroy(): void
}

const MAX_PINS = 200 // HTML markers; beyond it the normal ones become dots of the overlay
const CAMERA_MS = 900
const FURNISHED_BY_MS = 500 // after the boundaries
const TRACK_NEAR_UNITS = 5
const NAMES_REST_MS = 1000
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] }

setWorkerUrl(workerUrl)
// Compiled while the areas are still on their way.
prewarm()

export function createWallMap(host: HTMLElement, first: MapScene, options: WallMapOptions): WallMap {
  const { events } = options
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let scene = first
  let { view, callout } = options
  let grid: Density | null = null
  let atlas: IconAtlas | null = null
  let heat: HeatClient | null = null
  let software: boolean | null = null
  let lost = false
  let locked = false
  let hasStyle = false
  let ready = false // to take what comes besides the first boundaries
  let idsBefore = ''
  let gone = false
  let naming: ReturnType<typeof setTimeout> | undefined
  // Asking for it in between would lay out the whole page anew: it changes only when the map is resized.
  let widthPx = host.clientWidth
  let shownUnit = Number.NaN
  let handed: Handed = { incidents: [], workers: [], areas: [], heat: null }
  let handedWorkers: readonly MapWorker[] = []
  let dots: readonly MapIncident[] = []

  const markUnit = () => scene.unitPx * options.markScale
  const home = (): Camera | null => {
    if (view) return { lng: view.lng, lat: view.lat, zoom: zoomForScale(view.lat, view.metresPerPx) }
    const bbox = shownBbox(scene.areas, scene.root) ?? scene.bounds ?? null
    const size = { width: host.clientWidth, height: host.clientHeight }
    return bbox ? fitCamera(bbox, size, options.reserve ?? wallReserve(scene.unitPx, size.width)) : null
  }

  const canvasHost = document.createElement('div')
  canvasHost.className = 'map-canvas'
  host.append(canvasHost)
  const start = home()
  let shapes: AreaShapes = areaShapes(scene.areas, scene.levels, scene.root, scene.selected)
  let styled: AreaShapes | null = shapes // what the style holds; null: of a lost context nobody knows
  let base: BasemapParts = basemapParts(scene.basemap)
  let bands: FeatureCollection = EMPTY
  // What is known now is part of the first style: each later handover is one more round through MapLibre's worker.
  let style = mapStyle(
    palettes[scene.theme],
    scene.unitPx,
    {
      areas: shapes.shapes,
      fine: shapes.fine,
      selection: shapes.selection,
      base: base.shapes,
    },
    options.markScale,
  )
  const map = new MapLibreMap({
    container: canvasHost,
    style,
    center: start ? [start.lng, start.lat] : [0, 0],
    zoom: start?.zoom ?? 1,
    maxCanvasSize: [MOST_CANVAS_PX, MOST_CANVAS_PX],
    attributionControl: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxPitch: 0,
    interactive: view === null,
  })
  map.touchZoomRotate?.disableRotation()
  const tileLayers = createTileLayers(map)
  const trackLayers = createTrackLayers(map)
  const frames = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  frames.setAttribute('class', 'map-leaders')
  host.append(frames)
  const pins = createPinLayer(host, { unitPx: markUnit, texts: options.texts, onPick: events.incident })
  let overlay: PeopleOverlay | null = null
  // Fonts, names, deck.gl and its shaders take their turns on the same thread: the boundaries come first.
  let hasDrawn = false
  const drawn = () => {
    if (gone || hasDrawn) return
    hasDrawn = true
    events.drawn()
    requestIdleCallback(furnish, { timeout: FURNISHED_BY_MS })
    requestIdleCallback(addOverlay, { timeout: FURNISHED_BY_MS })
  }
  map.on('sourcedata', event => {
    if (event.sourceId === 'areas' && event.isSourceLoaded && !hasDrawn) map.once('render', drawn)
  })
  map.once('load', drawn)
  map.on('style.load', () => {
    hasStyle = true
    if (hasDrawn) furnish()
  })

  const setData = (id: SourceId, data: FeatureCollection) => {
    // While the context is lost the style is gone; everything is handed over again when it returns.
    if (ready) map.getSource<GeoJSONSource>(id)?.setData(data)
  }
  const project = (lng: number, lat: number) => map.project([lng, lat])
  const unproject = (x: number, y: number) => map.unproject([x, y])

  function drawOverlaySvg() {
    if (shownUnit !== markUnit()) {
      shownUnit = markUnit()
      host.style.setProperty('--map-u', `${shownUnit}px`)
    }
    pins.place(project, widthPx)
    const selected = callout ? scene.areas.find(area => area.code === scene.selected)?.geometry : null
    const line = selected && callout ? calloutMarkup(callout, largestRing(selected), project, scene.unitPx) : ''
    const markup = frameMarkup(scene.frames ?? [], project, scene.unitPx) + line
    if (frames.innerHTML !== markup) frames.innerHTML = markup
  }

  function people(): DeckInput {
    const palette = palettes[scene.theme]
    atlas ??= drawIconAtlas(palette, markUnit(), window.devicePixelRatio || 1)
    const ids = scene.workers === handedWorkers ? idsBefore : scene.workers.map(worker => worker.id).join()
    // deck.gl interpolates by place in the list: with another list a dot would glide into somebody else's place.
    const glide = ids === idsBefore && scene.link === 'live' && !isSoftware() && !still.matches
    idsBefore = ids
    handedWorkers = scene.workers
    return {
      workers: scene.workers,
      dots,
      palette,
      unitPx: markUnit(),
      metresPerPx: 1 / pxPerMetre(map.getCenter().lat, map.getZoom()),
      atlas,
      stale: scene.link === 'stale' || scene.link === 'lost',
      glide,
    }
  }

  function isSoftware(): boolean {
    software ??= drawsInSoftware(map.getCanvas())
    return software
  }

  const drawPeople = () => overlay?.draw(people())

  function drawIncidents() {
    const urgent = scene.incidents.filter(incident => incident.state === 'atRisk' || incident.state === 'breached')
    const others = scene.incidents.filter(incident => incident.state !== 'atRisk' && incident.state !== 'breached')
    const room = Math.max(0, MAX_PINS - urgent.length)
    pins.set([...urgent, ...others.slice(0, room)])
    dots = others.slice(room)
    handed = { ...handed, incidents: scene.incidents }
  }

  function drawAreas() {
    shapes = areaShapes(scene.areas, scene.levels, scene.root, scene.selected)
    styled = ready ? shapes : styled
    handed = { ...handed, areas: shapes.drawn }
    setData('areas', shapes.shapes)
    setData('fine', shapes.fine)
    setData('selection', shapes.selection)
    drawTexts()
  }

  function drawTexts() {
    const current = shapes
    const texts = [...current.names.map(name => name.text), ...current.numbers.features.map(f => f.properties.text)]
    // MapLibre keeps the first picture of a character for good, so its font comes first.
    void loadFonts(texts.join('')).then(() => {
      if (gone || current !== shapes) return
      setData('numbers', current.numbers)
      drawNames()
    })
  }

  function drawNames() {
    const { unitPx, workers } = scene
    clearTimeout(naming)
    const obstacles = nameObstacles({ shapes, pinBoxes: pins.boxes(), workers, project, unitPx })
    setData('names', placedNames(shapes.names, { project, unproject }, 25 * markUnit(), obstacles, unitPx))
  }

  /** In a replay names stand while pins come and go: each move of theirs draws the whole map anew. */
  function drawNamesAtRest() {
    clearTimeout(naming)
    naming = setTimeout(() => !gone && drawNames(), NAMES_REST_MS)
  }

  function drawBasemap() {
    setData('base', base.shapes)
    drawRoadNames()
  }

  function drawTiles() {
    const { theme, unitPx } = scene
    if (ready) tileLayers.draw(scene.tiles ?? null, { theme, unitPx, textScale: options.markScale })
  }

  function drawTracks() {
    const { tracks = null, raised = null, theme } = scene
    if (ready) trackLayers.draw(tracks, { palette: palettes[theme], unitPx: markUnit(), raised })
  }

  function drawRoadNames() {
    const current = base
    void loadFonts(current.names).then(() => {
      if (!gone && current === base) setData('named', current.named)
    })
  }

  function drawHeat() {
    const counts = scene.heat?.counts
    handed = { ...handed, heat: scene.heat?.settings ?? null }
    if (!scene.heat || !counts) {
      heat?.forget()
      grid = null
      bands = EMPTY
      setData('heat', EMPTY)
      return
    }
    heat ??= createHeatClient(answer => {
      if (answer.error !== null) return events.heatFailed(answer.error)
      grid = answer.grid
      bands = answer.bands
      setData('heat', answer.bands)
    })
    heat.ask(counts, scene.heat.settings, scene.areas.find(area => area.code === scene.root)?.geometry ?? null)
  }
  function restyle() {
    atlas = null
    if (!ready) return // caught up when the style is there
    const next = mapStyle(palettes[scene.theme], scene.unitPx, {}, options.markScale)
    for (const [i, layer] of next.layers.entries()) {
      const old = style.layers[i]
      for (const kind of ['paint', 'layout'] as const) {
        const want = (layer[kind] ?? {}) as Record<string, unknown>
        const had = (old?.[kind] ?? {}) as Record<string, unknown>
        for (const [name, value] of Object.entries(want)) {
          if (JSON.stringify(had[name]) === JSON.stringify(value)) continue
          if (kind === 'paint') map.setPaintProperty(layer.id, name as never, value as never)
          else map.setLayoutProperty(layer.id, name as never, value as never)
        }
      }
    }
    style = next
  }

  function go(camera: Camera | null, smooth: boolean) {
    if (!camera) return
    const target = { center: [camera.lng, camera.lat] as [number, number], zoom: camera.zoom }
    if (!smooth || still.matches) map.jumpTo(target)
    else map.easeTo({ ...target, duration: CAMERA_MS, easing: t => 1 - (1 - t) ** 3 })
  }
  const setLocked = (is: boolean) => {
    if (locked === is) return
    locked = is
    events.locked(is)
  }
  const restoreCamera = () => {
    setLocked(false)
    go(home(), true)
  }

  /** All that is drawn besides the boundaries, and those anew where the scene has moved on since the style was made. */
  function furnish() {
    if (gone || !hasStyle) return // the style that comes back after a lost context asks again
    ready = true
    restyle()
    setData('base', base.shapes)
    if (shapes === styled) drawTexts()
    else {
      drawAreas()
      if (!locked) go(home(), false)
    }
    drawTiles()
    drawTracks()
    // Its worker may have answered before there was a style to draw in.
    setData('heat', bands)
    drawRoadNames()
    drawPeople()
    drawOverlaySvg()
    events.scale(pxPerMetre(map.getCenter().lat, map.getZoom()))
    events.gl(glState())
  }
  map.on('move', drawOverlaySvg)
  map.on('moveend', () => {
    if (gone) return
    drawPeople()
    drawNames()
    events.scale(pxPerMetre(map.getCenter().lat, map.getZoom()))
  })
  map.on('resize', () => {
    widthPx = host.clientWidth
    if (!locked) go(home(), false)
    drawOverlaySvg()
    events.gl(glState())
  })
  // Only a hand on the map locks it; our own camera moves raise none of these.
  for (const gesture of ['dragstart', 'wheel', 'dblclick', 'boxzoomend'] as const)
    map.on(gesture, () => setLocked(true))
  map.on('zoomstart', event => {
    if (event.originalEvent) setLocked(true)
  })
  const workerAt = (event: MapMouseEvent) => trackLayers.workerAt(event.point, TRACK_NEAR_UNITS * scene.unitPx)
  map.on('click', (event: MapMouseEvent) => {
    if (scene.tracks) return events.person(workerAt(event))
    const code = areaAt(scene.areas, scene.levels, scene.root, event.lngLat, map.getZoom() > 16.4 ? 3 : 2)
    if (code === null || code === scene.selected) {
      restoreCamera()
      events.select(null)
    } else events.select(code)
  })
  let hovering = 0
  map.on('mousemove', (event: MapMouseEvent) => {
    cancelAnimationFrame(hovering)
    hovering = requestAnimationFrame(() => {
      if (scene.tracks) return events.over(workerAt(event))
      const { lng, lat } = event.lngLat
      const area = areaAt(scene.areas, scene.levels, scene.root, { lng, lat }, 2)
      events.hover({ lng, lat, area, density: grid ? densityAt(grid, { lng, lat }) : null })
    })
  })
  map.on('mouseout', () => {
    cancelAnimationFrame(hovering)
    events.over(null)
    events.hover(null)
  })

  // The event doesn't bubble, but it is captured: one pair of listeners serves MapLibre's canvas and deck.gl's.
  const mapLost = () => map.getCanvas().getContext('webgl2')?.isContextLost() ?? true
  const onLost = (event: Event) => {
    lost = true
    if (event.target === map.getCanvas()) {
      hasStyle = false
      ready = false
      styled = null
    } else {
      // deck.gl doesn't rebuild its resources: the overlay goes, and a new one comes, with the map's own context when
      // both are lost.
      dropOverlay()
      setTimeout(addOverlay, 300)
    }
    events.gl(glState())
  }
  const onRestored = (event: Event) => {
    if (event.target !== map.getCanvas()) return
    dropOverlay()
    setTimeout(addOverlay)
  }
  function dropOverlay() {
    overlay?.remove()
    overlay = null
  }
  async function addOverlay() {
    const { addPeopleOverlay } = await import('./peopleOverlay.ts')
    // Nothing is drawn over a context that was lost meanwhile: when it is back, this is asked again.
    if (gone || overlay !== null || mapLost()) return
    overlay = addPeopleOverlay(map, people())
    lost = false
    events.gl(glState())
  }
  host.addEventListener('webglcontextlost', onLost, true)
  host.addEventListener('webglcontextrestored', onRestored, true)

  function glState(): GlState {
    const canvas = map.getCanvas()
    return { width: canvas.width, height: canvas.height, lost }
  }

  handed = { ...handed, areas: shapes.drawn }
  drawIncidents()
  drawHeat()
  drawOverlaySvg()

  return {
    update(next) {
      const before = scene
      scene = next
      const restyled = before.theme !== next.theme || before.unitPx !== next.unitPx
      const areasChanged =
        before.areas !== next.areas ||
        before.levels !== next.levels ||
        before.root !== next.root ||
        before.selected !== next.selected
      const moved =
        before.root !== next.root || (before.areas !== next.areas && shownBbox(before.areas, before.root) === null)
      if (restyled) restyle()
      if (before.incidents !== next.incidents) drawIncidents()
      if (before.basemap !== next.basemap) {
        base = basemapParts(next.basemap)
        drawBasemap()
      }
      if (restyled || before.tiles !== next.tiles) drawTiles()
      if (restyled || before.tracks !== next.tracks || before.raised !== next.raised) drawTracks()
      if (areasChanged) drawAreas()
      if (
        before.heat?.counts !== next.heat?.counts ||
        before.heat?.settings !== next.heat?.settings ||
        before.root !== next.root
      )
        drawHeat()
      if (
        restyled ||
        before.workers !== next.workers ||
        before.incidents !== next.incidents ||
        before.link !== next.link
      )
        drawPeople()
      if (moved && !view && ready) {
        setLocked(false)
        go(home(), before.areas.length > 0)
      }
      drawOverlaySvg()
      if (!ready || sameIds(before.incidents, next.incidents)) return
      if (next.link === 'replay') drawNamesAtRest()
      else drawNames()
    },
    setView(next) {
      view = next
      go(home(), true)
    },
    setCallout(from) {
      callout = from
      drawOverlaySvg()
    },
    restoreCamera,
    project,
    glState,
    inspect: (head, at) => inspection({ ...handed, workers: handedWorkers }, glState(), head, at),
    loseContext() {
      const extensions = [...host.querySelectorAll('canvas')].map(canvas =>
        canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context'),
      )
      for (const extension of extensions) extension?.loseContext()
      return () => {
        for (const extension of extensions) extension?.restoreContext()
      }
    },
    destroy() {
      gone = true
      clearTimeout(naming)
      cancelAnimationFrame(hovering)
      host.removeEventListener('webglcontextlost', onLost, true)
      host.removeEventListener('webglcontextrestored', onRestored, true)
      heat?.close()
      tileLayers.close()
      pins.remove()
      frames.remove()
      map.remove()
      canvasHost.remove()
    },
  }
}

const sameIds = (a: readonly MapIncident[], b: readonly MapIncident[]) =>
  a.length === b.length && a.every((incident, i) => incident.id === b[i]?.id)
