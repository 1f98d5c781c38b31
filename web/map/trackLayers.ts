/** Whole tracks as deck.gl layers. Their data is handed over once; only what stands at the instant changes. */
import type { Layer } from '@deck.gl/core'
import { PathLayer, ScatterplotLayer } from '@deck.gl/layers'
import { dashes } from './dashes.ts'
import type { MapTracks, Place } from './mapScene.ts'
import { type Palette, rgba } from './palette.ts'
import { routeDots } from './routeDots.ts'

const parameters = { depthCompare: 'always', depthWriteEnabled: false } as const

export type TrackLook = { readonly palette: Palette; readonly unitPx: number; readonly metresPerPx: number }

/** Walked ways are lines, silence is dashed, a jump is dotted, a stop is a ring as wide as it was long. */
export function trackLayers(tracks: MapTracks, { palette, unitPx: u, metresPerPx }: TrackLook): Layer[] {
  const { gapDashes, jumpDots } = broken(tracks, u, metresPerPx)
  const line = { widthUnits: 'pixels', jointRounded: true, capRounded: true, parameters } as const
  return [
    new PathLayer<Place[]>({
      id: 'track-moves',
      data: tracks.moves,
      getPath: path => path,
      // Many lie over each other: each is fainter, and where many went it is brighter.
      getColor: rgba(palette['k-3'], Math.max(40, Math.min(150, 4000 / Math.sqrt(tracks.moves.length + 1)))),
      getWidth: 1.5 * u,
      ...line,
    }),
    new PathLayer<Place[]>({
      id: 'track-gaps',
      data: gapDashes,
      getPath: path => path,
      getColor: rgba(palette['k-3']),
      getWidth: 1.25 * u,
      ...line,
    }),
    new ScatterplotLayer<Place>({
      id: 'track-jumps',
      data: jumpDots,
      getPosition: dot => dot,
      getRadius: 1.6 * u,
      radiusUnits: 'pixels',
      getFillColor: rgba(palette['k-1']),
      parameters,
    }),
    new ScatterplotLayer<MapTracks['stops'][number]>({
      id: 'track-stops',
      data: tracks.stops as MapTracks['stops'][number][],
      getPosition: stop => stop.place,
      getRadius: stop => Math.min(14, 3 + Math.sqrt(stop.durationMs / 60_000)) * u,
      radiusUnits: 'pixels',
      filled: false,
      stroked: true,
      getLineColor: rgba(palette['k-2']),
      getLineWidth: 1.5 * u,
      lineWidthUnits: 'pixels',
      parameters,
    }),
  ]
}

type Broken = { readonly gapDashes: Place[][]; readonly jumpDots: Place[] }
let held: { tracks: MapTracks; metresPerPx: number; u: number; broken: Broken } | null = null

/** Dashes and dots have a size on the screen: made anew when the camera comes closer, not at each instant. */
function broken(tracks: MapTracks, u: number, metresPerPx: number): Broken {
  if (held?.tracks === tracks && held.metresPerPx === metresPerPx && held.u === u) return held.broken
  const made = {
    gapDashes: tracks.gaps.flatMap(([from, to]) => dashes(from, to, 5 * u * metresPerPx)),
    jumpDots: tracks.jumps.flatMap(([from, to]) => routeDots(from, to, 6 * u * metresPerPx)),
  }
  held = { tracks, metresPerPx, u, broken: made }
  return made
}
