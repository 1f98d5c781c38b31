/** The layers of a base map of tiles, each with the layer of the map's own style that it lies under (VISUAL §7). */
import type {
  ExpressionSpecification,
  FillLayerSpecification,
  LayerSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import type { Theme } from './mapScene.ts'
import type { Palette } from './palette.ts'
import { knownLayers, type TilePart } from './tileSchema.ts'

type Unplaced<T> = Omit<T, 'id' | 'source'>
type Drawn = Unplaced<FillLayerSpecification> | Unplaced<LineLayerSpecification> | Unplaced<SymbolLayerSpecification>
export type PlacedLayer = { readonly layer: LayerSpecification; readonly under: string }

const kind: ExpressionSpecification = ['coalesce', ['get', 'kind'], ['get', 'class'], '']
const name: ExpressionSpecification = [
  'coalesce',
  ['get', 'name:zh-Hans'],
  ['get', 'name:zh'],
  ['get', 'name'],
  ['literal', ''],
]
const isOneOf = (...kinds: string[]): ExpressionSpecification => ['in', kind, ['literal', kinds]]
const isPark = isOneOf('park', 'grass', 'garden', 'wood', 'forest', 'pitch', 'meadow', 'scrub', 'nature_reserve')
const isRail = isOneOf('rail', 'subway', 'light_rail', 'tram', 'transit', 'monorail')
const isPath = isOneOf('path', 'footway', 'track', 'service', 'pier', 'other')
const isMain = isOneOf('highway', 'motorway', 'trunk', 'major_road', 'primary', 'secondary')
const isNoRoad = isOneOf('ferry', 'runway', 'taxiway', 'aeroway', 'aerialway')
const isPolygon: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon']
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString']

/** A width in metres at the latitudes of China's cities; at 2^zoom the exponential is exact. */
const metres = (width: ExpressionSpecification | number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  10,
  ['*', width, 2 ** 10 / 67_000],
  20,
  ['*', width, 2 ** 20 / 67_000],
]

export function vectorLayers(
  source: string,
  listed: readonly string[],
  c: Palette,
  u: number,
  textU: number,
): PlacedLayer[] {
  const known = knownLayers(listed)
  const placed: PlacedLayer[] = [
    {
      under: 'street-ground',
      layer: { id: 'tile-ground', type: 'background', paint: { 'background-color': c['map-block-out'] } },
    },
    {
      under: 'blocks',
      layer: {
        id: 'tile-street',
        type: 'fill',
        source: 'areas',
        filter: ['==', ['get', 'root'], 1],
        paint: { 'fill-color': c['map-block'] },
      },
    },
  ]
  const add = (part: TilePart, under: string, layer: Drawn, suffix = '') => {
    for (const [i, sourceLayer] of (known[part] ?? []).entries()) {
      const id = `tile-${part}${suffix}${i === 0 ? '' : `-${i}`}`
      placed.push({ under, layer: { ...layer, id, source, 'source-layer': sourceLayer } as LayerSpecification })
    }
  }
  const halo = (size: number) => ({ 'text-halo-color': c['map-halo'], 'text-halo-width': size * 0.15 })
  const text = (size: number) => ({
    'text-field': name,
    'text-font': ['regular', 'Inter Variable', 'Noto Sans SC'],
    'text-size': size * textU,
    'text-letter-spacing': 0.3,
    'text-padding': 4 * u,
  })

  add('parks', 'heat', { type: 'fill', filter: ['all', isPolygon, isPark], paint: { 'fill-color': c['map-park'] } })
  add('water', 'heat', { type: 'fill', filter: isPolygon, paint: { 'fill-color': c['map-water'] } })
  add(
    'water',
    'heat',
    { type: 'line', filter: isPolygon, paint: { 'line-color': c['map-bank'], 'line-width': u } },
    '-bank',
  )
  const stream = { 'line-color': c['map-water'], 'line-width': metres(6) }
  add('water', 'heat', { type: 'line', filter: isLine, paint: stream }, '-line')
  add('waterways', 'heat', { type: 'line', paint: stream })
  add('roads', 'heat', {
    type: 'line',
    filter: ['all', isLine, ['!', isRail], ['!', isNoRoad], ['any', ['!', isPath], ['>=', ['zoom'], 15]]],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': c['map-road'], 'line-width': metres(['case', isMain, 22, isPath, 4, 11]) },
  })
  // The parts of a building lie on it: drawn once more they would be a darker spot.
  add('buildings', 'bridges', {
    type: 'fill',
    filter: ['all', isPolygon, ['!', isOneOf('building_part')]],
    paint: { 'fill-color': c['map-bld'] },
  })
  add('rail', 'edge-4', {
    type: 'line',
    filter: ['all', isLine, isRail],
    paint: { 'line-color': c['map-rail'], 'line-width': Math.max(1, 1.6 * u), 'line-dasharray': [4.4, 2.5] },
  })
  add('boundaries', 'edge-4', {
    type: 'line',
    filter: isLine,
    maxzoom: 13,
    paint: { 'line-color': c['map-grid'], 'line-width': 0.6 * u, 'line-opacity': 0.5, 'line-dasharray': [3, 2] },
  })
  add('roadNames', 'selection-fill', {
    type: 'symbol',
    filter: ['all', isLine, ['!', isRail], ['any', isMain, ['>=', ['zoom'], 16]]],
    layout: { ...text(13), 'symbol-placement': 'line', 'symbol-spacing': 700 * u, 'text-max-angle': 40 },
    paint: { 'text-color': c['k-4'], ...halo(13 * textU) },
  })
  add('places', 'selection-fill', {
    type: 'symbol',
    layout: text(16),
    paint: { 'text-color': c['k-4'], ...halo(16 * textU) },
  })
  return placed
}

/** A picture of a map is light and coloured: under everything it is only a quiet grey. */
export function rasterLayers(source: string, theme: Theme): PlacedLayer[] {
  const quiet = theme === 'dark' ? { 'raster-brightness-max': 0.32 } : { 'raster-brightness-min': 0.5 }
  const paint = { 'raster-saturation': -1, 'raster-contrast': -0.2, 'raster-fade-duration': 0, ...quiet }
  return [{ under: 'blocks', layer: { id: 'tile-picture', type: 'raster', source, paint } }]
}

/** Tianditu's map is black on white: on a dark wall least and most brightness change places. Its names lie over the heat. */
export function tiandituPictures(sources: { vec: string; cva: string }, theme: Theme): PlacedLayer[] {
  const turned = { 'raster-brightness-min': 0.42, 'raster-brightness-max': 0.05 }
  const pale = { 'raster-brightness-min': 0.35 }
  const paint = { 'raster-saturation': -1, 'raster-fade-duration': 0, ...(theme === 'dark' ? turned : pale) }
  return [
    { under: 'blocks', layer: { id: 'tile-picture', type: 'raster', source: sources.vec, paint } },
    { under: 'selection-fill', layer: { id: 'tile-picture-names', type: 'raster', source: sources.cva, paint } },
  ]
}
