import { expect, test } from 'vitest'
import { palettes } from './palette.ts'
import { mapStyle } from './style.ts'

const order = (id: string) => mapStyle(palettes.dark, 1).layers.findIndex(layer => layer.id === id)
const paint = (id: string, unit: number) =>
  mapStyle(palettes.dark, unit).layers.find(layer => layer.id === id)?.paint as Record<string, unknown>

test('blocks lie under water under heat under buildings under rail under boundaries under names', () => {
  const ids = [
    'ground',
    'blocks',
    'water',
    'heat',
    'heat-contour',
    'buildings',
    'rail',
    'edge-2',
    'edge-1',
    'edge-0',
    'road-names',
    'selection',
    'numbers-2',
    'names',
  ]
  const places = ids.map(order)
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('boundaries are 1, 2 and 2.4 units wide on every wall', () => {
  for (const unit of [1, 2]) {
    expect(['edge-2', 'edge-1', 'edge-0'].map(id => paint(id, unit)['line-width'])).toEqual([
      unit,
      2 * unit,
      2.4 * unit,
    ])
  }
})

test('the style asks nobody for anything: no glyphs, no sprite, no address', () => {
  const style = mapStyle(palettes.light, 1)
  expect(style.glyphs).toBeUndefined()
  expect(style.sprite).toBeUndefined()
  expect(JSON.stringify(style)).not.toMatch(/https?:/)
})

test('a theme changes paint alone: the same layers, sources and layouts', () => {
  const bare = (theme: 'dark' | 'light') => {
    const style = mapStyle(palettes[theme], 1)
    return { sources: style.sources, layers: style.layers.map(({ paint: _, ...rest }) => rest) }
  }
  expect(bare('dark')).toEqual(bare('light'))
})

test('heat has the five colours of the tokens and no other layer has them', () => {
  const style = mapStyle(palettes.dark, 1)
  const violet = (n: number) => palettes.dark[`heat-${n as 1}`]
  for (const n of [1, 2, 3, 4, 5]) {
    const users = style.layers.filter(layer => JSON.stringify(layer.paint).includes(violet(n))).map(layer => layer.id)
    expect(users.every(id => id.startsWith('heat'))).toBe(true)
    expect(users).toContain('heat')
  }
})
