/** Owns the whole tracks of one MapLibre map. They stand still: what moves lies on a canvas of its own and is drawn without them. */
import type { GeoJSONSource, LayerSpecification, MapLibreMap } from 'maplibre-gl'
import type { MapTracks } from './mapScene.ts'
import { repaint } from './repaint.ts'
import { raisedStyle, type TrackLook, trackStyle } from './trackStyle.ts'

export type TrackLayers = {
  /** To be called when tracks or their look change, and when the style is new. `raised`: whose lie above all others. */
  draw(tracks: MapTracks | null, look: Omit<TrackLook, 'ways' | 'isDimmed'> & { readonly raised: string | null }): void
  /** Whose track lies within `withinPx` of a place on the map; null: nobody's. */
  workerAt(place: { readonly x: number; readonly y: number }, withinPx: number): string | null
}

const ALL = 'tracks'
const RAISED = 'raised-track'
/** Names stay readable. */
const UNDER = 'names'

export function createTrackLayers(map: MapLibreMap): TrackLayers {
  let drawn = { tracks: null as MapTracks | null, raised: null as string | null, layers: [] as LayerSpecification[] }

  return {
    draw(tracks, { raised, ...look }) {
      if (tracks === null && drawn.tracks === null) return
      const shown = tracks ?? NOTHING
      const isNew = map.getSource(ALL) === undefined
      if (isNew) for (const id of [ALL, RAISED]) map.addSource(id, { type: 'geojson', data: NOTHING.shapes })
      const whole = { ...look, ways: shown.ways, isDimmed: raised !== null }
      const layers = [...trackStyle(ALL, whole), ...raisedStyle(RAISED, whole)]
      if (isNew) for (const layer of layers) map.addLayer(layer, UNDER)
      else repaint(map, layers, drawn.layers)
      const set = (id: string, data: MapTracks['shapes']) => map.getSource<GeoJSONSource>(id)?.setData(data)
      const isOther = isNew || tracks !== drawn.tracks
      if (isOther) set(ALL, shown.shapes)
      if (isOther || raised !== drawn.raised) set(RAISED, ofWorker(shown, raised))
      drawn = { tracks, raised, layers }
    },
    workerAt({ x, y }, withinPx) {
      const ids = drawn.layers.map(layer => layer.id).filter(id => map.getLayer(id))
      if (ids.length === 0) return null
      const box: [[number, number], [number, number]] = [
        [x - withinPx, y - withinPx],
        [x + withinPx, y + withinPx],
      ]
      const [found] = map.queryRenderedFeatures(box, { layers: ids })
      return (found?.properties['worker'] as string | undefined) ?? null
    },
  }
}

const NOTHING: MapTracks = { ways: 0, shapes: { type: 'FeatureCollection', features: [] } }

const ofWorker = ({ shapes }: MapTracks, worker: string | null): MapTracks['shapes'] =>
  worker === null
    ? NOTHING.shapes
    : { ...shapes, features: shapes.features.filter(({ properties }) => properties.worker === worker) }
