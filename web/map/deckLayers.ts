/** What moves above the map, as deck.gl layers: a pure builder; `peopleOverlay.ts` owns the canvas. */
import type { Layer } from '@deck.gl/core'
import { IconLayer, PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import { dashes } from './dashes.ts'
import type { MapIncident, MapWorker } from './mapScene.ts'
import { type Palette, rgba } from './palette.ts'
import { type IconAtlas, iconKey, type Tone } from './peopleIcons.ts'
import { routeDots } from './routeDots.ts'

export type DeckInput = {
  workers: readonly MapWorker[]
  dots: readonly MapIncident[] // normal incidents beyond the number of HTML pins
  palette: Palette
  unitPx: number
  metresPerPx: number
  atlas: IconAtlas
  stale: boolean // every source is old: ways that people took and are on step back
  glide: boolean // positions run linearly to the next second
}

// Flat layers fight for depth when the camera pitches, and nothing here has a height.
const parameters = { depthCompare: 'always', depthWriteEnabled: false } as const

/** With more people than a street has, trails hide where they are. */
export const MOST_TRAILS = 500

export function deckLayers(input: DeckInput): Layer[] {
  const { workers, palette, unitPx: u, atlas } = input
  const opacity = input.stale ? 0.5 : 1
  const isShown = (worker: MapWorker) => worker.trail.length > 1 || (worker.gaps ?? []).length > 0
  const trails = workers.length > MOST_TRAILS ? [] : workers.filter(isShown)
  const dots = workers.flatMap(worker =>
    worker.target ? routeDots([worker.lng, worker.lat], worker.target, 6 * u * input.metresPerPx) : [],
  )
  const getPath = (worker: MapWorker) => worker.trail
  const older = trails.flatMap(worker => worker.older ?? [])
  const gaps = trails.flatMap(worker =>
    (worker.gaps ?? []).flatMap(([from, to]) => dashes(from, to, 5 * u * input.metresPerPx)),
  )
  const broken = { widthUnits: 'pixels', jointRounded: true, opacity, parameters } as const
  return [
    new PathLayer<MapWorker>({
      id: 'trail-halo',
      data: trails,
      getPath,
      getColor: rgba(palette['map-halo'], 128),
      getWidth: 4 * u,
      widthUnits: 'pixels',
      jointRounded: true,
      opacity,
      parameters,
    }),
    new PathLayer<MapWorker>({
      id: 'trail',
      data: trails,
      getPath,
      // Faint where the person was, stronger towards where they are. deck.gl takes one colour per vertex.
      getColor: ((worker: MapWorker) => fade(ink(worker, palette), worker.trail.length)) as never,
      getWidth: 2 * u,
      widthUnits: 'pixels',
      jointRounded: true,
      opacity,
      parameters,
      updateTriggers: { getColor: palette },
    }),
    new PathLayer<[number, number][]>({
      id: 'trail-older',
      data: older,
      getPath: path => path,
      getColor: rgba(palette['k-3']),
      getWidth: 1.5 * u,
      ...broken,
    }),
    new PathLayer<[number, number][]>({
      id: 'trail-gaps',
      data: gaps,
      getPath: path => path,
      getColor: rgba(palette['k-3']),
      getWidth: 1.5 * u,
      ...broken,
    }),
    new ScatterplotLayer<[number, number]>({
      id: 'en-route',
      data: dots,
      getPosition: dot => dot,
      getRadius: 1.1 * u,
      radiusUnits: 'pixels',
      getFillColor: rgba(palette['k-1']),
      opacity,
      parameters,
    }),
    new IconLayer<MapWorker>({
      id: 'people',
      data: workers as MapWorker[],
      iconAtlas: atlas.canvas as never,
      iconMapping: atlas.mapping,
      getIcon: worker => iconKey(worker.role, tone(worker)),
      getPosition: worker => [worker.lng, worker.lat],
      // A course runs clockwise from north; deck.gl turns the nose (east) counter-clockwise.
      getAngle: worker => 90 - (worker.courseDeg ?? 0),
      getSize: atlas.sizePx,
      sizeUnits: 'pixels',
      // Where somebody was last is worth seeing as long as it stands there: that it is old, the glyph says.
      parameters,
      transitions: input.glide ? { getPosition: { type: 'interpolation', duration: 1000 } } : {},
    }),
    new ScatterplotLayer<MapIncident>({
      id: 'incident-dots',
      data: input.dots as MapIncident[],
      getPosition: incident => [incident.lng, incident.lat],
      getRadius: 6 * u,
      radiusUnits: 'pixels',
      filled: true,
      getFillColor: rgba(palette['map-halo']),
      stroked: true,
      getLineColor: rgba(palette['k-1']),
      getLineWidth: 2 * u,
      lineWidthUnits: 'pixels',
      parameters,
    }),
  ]
}

/** Bright = on the way or at work; part-timers are many and stand back. */
export function tone(worker: MapWorker): Tone {
  if (worker.stale) return 'stale'
  if (worker.assigned) return 'assigned'
  return worker.role === 'partTime' ? 'quiet' : 'normal'
}

function ink(worker: MapWorker, palette: Palette): string {
  return { assigned: palette['k-1'], normal: palette['k-2'], quiet: palette['k-3'], stale: palette['k-4'] }[
    tone(worker)
  ]
}

function fade(hex: string, length: number): [number, number, number, number][] {
  return Array.from({ length }, (_, i) => rgba(hex, Math.round((0.15 + (0.6 * i) / length) * 255)))
}
