import { expect, test } from 'vitest'
import { withTrails } from './trails.ts'
import type { WallFix } from './wallState.ts'

const fix = (at: number, lng: number): WallFix => ({ at, lng, lat: 30, courseDeg: null, speedMps: null })
const fixesOf = (...told: [string, WallFix][]) => new Map(told)

test('a trail grows by each new fix up to twelve places, and stays the same object until its worker moves', () => {
  let trails: ReturnType<typeof withTrails> = new Map()
  for (let at = 1; at <= 20; at++) trails = withTrails(trails, fixesOf(['A', fix(at, at)], ['B', fix(1, 0)]))
  expect(trails.get('A')?.path.map(([lng]) => lng)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  expect(trails.get('B')?.path).toEqual([[0, 30]])
  const next = withTrails(trails, fixesOf(['A', fix(21, 21)], ['B', fix(1, 0)]))
  expect(next.get('B')).toBe(trails.get('B'))
  expect(next.get('A')).not.toBe(trails.get('A'))
})

test('who leaves has no trail any more, also when somebody else comes at the same time', () => {
  const before = withTrails(new Map(), fixesOf(['A', fix(1, 1)], ['B', fix(1, 2)]))
  expect([...withTrails(before, fixesOf(['B', fix(1, 2)], ['C', fix(2, 3)])).keys()]).toEqual(['B', 'C'])
  expect(before.size).toBe(2)
})
