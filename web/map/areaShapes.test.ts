import { expect, test } from 'vitest'
import { areaAt, areaShapes, shortName } from './areaShapes.ts'
import type { MapArea } from './mapScene.ts'

const square = (x: number, y: number, side: number) => ({
  type: 'Polygon' as const,
  coordinates: [
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ],
  ],
})
const area = (
  code: string,
  level: string,
  parent: string | null,
  name: string,
  geometry: MapArea['geometry'],
): MapArea => ({ code, level, parent, name, geometry, bbox: null })
const levels = ['district', 'street', 'community', 'grid']
const areas = [
  area('s', 'street', 'd', '锦汀街道', square(0, 0, 4)),
  area('c1', 'community', 's', '柳堤社区', square(0, 0, 2)),
  area('c2', 'community', 's', '书院社区', square(2, 0, 2)),
  area('g1', 'grid', 'c1', '柳堤社区07网格', square(0, 0, 1)),
  area('g2', 'grid', 'c2', '书院社区01网格', null),
]

test('ranks count down from the area shown, and what has no shape is left out without a word', () => {
  const { shapes, names, numbers, drawn } = areaShapes(areas, levels, 's', 'g1')
  expect(shapes.features.map(f => [f.properties.code, f.properties.rank])).toEqual([
    ['s', 0],
    ['c1', 1],
    ['c2', 1],
    ['g1', 2],
  ])
  expect(names.map(name => name.text)).toEqual(['柳堤', '书院'])
  expect(numbers.features.map(f => f.properties)).toEqual([{ code: 'g1', rank: 2, text: '07', selected: 1 }])
  expect(drawn).toEqual(['s', 'c1', 'c2', 'g1'])
})

test('drilled into a community, its grids are named and its neighbours stand back', () => {
  const { shapes, names } = areaShapes(areas, levels, 'c1', null)
  expect(names.map(name => name.text)).toEqual(['07网格'])
  expect(shapes.features.map(f => f.properties.inside)).toEqual([0, 1, 0, 1])
})

test('a store without any shape gives an empty picture', () => {
  const bare = areas.map(one => ({ ...one, geometry: null }))
  expect(areaShapes(bare, levels, 's', 's')).toMatchObject({ names: [], drawn: [] })
  expect(areaShapes([], [], null, null).shapes.features).toEqual([])
  expect(areaAt(bare, levels, 's', { lng: 1, lat: 1 }, 2)).toBeNull()
})

test('the narrowest area under the pointer is picked, no deeper than asked', () => {
  expect(areaAt(areas, levels, 's', { lng: 0.5, lat: 0.5 }, 2)).toBe('g1')
  expect(areaAt(areas, levels, 's', { lng: 0.5, lat: 0.5 }, 1)).toBe('c1')
  expect(areaAt(areas, levels, 's', { lng: 1.5, lat: 0.5 }, 2)).toBe('c1')
  expect(areaAt(areas, levels, 's', { lng: 9, lat: 9 }, 2)).toBeNull()
})

test('names are short on the map', () => {
  const name = (text: string, parent: string, rank: number) =>
    shortName(area('x12', 'grid', null, text, null), parent, rank)
  expect(name('柳堤社区', '锦汀街道', 1)).toBe('柳堤')
  expect(name('柳堤社区第7网格', '柳堤社区', 2)).toBe('07')
  expect(name('Mission', 'San Francisco', 1)).toBe('Mission')
  expect(name('柳堤社区', '柳堤社区', 2)).toBe('12')
})
