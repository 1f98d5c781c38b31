import { expect, test } from 'vitest'
import type { FlowBin } from '../stores/wallState.ts'
import { histogram } from './histogram.ts'

const MINUTE = 60_000
const day = { from: 0, to: 1440 * MINUTE }
const bin = (minute: number, reported: number, breached = 0): FlowBin => ({
  from: minute * MINUTE,
  to: (minute + 5) * MINUTE,
  reported,
  breached,
  resolved: 0,
  closed: 0,
  open: 0,
  rated: 0,
  satisfied: 0,
})

test('fine bins are joined, and nothing is drawn after now', () => {
  const flow = [bin(0, 1), bin(5, 2), bin(10, 0, 1), bin(15, 6), bin(720, 9, 4)]
  const { bars, breaches, nowX, most } = histogram(flow, day, 17 * MINUTE, 15 * MINUTE, 2)
  expect(bars.map(bar => [bar.n, bar.height, bar.isNow])).toEqual([
    [3, 0.5, false],
    [6, 1, true],
  ])
  expect(breaches).toEqual([12.5 / 1440])
  expect(nowX).toBeCloseTo(17 / 1440, 12)
  expect(most).toBe(6)
})

test('a day of 25 hours has 25 of them', () => {
  expect(histogram([], { from: 0, to: 1500 * MINUTE }, 0, 15 * MINUTE, 1).hours).toHaveLength(25)
})

test('an empty day has no bars and divides by nothing', () => {
  expect(histogram([], day, 0, 15 * MINUTE, 2)).toMatchObject({ bars: [], most: 1, nowX: 0 })
})
