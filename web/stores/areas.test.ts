import { expect, test } from 'vitest'
import { countsBelow, defaultScope, gridOn, pathTo, placeLabel, shortName, subtree, within } from './areas.ts'
import type { WallArea } from './wallState.ts'

const area = (code: string, parent: string | null, level: string, name = code): WallArea => ({
  code,
  name,
  level,
  parent,
  households: null,
  residents: null,
  hectares: null,
  bbox: null,
  geometry: null,
})
const demo = [
  area('d', null, 'district', '锦澜区'),
  area('s', 'd', 'street', '锦汀街道'),
  area('c2', 's', 'community', '书院社区'),
  area('c1', 's', 'community', '柳堤社区'),
  area('g1', 'c1', 'grid', '07网格'),
  area('m1', 'g1', 'microGrid', '07-1微网格'),
]
const city = [
  area('sf', null, 'city', 'San Francisco'),
  area('n1', 'sf', 'neighborhood', 'Mission'),
  area('n2', 'sf', 'neighborhood', 'Sunset'),
]

test('a district of one street shows the street, a city of many neighbourhoods the city', () => {
  expect(defaultScope({ areas: demo, viewerAreas: ['d'] })).toBe('s')
  expect(defaultScope({ areas: demo, viewerAreas: ['c1'] })).toBe('c1')
  expect(defaultScope({ areas: city, viewerAreas: [] })).toBe('sf')
  expect(defaultScope({ areas: [...city, area('x', null, 'city')], viewerAreas: [] })).toBeNull()
  expect(defaultScope({ areas: [], viewerAreas: ['d'] })).toBeNull()
})

test('children stand in the order of their codes, and an area whose parent is hidden is a root', () => {
  expect(within(demo, 's').map(each => each.code)).toEqual(['c1', 'c2'])
  expect(within(demo.slice(1), null).map(each => each.code)).toEqual(['s'])
})

test('a path goes from the root, and a circle ends', () => {
  expect(pathTo(demo, 'g1').map(each => each.code)).toEqual(['d', 's', 'c1', 'g1'])
  expect(pathTo([area('a', 'b', 'x'), area('b', 'a', 'x')], 'a')).toHaveLength(2)
  expect(pathTo(demo, 'nowhere')).toEqual([])
})

test('below a street lie its communities and grids', () => {
  expect(countsBelow(demo, 's', ['district', 'street', 'community', 'grid', 'microGrid'])).toEqual([
    { level: 'community', count: 2 },
    { level: 'grid', count: 1 },
    { level: 'microGrid', count: 1 },
  ])
  expect([...subtree(demo, 'c1')]).toEqual(['c1', 'g1', 'm1'])
})

test('a place is called by its community and the number of its grid, elsewhere by its area', () => {
  expect(placeLabel(demo, ['d', 's', 'c1', 'g1', 'm1'])).toBe('柳堤-07')
  expect(placeLabel(city, ['sf', 'n1'])).toBe('Mission')
  expect(placeLabel(city, [])).toBeNull()
  expect(gridOn(demo, ['d', 's', 'c1', 'g1', 'm1'])?.code).toBe('g1')
})

test('a name that two areas have says whose it is, with a number or without', () => {
  const own = [
    area('c1', null, 'community', '锦绣社区'),
    area('c2', null, 'community', '望湖社区'),
    area('g1', 'c1', 'grid', '第1网格'),
    area('g2', 'c2', 'grid', '第1网格'),
    area('e1', 'c1', 'grid', '东片'),
    area('e2', 'c2', 'grid', '东片'),
    area('w2', 'c2', 'grid', '西片'),
  ]
  const label = (...path: string[]) => placeLabel(own, path)
  expect([label('c1', 'g1'), label('c2', 'g2')]).toEqual(['锦绣-1', '望湖-1'])
  expect([label('c1', 'e1'), label('c2', 'e2'), label('c2', 'w2')]).toEqual(['锦绣-东片', '望湖-东片', '西片'])
})

test('a name that is nothing but its level stays', () => {
  expect([shortName('柳堤社区'), shortName('锦汀街道'), shortName('社区')]).toEqual(['柳堤', '锦汀', '社区'])
})
