/** The map's whole style: local fonts, no glyphs, no sprite, no address. Theme and unit change paint, never sources. */
import type { FeatureCollection } from 'geojson'
import type { ExpressionSpecification, FilterSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

// In the order in which they are loaded: the boundaries are the first picture.
export const sourceIds = ['areas', 'base', 'fine', 'named', 'selection', 'heat', 'numbers', 'names'] as const
export type SourceId = (typeof sourceIds)[number]

export function mapStyle(
  palette: Palette,
  unitPx: number,
  first: { readonly [id in SourceId]?: FeatureCollection } = {},
  textScale = 1, // a focus map is read from as far, with less on it
): StyleSpecification {
  const sources: StyleSpecification['sources'] = {}
  for (const id of sourceIds) {
    const data = first[id] ?? { type: 'FeatureCollection', features: [] }
    // Heat bands are cut from the lattice already: simplifying them again would open gaps between them.
    sources[id] = { type: 'geojson', data, tolerance: id === 'heat' ? 0 : 0.2, buffer: 64 }
    // A line is named once per tile: wide tiles keep a road's name from standing on both sides of a tile's edge.
    if (id === 'named') sources[id] = { type: 'geojson', data, maxzoom: 12 }
  }
  return { version: 8, sources, layers: layers(palette, Math.max(unitPx, 0.1), Math.max(unitPx, 0.1) * textScale) }
}

const park: ExpressionSpecification = [
  'match',
  ['coalesce', ['get', 'use'], ['get', 'kind'], ['get', 'class'], ''],
  ['park', 'green', 'grass', 'garden', 'forest', 'wood', 'pitch'],
  true,
  false,
]
const outside: ExpressionSpecification = ['==', ['coalesce', ['get', 'outside'], ['get', 'o'], false], true]
const part = (id: string): ExpressionSpecification => ['==', ['get', 'part'], id]
const rank = (n: number): FilterSpecification => ['==', ['get', 'rank'], n]
const roadClass: ExpressionSpecification = ['coalesce', ['get', 'class'], ['get', 'kind'], ['get', 'level'], '']
const mainRoad: ExpressionSpecification = [
  'match',
  roadClass,
  ['A', 'arterial', 'primary', 'trunk', 'secondary', 'motorway', 'main'],
  true,
  false,
]
const lane: ExpressionSpecification = [
  'match',
  roadClass,
  ['C', 'lane', 'service', 'footway', 'residential'],
  true,
  false,
]

function layers(c: Palette, u: number, t: number): LayerSpecification[] {
  const text = (weight: 'regular' | 'medium') => [weight, 'Inter Variable', 'Noto Sans SC']
  const metres = (m: number): ExpressionSpecification => [
    // A width in metres at the wall's latitudes; at 2^zoom the exponential is exact.
    'interpolate',
    ['exponential', 2],
    ['zoom'],
    10,
    (m * 2 ** 10) / 67_000,
    20,
    (m * 2 ** 20) / 67_000,
  ]
  const halo = (size: number) => ({
    'text-halo-color': c['map-halo'],
    'text-halo-width': size * 0.15,
    'text-halo-blur': 0,
  })
  const dim = (inside: number): ExpressionSpecification => ['case', ['==', ['get', 'inside'], 1], inside, inside * 0.3]
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': c['map-road-out'] } },
    {
      id: 'street-ground',
      type: 'fill',
      source: 'areas',
      filter: ['==', ['get', 'root'], 1],
      paint: { 'fill-color': c['map-road'] },
    },
    {
      id: 'blocks',
      type: 'fill',
      source: 'base',
      filter: part('landuse'),
      paint: {
        'fill-color': [
          'case',
          outside,
          ['case', park, c['map-park-out'], c['map-block-out']],
          ['case', park, c['map-park'], c['map-block']],
        ],
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      filter: ['all', part('water'), ['==', ['geometry-type'], 'Polygon']] as FilterSpecification,
      paint: { 'fill-color': c['map-water'] },
    },
    {
      id: 'bank',
      type: 'line',
      source: 'base',
      filter: ['all', part('water'), ['==', ['geometry-type'], 'Polygon']] as FilterSpecification,
      paint: { 'line-color': c['map-bank'], 'line-width': u },
    },
    {
      id: 'roads',
      type: 'line',
      source: 'base',
      filter: part('roads'),
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': c['map-road'],
        'line-width': [
          'interpolate',
          ['exponential', 2],
          ['zoom'],
          10,
          ['*', width(), 2 ** 10 / 67_000],
          20,
          ['*', width(), 2 ** 20 / 67_000],
        ],
      },
    },
    {
      id: 'heat',
      type: 'fill',
      source: 'heat',
      paint: { 'fill-color': band(c, 0), 'fill-opacity': Number(c['heat-alpha']), 'fill-antialias': false },
    },
    {
      id: 'heat-contour',
      type: 'line',
      source: 'heat',
      paint: {
        'line-color': band(c, 1),
        'line-width': Math.max(1, 0.9 * u),
        'line-opacity': ['case', ['==', ['get', 'band'], 0], 0.55, 0.75],
      },
    },
    {
      id: 'buildings',
      type: 'fill',
      source: 'base',
      filter: part('buildings'),
      paint: { 'fill-color': ['case', outside, c['map-bld-out'], c['map-bld']] },
    },
    {
      id: 'building-edges',
      type: 'line',
      source: 'base',
      filter: part('buildings'),
      minzoom: 16,
      paint: { 'line-color': c['map-bld'], 'line-width': 0.8 * u },
    },
    {
      id: 'bridges',
      type: 'line',
      source: 'base',
      filter: part('bridges'),
      paint: { 'line-color': c['map-bridge'], 'line-width': metres(18) },
    },
    {
      id: 'rail',
      type: 'line',
      source: 'base',
      filter: part('rail'),
      paint: { 'line-color': c['map-rail'], 'line-width': Math.max(1, 1.6 * u), 'line-dasharray': [4.4, 2.5] },
    },
    // Neighbours share their edges, so each line is drawn twice: .45 twice is the .7 that the design asks for.
    {
      id: 'edge-4',
      type: 'line',
      source: 'fine',
      filter: rank(4),
      minzoom: 17,
      paint: { 'line-color': c['map-grid'], 'line-width': 0.5 * u, 'line-opacity': dim(0.35) },
    },
    {
      id: 'edge-3',
      type: 'line',
      source: 'fine',
      filter: rank(3),
      minzoom: 15.8,
      paint: { 'line-color': c['map-grid'], 'line-width': 0.6 * u, 'line-opacity': dim(0.35) },
    },
    {
      id: 'edge-2',
      type: 'line',
      source: 'areas',
      filter: rank(2),
      paint: { 'line-color': c['map-grid'], 'line-width': u, 'line-opacity': dim(0.45) },
    },
    {
      id: 'edge-1',
      type: 'line',
      source: 'areas',
      filter: rank(1),
      paint: { 'line-color': c['map-com'], 'line-width': 2 * u, 'line-opacity': dim(0.45) },
    },
    {
      id: 'edge-0',
      type: 'line',
      source: 'areas',
      filter: rank(0),
      layout: { 'line-join': 'round' },
      paint: { 'line-color': c['map-street'], 'line-width': 2.4 * u, 'line-opacity': dim(1) },
    },
    {
      id: 'stations',
      type: 'circle',
      source: 'base',
      filter: part('stations'),
      paint: {
        'circle-radius': 3 * u,
        'circle-color': c['map-road'],
        'circle-stroke-color': c['k-4'],
        'circle-stroke-width': 1.2 * u,
      },
    },
    {
      id: 'road-names',
      type: 'symbol',
      source: 'named',
      filter: ['all', part('roads'), ['any', mainRoad, ['>=', ['zoom'], 16]]] as FilterSpecification,
      // Along a line MapLibre sets Chinese upright by itself where the line runs north–south.
      layout: {
        'symbol-placement': 'line-center',
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': text('regular'),
        'text-size': 13 * t,
        'text-letter-spacing': 0.4,
        'text-max-angle': 40,
        'text-padding': 4 * u,
      },
      paint: { 'text-color': c['k-4'], ...halo(13 * t) },
    },
    {
      id: 'water-names',
      type: 'symbol',
      source: 'named',
      filter: ['all', part('water'), ['==', ['geometry-type'], 'LineString']] as FilterSpecification,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 900 * u,
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': text('regular'),
        'text-size': 15 * t,
        'text-letter-spacing': 0.8,
      },
      // The water's own colour breaks a boundary that runs down the middle of a river.
      paint: { 'text-color': c['k-4'], 'text-halo-color': c['map-water'], 'text-halo-width': 3 * u },
    },
    {
      id: 'selection-fill',
      type: 'fill',
      source: 'selection',
      paint: { 'fill-color': c.accent, 'fill-opacity': 0.07 },
    },
    {
      id: 'selection-halo',
      type: 'line',
      source: 'selection',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': c['map-halo'], 'line-width': 6 * u },
    },
    {
      id: 'selection',
      type: 'line',
      source: 'selection',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': c.accent, 'line-width': 3 * u },
    },
    ...NUMBERS.map(
      ({ id, n, filter }): LayerSpecification => ({
        id,
        type: 'symbol',
        source: 'numbers',
        filter,
        minzoom: n === 2 ? 0 : n === 3 ? 16.4 : 17.6,
        layout: {
          'text-field': ['get', 'text'],
          'text-font': text('medium'),
          'text-size': 14 * t,
          'text-allow-overlap': id === 'numbers-2',
          'text-padding': 2 * u,
        },
        paint: {
          'text-color': ['case', ['==', ['get', 'selected'], 1], c.accent, n === 2 ? c['k-3'] : c['k-4']],
          'text-opacity': 0.9,
          ...halo(14 * t),
        },
      }),
    ),
    {
      id: 'names',
      type: 'symbol',
      source: 'names',
      layout: {
        'text-field': ['get', 'text'],
        'text-font': text('medium'),
        'text-size': 25 * t,
        'text-letter-spacing': 0.22,
        'text-max-width': 20,
        'text-allow-overlap': true,
        'text-ignore-placement': false,
      },
      paint: { 'text-color': c['k-2'], ...halo(25 * t) },
    },
  ]
}

/** A grid's two digits always stand; where the parts' parts have names, as villages do, those that would cover another wait for a closer look. */
const isShort: ExpressionSpecification = ['<=', ['length', ['get', 'text']], 2]
const NUMBERS: readonly { id: string; n: number; filter: FilterSpecification }[] = [
  { id: 'numbers-4', n: 4, filter: rank(4) },
  { id: 'numbers-3', n: 3, filter: rank(3) },
  { id: 'named-2', n: 2, filter: ['all', ['==', ['get', 'rank'], 2], ['!', isShort]] as FilterSpecification },
  { id: 'numbers-2', n: 2, filter: ['all', ['==', ['get', 'rank'], 2], isShort] as FilterSpecification },
]

/** Metres: what the file says, else by class. */
function width(): ExpressionSpecification {
  return ['coalesce', ['get', 'widthM'], ['get', 'width'], ['case', mainRoad, 24, lane, 7, 13]]
}

function band(c: Palette, shift: 0 | 1): ExpressionSpecification {
  const colours = [c['heat-1'], c['heat-2'], c['heat-3'], c['heat-4'], c['heat-5']]
  const at = (n: number) => colours[Math.min(n + shift, colours.length - 1)] ?? c['heat-5']
  return ['match', ['get', 'band'], 0, at(0), 1, at(1), 2, at(2), 3, at(3), at(4)]
}
