/** How whole tracks look: pure builders of MapLibre layers. */
import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { TrackHow } from './mapScene.ts'
import type { Palette } from './palette.ts'

export type TrackLook = {
  readonly palette: Palette
  readonly unitPx: number
  readonly ways: number // many lie over each other: each is fainter, and where many went it is brighter
  readonly isDimmed: boolean // one person's are raised above them
}

const MOST_STOP_RADIUS = 14

/** Everybody's: walked ways are lines, silence is dashed, a jump is dotted, a stop is a ring as wide as it was long. */
export function trackStyle(source: string, { palette: c, unitPx: u, ways, isDimmed }: TrackLook): LayerSpecification[] {
  const faint = Math.max(0.16, Math.min(0.6, 16 / Math.sqrt(ways + 1))) * (isDimmed ? 0.4 : 1)
  const clear = isDimmed ? 0.25 : 1
  return layersOf(source, u, {
    move: { color: c['k-3'], width: 1.5, opacity: faint },
    gap: { color: c['k-3'], width: 1.25, opacity: clear },
    jump: { color: c['k-1'], width: 3.2, opacity: clear },
    stop: { color: c['k-2'], width: 1.5, opacity: clear },
  })
}

/** One person's, above all others. */
export function raisedStyle(source: string, { palette: c, unitPx: u }: TrackLook): LayerSpecification[] {
  const halo: LayerSpecification = {
    id: `${source}-halo`,
    type: 'line',
    source,
    filter: isHow('move'),
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': c['map-halo'], 'line-width': 4 * u },
  }
  const marks = layersOf(source, u, {
    move: { color: c.accent, width: 1.75, opacity: 1 },
    gap: { color: c.accent, width: 1.5, opacity: 1 },
    jump: { color: c['k-1'], width: 4, opacity: 1 },
    stop: { color: c.accent, width: 2.5, opacity: 1 },
  })
  return [halo, ...marks]
}

const isHow = (how: TrackHow): FilterSpecification => ['==', ['get', 'how'], how]

type Mark = { readonly color: string; readonly width: number; readonly opacity: number }

function layersOf(source: string, u: number, marks: { readonly [how in TrackHow]: Mark }): LayerSpecification[] {
  const line = (how: TrackHow, dashes: number[] | null): LayerSpecification => ({
    id: `${source}-${how}`,
    type: 'line',
    source,
    filter: isHow(how),
    layout: { 'line-join': 'round', 'line-cap': how === 'gap' ? 'butt' : 'round' },
    paint: {
      'line-color': marks[how].color,
      'line-width': marks[how].width * u,
      'line-opacity': marks[how].opacity,
      ...(dashes === null ? {} : { 'line-dasharray': dashes }),
    },
  })
  return [
    line('move', null),
    line('gap', [4, 4]),
    // A dash without length, with round ends, is a dot.
    line('jump', [0, 2]),
    {
      id: `${source}-stop`,
      type: 'circle',
      source,
      filter: isHow('stop'),
      paint: {
        'circle-radius': ['*', u, ['min', MOST_STOP_RADIUS, ['+', 3, ['sqrt', ['/', ['get', 'durationMs'], 60_000]]]]],
        'circle-opacity': 0,
        'circle-stroke-color': marks.stop.color,
        'circle-stroke-width': marks.stop.width * u,
        'circle-stroke-opacity': marks.stop.opacity,
      },
    },
  ]
}
