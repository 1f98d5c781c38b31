import { expect, test } from 'vitest'
import type { WallArea } from '../../stores/wallState.ts'
import { homesIn } from './homes.ts'

const geometry: WallArea['geometry'] = {
  type: 'Polygon',
  coordinates: [
    [
      [121, 31],
      [121.01, 31],
      [121.01, 31.01],
      [121, 31],
    ],
  ],
}
const area = (code: string, parent: string | null, households: number | null): WallArea => ({
  ...{ code, parent, households, geometry, name: code, level: 'grid' },
  ...{ residents: null, hectares: null, bbox: null },
})
const areas = [
  area('s', null, 900),
  area('w', 's', 500),
  area('w1', 'w', 200),
  area('w2', 'w', null),
  area('e', 's', 400),
]
const codesIn = (root: string | null) => homesIn(areas, root).map(({ code }) => code)

test('households are told by the lowest areas that know them, so that nobody is counted twice', () => {
  expect(codesIn(null)).toEqual(['w1', 'e'])
})

test('a part that tells none between two that do does not have them counted twice', () => {
  const deep = [area('c', null, 3000), area('g', 'c', null), area('m1', 'g', 100), area('m2', 'g', 200)]
  expect(homesIn(deep, null).map(({ code }) => code)).toEqual(['m1', 'm2'])
})

test('below the line of a ratio stand those of the area whose incidents are above it, and not its neighbours', () => {
  expect(codesIn('w')).toEqual(['w1'])
  expect(codesIn('e')).toEqual(['e'])
})
