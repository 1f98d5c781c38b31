/** The wall's style, and what the studio draws besides: hatch where something is less, outlines of hot spots, a drawn box. */
import type { FeatureCollection } from 'geojson'
import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Palette } from '../../map/palette.ts'
import { mapStyle } from '../../map/style.ts'

export const ownSources = ['less', 'hot', 'box', 'piles'] as const
export type OwnSource = (typeof ownSources)[number]

export function studioStyle(
  palette: Palette,
  unitPx: number,
  first: { readonly areas: FeatureCollection; readonly fine: FeatureCollection; readonly base: FeatureCollection },
): StyleSpecification {
  const style = mapStyle(palette, unitPx, first)
  const empty: FeatureCollection = { type: 'FeatureCollection', features: [] }
  const own = Object.fromEntries(
    ownSources.map(id => [id, { type: 'geojson' as const, data: empty, tolerance: 0, buffer: 64 }]),
  )
  const layers = style.layers.flatMap((layer): LayerSpecification[] => {
    if (layer.id === 'buildings') return [...lessLayers(palette), layer]
    // On a small map the grids' numbers would be all that is seen.
    if (layer.id === 'numbers-2' && unitPx < 0.6) return [{ ...layer, minzoom: 14.6 }]
    if (layer.id === 'stations') return [...markLayers(palette, unitPx), layer]
    return [layer]
  })
  return { ...style, sources: { ...style.sources, ...own }, layers }
}

/** Less is hatched, more is filled: the sign survives without any hue. The lines stand closer where more is missing. */
function lessLayers(c: Palette): LayerSpecification[] {
  return [
    {
      id: 'less',
      type: 'fill',
      source: 'less',
      paint: { 'fill-pattern': ['concat', 'less-', ['to-string', ['get', 'band']]] },
    },
    {
      id: 'less-contour',
      type: 'line',
      source: 'less',
      paint: { 'line-color': c['k-3'], 'line-width': 1, 'line-opacity': 0.8 },
    },
  ]
}

function markLayers(c: Palette, u: number): LayerSpecification[] {
  return [
    {
      id: 'hot-halo',
      type: 'line',
      source: 'hot',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': c['map-halo'], 'line-width': 4.5 * u },
    },
    {
      id: 'hot',
      type: 'line',
      source: 'hot',
      filter: ['==', ['get', 'sign'], 1],
      layout: { 'line-join': 'round' },
      paint: { 'line-color': c['k-1'], 'line-width': 2.2 * u },
    },
    {
      id: 'cold',
      type: 'line',
      source: 'hot',
      filter: ['==', ['get', 'sign'], -1],
      paint: { 'line-color': c['k-2'], 'line-width': 1.6 * u, 'line-dasharray': [2, 1.6] },
    },
    {
      id: 'box',
      type: 'line',
      source: 'box',
      paint: { 'line-color': c.accent, 'line-width': 1.6 * u },
    },
    {
      id: 'piles',
      type: 'circle',
      source: 'piles',
      paint: {
        'circle-radius': 7 * u,
        'circle-color': 'rgba(0,0,0,0)',
        'circle-stroke-color': c['k-1'],
        'circle-stroke-width': 1.6 * u,
      },
    },
  ]
}

export type HatchImage = { width: number; height: number; data: Uint8Array }

/** Diagonal lines, one tile per class: seamless, since the tile is as wide as the lines are apart. */
export function hatchImages(ink: readonly [number, number, number, number], dpr: number): HatchImage[] {
  return [11, 8, 6, 4, 3].map(apartPx => {
    const side = Math.round(apartPx * dpr)
    const widthPx = Math.max(1, Math.round(dpr))
    const data = new Uint8Array(side * side * 4)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if ((x + y) % side < widthPx) data.set([...ink.slice(0, 3), 235], (y * side + x) * 4)
    return { width: side, height: side, data }
  })
}
