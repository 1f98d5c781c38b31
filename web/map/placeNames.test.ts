import { expect, test } from 'vitest'
import { placeNames } from './placeNames.ts'

const ring = [
  [0, 0],
  [400, 0],
  [400, 300],
  [0, 300],
  [0, 0],
]
const name = (id: string, x: number, y: number) => ({ id, x, y, width: 60, height: 30, ring })
const at = (spots: ReturnType<typeof placeNames>, id: string) => spots.get(id)!

test('a name stands in the middle when nothing is there', () => {
  expect(at(placeNames([name('a', 200, 150)], [], 1), 'a')).toEqual({ x: 200, y: 150 })
})

test('a name moves to the nearest free place, and stays inside its area', () => {
  const spot = at(placeNames([name('a', 200, 150)], [{ box: [180, 140, 220, 160], weight: 4 }], 1), 'a')
  expect(spot).not.toEqual({ x: 200, y: 150 })
  expect(Math.hypot(spot.x - 200, spot.y - 150)).toBeLessThan(60)
  const edge = at(placeNames([name('a', 5, 150)], [], 1), 'a')
  expect(edge.x).toBeGreaterThanOrEqual(31)
})

test('two names never stand on each other', () => {
  const spots = placeNames([name('a', 200, 150), name('b', 205, 150)], [], 1)
  const [a, b] = [at(spots, 'a'), at(spots, 'b')]
  expect(Math.abs(a.x - b.x) >= 60 || Math.abs(a.y - b.y) >= 30).toBe(true)
})

test('a name that fits nowhere keeps its middle', () => {
  const tiny = [
    [0, 0],
    [4, 0],
    [4, 4],
    [0, 4],
    [0, 0],
  ]
  expect(at(placeNames([{ ...name('a', 2, 2), ring: tiny }], [], 1), 'a')).toEqual({ x: 2, y: 2 })
})
