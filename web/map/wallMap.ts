/** One map of a page, from mount to unmount: MapLibre's canvas, deck.gl's over it, and the pins over both. */
import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource } from 'maplibre-gl'
import { createAreaLayers } from './areaLayers.ts'
import { createAreaNames } from './areaNames.ts'
import { createBasemapLayers } from './basemapLayers.ts'
import { type FixedView, homeCamera, type Reserve, viewCamera } from './camera.ts'
import { drawBoundariesFirst } from './firstPicture.ts'
import { watchContexts } from './glContexts.ts'
import { createHeatLayer } from './heatLayer.ts'
import { createHtmlLayer, type HtmlOptions } from './htmlLayer.ts'
import { type GlState, type Inspection, inspection } from './inspect.ts'
import { createMapCamera } from './mapCamera.ts'
import { followPointer, type PointerEvents } from './mapPointer.ts'
import type { MapScene } from './mapScene.ts'
import { nameObstacles } from './nameObstacles.ts'
import { closeMap, openMap } from './openMap.ts'
import { palettes } from './palette.ts'
import { createPeopleLayer } from './peopleLayer.ts'
import { repaint } from './repaint.ts'
import { sceneChanges } from './sceneChanges.ts'
import { mapStyle, type SourceId } from './style.ts'
import { createTileLayers } from './tileLayers.ts'
import { createTrackLayers } from './trackLayers.ts'

export type WallMapEvents = PointerEvents & {
  incident(id: string): void
  /** The boundaries are on the screen, once. */
  drawn(): void
  gl(state: GlState): void
  scale(pxPerMetre: number): void
  heatFailed(message: string): void
}
export type WallMapOptions = Pick<HtmlOptions, 'texts' | 'callout'> & {
  events: WallMapEvents
  markScale: number // pins and people of a focus map are larger
  view: FixedView | null // a focus map looks here instead of fitting the area shown
  reserve: Reserve | null
}
export type WallMap = {
  update(scene: MapScene): void
  setView(view: FixedView | null): void
  setCallout(from: HtmlOptions['callout']): void
  inspect(head: number, at: number): Inspection
  destroy(): void
}

export function createWallMap(host: HTMLElement, first: MapScene, options: WallMapOptions): WallMap {
  const { events, markScale, texts } = options
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  const end = new AbortController()
  const gone = end.signal
  let shown = first
  let { view } = options
  const scene = () => shown
  const markUnit = () => shown.unitPx * markScale
  const size = () => ({ width: host.clientWidth, height: host.clientHeight })
  const home = () => (view ? viewCamera(view) : homeCamera(shown, size(), options.reserve))

  const areas = createAreaLayers(first, show)
  const basemap = createBasemapLayers(first.basemap, show, gone)
  const { shapes, fine, selection } = areas.shapes()
  // What is known now is part of the first style: each later handover is one more round through MapLibre's worker.
  let style = styleOf({ areas: shapes, fine, selection, base: basemap.shapes() })
  const map = openMap(host, { style, start: home(), interactive: view === null })
  const camera = createMapCamera(map, home, still)
  const tiles = createTileLayers(map)
  const tracks = createTrackLayers(map)
  const heat = createHeatLayer(bands => show('heat', bands), events.heatFailed)

  const project = (lng: number, lat: number) => map.project([lng, lat])
  const unproject = (x: number, y: number) => map.unproject([x, y])
  const ground = { scene, unitPx: () => shown.unitPx, markUnit, project, unproject }
  const html = createHtmlLayer(host, { ...ground, callout: options.callout, texts, onPick: events.incident })
  const names = createAreaNames({ ...ground, shapes: areas.shapes, obstacles }, show, gone)
  const people = createPeopleLayer(map, { ...ground, dots: html.dots, pxPerMetre: camera.pxPerMetre }, still, gone)

  const contexts = watchContexts(host, map, people, { onMapLost, onChange: events.gl }, gone)
  const turns = { onDrawn: events.drawn, furnish, addPeople: () => void contexts.addPeople() }
  const picture = drawBoundariesFirst(map, turns, gone)
  followPointer(map, { scene, workerAt: tracks.workerAt, densityAt: heat.densityAt }, { ...events, select }, gone)
  map.on('move', html.place)
  map.on('moveend', () => {
    if (gone.aborted) return
    people.draw()
    names.place()
    events.scale(camera.pxPerMetre())
  })
  map.on('resize', () => {
    html.resized()
    camera.keepHome()
    html.place()
    events.gl(contexts.state())
  })
  html.set(first.incidents)
  drawHeat()
  html.place()

  function styleOf(data: { readonly [id in SourceId]?: FeatureCollection }) {
    return mapStyle(palettes[shown.theme], shown.unitPx, data, markScale)
  }
  function show(id: SourceId, data: FeatureCollection) {
    // While the context is lost the style is gone; everything is handed over again when it returns.
    if (picture.isFurnished()) map.getSource<GeoJSONSource>(id)?.setData(data)
  }
  function drawTiles() {
    const { theme, unitPx } = shown
    if (picture.isFurnished()) tiles.draw(shown.tiles ?? null, { theme, unitPx, textScale: markScale })
  }
  function drawTracks() {
    const look = { palette: palettes[shown.theme], unitPx: markUnit(), raised: shown.raised ?? null }
    if (picture.isFurnished()) tracks.draw(shown.tracks ?? null, look)
  }
  function drawHeat() {
    heat.set(shown.heat, shown.areas.find(area => area.code === shown.root)?.geometry ?? null)
  }
  function obstacles() {
    const { workers, unitPx } = shown
    return nameObstacles({ shapes: areas.shapes(), pinBoxes: html.pinBoxes(), workers, project, unitPx })
  }
  function restyle() {
    people.restyle()
    if (!picture.isFurnished()) return // caught up when the style is there
    const next = styleOf({})
    repaint(map, next.layers, style.layers)
    style = next
  }
  /** All that is drawn besides the boundaries, and those anew where the scene has moved on since the style was made. */
  function furnish() {
    restyle()
    basemap.drawShapes()
    if (areas.hasMovedOn()) areas.draw()
    names.write()
    if (areas.hasMovedOn()) camera.keepHome()
    drawTiles()
    drawTracks()
    // Its worker may have answered before there was a style to draw in.
    heat.draw()
    basemap.drawNames()
    people.draw()
    html.place()
    events.scale(camera.pxPerMetre())
    events.gl(contexts.state())
  }
  function onMapLost() {
    picture.forgetStyle()
    areas.forget()
  }
  function select(code: string | null) {
    if (code === null) camera.comeHome('ease')
    events.select(code)
  }

  return {
    update(next) {
      const changed = sceneChanges(shown, next)
      const isFirstPlace = shown.areas.length === 0
      shown = next
      if (changed.look) restyle()
      if (changed.incidents) html.set(next.incidents)
      if (changed.basemap) basemap.set(next.basemap)
      if (changed.tiles) drawTiles()
      if (changed.tracks) drawTracks()
      if (changed.areas) {
        areas.set(next)
        names.write()
      }
      if (changed.heat) drawHeat()
      if (changed.people) people.draw()
      if (changed.place && !view && picture.isFurnished()) camera.comeHome(isFirstPlace ? 'jump' : 'ease')
      html.place()
      if (!changed.otherPins || !picture.isFurnished()) return
      if (next.link === 'replay') names.placeAtRest()
      else names.place()
    },
    setView(next) {
      view = next
      camera.comeHome('ease')
    },
    setCallout: html.setCallout,
    inspect: (head, at) => {
      const handed = { incidents: html.incidents(), workers: people.handed(), areas: areas.shapes().drawn }
      return inspection({ ...handed, heat: heat.settings() }, contexts.state(), head, at)
    },
    destroy() {
      end.abort()
      heat.close()
      tiles.close()
      html.remove()
      closeMap(map)
    },
  }
}
