/** Everything the map draws, as plain data. Replace an array to change it: the map compares by reference. */
import type { FeatureCollection, LineString, MultiPolygon, Point, Polygon } from 'geojson'
import type { BaseTiles } from './baseTiles.ts'

export type Bbox = [west: number, south: number, east: number, north: number]

export type MapArea = {
  code: string
  name: string
  level: string
  parent: string | null
  geometry: Polygon | MultiPolygon | null
  bbox: Bbox | null
}

export type PinState = 'normal' | 'atRisk' | 'breached' | 'paused' | 'awaiting'

export type MapIncident = {
  id: string
  lng: number
  lat: number
  symbol: string // one character
  state: PinState
  clock: string | null
  remainingMs: number | null // negative: overtime
  fraction: number | null // of the limit that is left, 0…1
  bell: boolean
  pulseSince: number | null
  unknown: boolean // its limit passed while no server was there to say so
}

export type MapWorker = {
  id: string
  lng: number
  lat: number
  at: number
  role: string
  courseDeg: number | null // clockwise from north
  assigned: boolean
  trail: [number, number][]
  older?: [number, number][][] // the way before its gaps
  gaps?: [[number, number], [number, number]][] // nobody knows where they were: dashed
  target: [number, number] | null
  stale: boolean
}

export type HeatSettings = { unit: string; bandwidthM: number; windowMs: number; classes: readonly number[] }
export type MapHeat = { counts: Uint8Array | null; settings: HeatSettings }

export type Basemap = { id: string; data: FeatureCollection }
export type Theme = 'dark' | 'light'
export type Link = 'live' | 'stale' | 'lost' | 'replay'

export type Place = [lng: number, lat: number]
/** Walked, nobody knows (silence), too fast or there and back, or standing. */
export type TrackHow = 'move' | 'gap' | 'jump' | 'stop'
/** Whole tracks of many people; the object is replaced when others are chosen. */
export type MapTracks = {
  readonly ways: number // walked ways without a break
  readonly shapes: FeatureCollection<
    LineString | Point,
    { readonly worker: string; readonly how: TrackHow; readonly durationMs: number }
  >
}

/** A rectangle that another map shows in detail; drawn as four corner brackets. */
export type MapFrame = { id: string; bbox: Bbox }

export type MapScene = {
  areas: MapArea[]
  levels: string[] // from the widest to the narrowest
  root: string | null // the area shown
  selected: string | null
  incidents: MapIncident[]
  workers: MapWorker[]
  heat: MapHeat | null
  basemap: Basemap[]
  tiles?: BaseTiles | null // drawn instead of `basemap` where they can be
  theme: Theme
  link: Link
  unitPx: number // --u: 1 on a wall of 1080 lines
  bounds?: Bbox | null // where to look when no area has a shape
  frames?: MapFrame[]
  tracks?: MapTracks | null
  raised?: string | null // the worker who is singled out among the tracks
}
