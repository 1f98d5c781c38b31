import { expect, test } from 'vitest'
import { withTrails } from './trails.ts'
import { withMoves } from './wallFeed.ts'
import type { WallFix } from './wallState.ts'

const fix = (at: number): WallFix => ({ at, lng: at, lat: 0, courseDeg: null, speedMps: null })

test('the last word on each worker wins, a late fix moves nobody back, who left is gone', () => {
  const before = new Map([
    ['a', fix(10)],
    ['b', fix(10)],
    ['c', fix(10)],
  ])
  const after = withMoves(
    before,
    new Map([
      ['a', fix(12)],
      ['b', fix(8)],
      ['c', null],
      ['d', fix(1)],
    ]),
  )
  expect([...after].map(([id, { at }]) => [id, at])).toEqual([
    ['a', 12],
    ['b', 10],
    ['d', 1],
  ])
  expect(before.size).toBe(3)
})

test('a trail holds the last dozen fixes, each once', () => {
  let trails = withTrails(new Map(), new Map([['a', fix(0)]]))
  for (let at = 1; at < 30; at++) trails = withTrails(trails, new Map([['a', fix(at)]]))
  trails = withTrails(trails, new Map([['a', fix(29)]]))
  expect(trails.get('a')?.map(each => each.at)).toEqual(Array.from({ length: 12 }, (_, index) => 18 + index))
  expect(withTrails(trails, new Map()).size).toBe(0)
})
