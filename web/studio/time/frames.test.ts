import { expect, test } from 'vitest'
import { USUAL_PLAY } from '../view/studioView.ts'
import { busiestFrame, frameAt, frameCount } from './frames.ts'

const HOUR = 3_600_000
const day = { from: 0, to: 24 * HOUR }
const play = { ...USUAL_PLAY, windowHours: 3, stepHours: 2 }

test('the frames of a day begin step by step, and the last ends with the day at the latest', () => {
  expect(frameCount(day, play)).toBe(11)
  expect(frameAt(day, play, 0)).toEqual({ from: 0, to: 3 * HOUR })
  expect(frameAt(day, play, 10)).toEqual({ from: 20 * HOUR, to: 23 * HOUR })
})

test('what accumulates begins with the period', () => {
  expect(frameAt(day, { ...play, isCumulative: true }, 10)).toEqual({ from: 0, to: 23 * HOUR })
})

test('a period shorter than the window is one frame and no longer than it is', () => {
  const short = { from: 0, to: HOUR }
  expect(frameCount(short, play)).toBe(1)
  expect(frameAt(short, play, 0)).toEqual(short)
})

const hours = (counts: readonly number[]) => counts.map((n, i) => ({ from: i * HOUR, to: (i + 1) * HOUR, n }))

test('the busiest frame is the one that holds most, the first of equals; growing windows end with most', () => {
  const counts = Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 7 : hour === 14 || hour === 15 ? 4 : 0))
  expect(frameAt(day, play, busiestFrame(day, play, hours(counts)))).toEqual({ from: 14 * HOUR, to: 17 * HOUR })
  expect(busiestFrame(day, play, hours(new Array(24).fill(1)))).toBe(0)
  expect(busiestFrame(day, { ...play, isCumulative: true }, hours(counts))).toBe(10)
})
