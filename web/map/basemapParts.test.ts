import { expect, test } from 'vitest'
import { basemapParts, midline } from './basemapParts.ts'

const river = [
  [0, 0],
  [10, 2],
  [20, 0],
  [20, 1],
  [10, 3],
  [0, 1],
  [0, 0],
]

test('a named river gets a line along its middle; a pond does not', () => {
  const line = midline(river)
  expect(line?.coordinates.length).toBeGreaterThan(30)
  const middle = line?.coordinates.find(([x]) => x === 10)
  expect(middle?.[1]).toBeCloseTo(2.5, 6)
  expect(
    midline([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
      [0, 0],
    ]),
  ).toBeNull()
})

test('every feature says which part it is of, and unknown parts are left out', () => {
  const feature = (name: string | null) => ({
    type: 'Feature' as const,
    geometry: { type: 'Polygon' as const, coordinates: [river] },
    properties: { name },
  })
  const collection = (name: string | null) => ({ type: 'FeatureCollection' as const, features: [feature(name)] })
  const { shapes, named, names } = basemapParts([
    { id: 'water', data: collection('锦汀河') },
    { id: 'water', data: collection(null) },
    { id: 'satellite', data: collection('x') },
  ])
  expect(shapes.features.map(f => f.properties?.['part'])).toEqual(['water', 'water'])
  expect(named.features.map(f => [f.properties?.['name'], f.geometry.type])).toEqual([['锦汀河', 'LineString']])
  expect(names).toBe('锦汀河')
})
