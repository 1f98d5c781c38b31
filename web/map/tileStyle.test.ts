import { expect, test } from 'vitest'
import { palettes } from './palette.ts'
import { mapStyle } from './style.ts'
import { type PlacedLayer, rasterLayers, tiandituPictures, vectorLayers } from './tileStyle.ts'

const PROTOMAPS = ['earth', 'landuse', 'water', 'roads', 'buildings', 'boundaries', 'places', 'pois']

/** The ids of the whole map from the lowest to the highest, as MapLibre puts them together. */
function stacked(placed: readonly PlacedLayer[]): string[] {
  const ids = mapStyle(palettes.dark, 1).layers.map(layer => layer.id)
  for (const { layer, under } of placed) ids.splice(ids.indexOf(under), 0, layer.id)
  return ids
}

test.each([
  ['Protomaps', PROTOMAPS],
  ['no list of layers', []],
  [
    'OpenMapTiles',
    [
      'landcover',
      'park',
      'water',
      'waterway',
      'transportation',
      'transportation_name',
      'building',
      'boundary',
      'place',
    ],
  ],
])(
  '%s: ground under water under roads under heat under buildings under rail under boundaries under names under ours',
  (_, listed) => {
    const ids = stacked(vectorLayers('tiles', listed, palettes.dark, 1, 1))
    const wanted = [
      'ground',
      'tile-ground',
      'street-ground',
      'tile-street',
      'tile-parks',
      'tile-water',
      'tile-roads',
      'heat',
      'tile-buildings',
      'tile-rail',
      'edge-2',
      'edge-0',
      'tile-roadNames',
      'tile-places',
      'selection',
      'names',
    ]
    expect(ids.filter(id => wanted.includes(id))).toEqual(wanted)
  },
)

test('a layer that the archive has not is not asked for', () => {
  const layers = vectorLayers('tiles', ['water', 'pois'], palettes.dark, 1, 1).map(({ layer }) => layer)
  const asked = layers.flatMap(layer => ('source-layer' in layer ? [layer['source-layer']] : []))
  expect(new Set(asked)).toEqual(new Set(['water']))
})

test('names are Chinese where the map knows them', () => {
  const [names] = vectorLayers('tiles', PROTOMAPS, palettes.dark, 1, 1).filter(
    ({ layer }) => layer.id === 'tile-places',
  )
  const layout = names?.layer.layout as { 'text-field': unknown }
  expect(JSON.stringify(layout['text-field'])).toMatch(/name:zh-Hans.*name:zh.*"name"/)
})

test.each(['dark', 'light'] as const)('pictures are grey and lie under everything that is ours (%s)', theme => {
  const archive = stacked(rasterLayers('tiles', theme))
  expect(archive.indexOf('tile-picture')).toBeLessThan(archive.indexOf('heat'))
  const placed = tiandituPictures({ vec: 'v', cva: 'c' }, theme)
  const ids = stacked(placed)
  expect(ids.indexOf('tile-picture')).toBeLessThan(ids.indexOf('heat'))
  expect(ids.indexOf('tile-picture-names')).toBeGreaterThan(ids.indexOf('edge-0'))
  expect(ids.indexOf('tile-picture-names')).toBeLessThan(ids.indexOf('names'))
  for (const { layer } of placed) expect(layer.paint).toMatchObject({ 'raster-saturation': -1 })
})
