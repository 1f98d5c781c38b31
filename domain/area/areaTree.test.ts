import { expect, test } from 'vitest'
import type { AreaGeometry } from '../geo/geojson.ts'
import { areaTree } from './areaTree.ts'
import type { AreaVersion } from './areaVersion.ts'
import { checkAreas } from './checkAreas.ts'

const square = (west: number, south: number, east: number, north: number): AreaGeometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
const version = (code: string, parent: string | null, level: string, more: Partial<AreaVersion> = {}): AreaVersion => ({
  code,
  parent,
  level,
  name: code,
  households: null,
  validFrom: null,
  validTo: null,
  geometry: null,
  properties: {},
  ...more,
})

const street = [
  version('S', null, 'street', { geometry: square(0, 0, 4, 4) }),
  version('C1', 'S', 'community'),
  version('C2', 'S', 'community', { geometry: square(2, 0, 4, 4) }),
  version('G11', 'C1', 'grid', { geometry: square(0, 0, 2, 2) }),
  version('G12', 'C1', 'grid', { geometry: square(0, 2, 2, 3) }),
  version('G21', 'C2', 'grid', { geometry: square(2, 0, 4, 2) }),
  version('M211', 'G21', 'microGrid', { geometry: square(2, 0, 3, 1) }),
]

test('a place goes to the deepest area that holds it, through parents without geometry', () => {
  const tree = areaTree(street)
  const at = (lng: number, lat: number, level?: string) => tree.locate({ lng, lat }, 0, level).join('/')
  expect(at(1, 1)).toBe('S/C1/G11')
  expect(at(2.5, 0.5)).toBe('S/C2/G21/M211')
  expect(at(3.5, 1.5)).toBe('S/C2/G21')
  expect(at(3, 3)).toBe('S/C2')
  expect(at(1, 3.5)).toBe('S')
  expect(at(5, 5)).toBe('')
  expect(at(2.5, 0.5, 'community')).toBe('S/C2')
  expect(at(1, 1, 'community')).toBe('S/C1')
  expect(at(3, 3, 'grid')).toBe('')
})

test('a place on a shared edge or corner has one owner at every level', () => {
  const tree = areaTree(street)
  expect(tree.locate({ lng: 2, lat: 1 }, 0)).toEqual(['S', 'C2', 'G21']) // the micro-grid below ends at 1
  expect(tree.locate({ lng: 2, lat: 0.5 }, 0)).toEqual(['S', 'C2', 'G21', 'M211'])
  expect(tree.locate({ lng: 1, lat: 2 }, 0)).toEqual(['S', 'C1', 'G12'])
  expect(tree.locate({ lng: 2, lat: 2 }, 0)).toEqual(['S', 'C2'])
})

test('a redraw changes what stands from its instant on, and only then', () => {
  const redrawn = [
    ...street.filter(each => each.code !== 'G11'),
    version('G11', 'C1', 'grid', { validTo: 1000, geometry: square(0, 0, 2, 2) }),
    version('G11', 'C1', 'grid', { validFrom: 1000, name: 'G11 new', geometry: square(0, 0, 1, 2) }),
    version('G13', 'C1', 'grid', { validFrom: 1000, geometry: square(1, 0, 2, 2) }),
  ]
  const tree = areaTree(redrawn)
  expect(tree.locate({ lng: 1.5, lat: 1 }, 999)).toEqual(['S', 'C1', 'G11'])
  expect(tree.locate({ lng: 1.5, lat: 1 }, 1000)).toEqual(['S', 'C1', 'G13'])
  expect(tree.area('G13', 999)).toBeNull()
  expect(tree.area('G11', 1000)?.name).toBe('G11 new')
  expect(tree.children('C1', 999).map(each => each.code)).toEqual(['G11', 'G12'])
  expect(tree.children('C1', 1000).map(each => each.code)).toEqual(['G11', 'G12', 'G13'])
})

test('paths, roots and subtrees follow the codes', () => {
  const tree = areaTree(street)
  expect(tree.path('M211', 0)).toEqual(['S', 'C2', 'G21', 'M211'])
  expect(tree.path('nowhere', 0)).toEqual([])
  expect(tree.roots(0).map(each => each.code)).toEqual(['S'])
  expect(tree.subtree('C2', 0)).toEqual(['C2', 'G21', 'M211'])
  expect(tree.subtree('nowhere', 0)).toEqual([])
})

test('where two areas of a depth overlap the smallest code wins, in whichever order they came', () => {
  const twins = [
    version('S', null, 'street'),
    version('B', 'S', 'grid', { geometry: square(0, 0, 2, 2) }),
    version('A', 'S', 'grid', { geometry: square(1, 1, 3, 3) }),
  ]
  for (const order of [twins, twins.toReversed()])
    expect(areaTree(order).locate({ lng: 1.5, lat: 1.5 }, 0)).toEqual(['S', 'A'])
})

test('what is no tree is refused with the area and the reason', () => {
  const table: [AreaVersion[], RegExp][] = [
    [[version('A', 'B', 'x'), version('B', 'A', 'x')], /A is its own ancestor: A › B › A/],
    [[version('A', 'A', 'x')], /A is its own ancestor/],
    [[version('A', 'Z', 'x')], /A has an unknown parent Z/],
    [
      [version('P', null, 'x', { validTo: 5 }), version('A', 'P', 'x')],
      /A: its parent P is not valid at 1970-01-01T00:00:00.005Z/,
    ],
    [
      [version('A', null, 'x', { validTo: 5 }), version('A', null, 'x', { validFrom: 4 })],
      /A has two versions at 1970-01-01T00:00:00.004Z/,
    ],
    [[version('A', null, 'x', { validFrom: 5, validTo: 5 })], /A ends .* before it begins/],
    [[version('', null, 'x')], /empty code/],
  ]
  for (const [versions, reason] of table) {
    expect(checkAreas(versions)[0]?.reason).toMatch(reason)
    expect(() => areaTree(versions)).toThrow(reason)
  }
  const handover = [
    version('P', null, 'x', { validTo: 5 }),
    version('P', null, 'x', { validFrom: 5 }),
    version('A', 'P', 'x'),
  ]
  expect(checkAreas(handover)).toEqual([])
})

test('a cycle that only versions of one instant make is found', () => {
  const versions = [
    version('A', null, 'x', { validTo: 10 }),
    version('A', 'B', 'x', { validFrom: 10 }),
    version('B', 'A', 'x', { validTo: 20 }),
    version('B', null, 'x', { validFrom: 20 }),
  ]
  expect(checkAreas(versions)[0]?.reason).toMatch(/A is its own ancestor/)
})
