import { expect, test } from 'vitest'
import type { FlowBin } from '../stores/wallState.ts'
import { histogram, isHourCut, isLabelLeft, isLegendEarly } from './histogram.ts'

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

test('fine bins are joined, and what comes after now is told apart', () => {
  const flow = [bin(0, 1), bin(5, 2), bin(10, 0, 1), bin(15, 6), bin(720, 9, 4)]
  const { bars, breaches, nowX, most } = histogram(flow, day, 17 * MINUTE, 15 * MINUTE, 2)
  expect(bars.map(bar => [bar.n, bar.height, bar.isNow, bar.isLater])).toEqual([
    [3, 3 / 9, false, false],
    [6, 6 / 9, true, false],
    [9, 1, false, true],
  ])
  expect(breaches).toEqual([12.5 / 1440])
  expect(nowX).toBeCloseTo(17 / 1440, 12)
  expect(most).toBe(9)
})

test('a day of 25 hours has 25 of them', () => {
  expect(histogram([], { from: 0, to: 1500 * MINUTE }, 0, 15 * MINUTE, 1).hours).toHaveLength(25)
})

test('an empty day has no bars and divides by nothing', () => {
  expect(histogram([], day, 0, 15 * MINUTE, 2)).toMatchObject({ bars: [], most: 1, nowX: 0 })
})

const THIRDS = [1 / 3, 2 / 3]
/** The day of a wall of 5760×1080 drawn `k` times as large: the head of the conductor is as many rem as ever. */
const dayOf = (k: number) => ({ fromRem: 24, widthRem: 360 / k - 24 - 1.25, pageRem: 360 / k })
/** x of the day at a share of the page. */
const xAt = (page: number, k: number) => (page * 360) / k / dayOf(k).widthRem - 24 / dayOf(k).widthRem

test.each([0.8, 1, 1.25, 1.5])('at k = %d the needle has its label on the screen it stands on', k => {
  for (const seam of THIRDS) {
    expect(isLabelLeft(xAt(seam - 0.001, k), dayOf(k), THIRDS)).toBe(true)
    expect(isLabelLeft(xAt(seam + 0.001, k), dayOf(k), THIRDS)).toBe(false)
    expect(isLabelLeft(xAt(seam - 0.03, k), dayOf(k), THIRDS)).toBe(false)
    expect(isHourCut(xAt(seam - 0.001, k), dayOf(k), THIRDS)).toBe(true)
  }
})

test('at the end of the day the label stands left of the needle, on a wall without seams, too', () => {
  expect(isLabelLeft(0.99, dayOf(1), [])).toBe(true)
  expect(isLabelLeft(0.9, dayOf(1), [])).toBe(false)
})

test('the legend makes way for the needle, and sooner where everything is drawn larger', () => {
  const hd = (k: number) => ({ fromRem: 17.5, widthRem: 120 / k - 18.75, pageRem: 120 / k })
  expect(isLegendEarly(0.76, hd(1))).toBe(false)
  expect(isLegendEarly(0.76, hd(1.25))).toBe(true)
  expect(isLegendEarly(0.9, hd(1))).toBe(true)
})
