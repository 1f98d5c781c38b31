import { expect, test } from 'vitest'
import type { WallPolicy } from '../stores/wallState.ts'
import { lanes } from './lanes.ts'
import type { LiveIncident } from './liveIncident.ts'
import { laneGeometry, runwayX, USUAL_TRACK } from './runway.ts'
import { clockOf, liveOf } from './sample.ts'

const policy = (...clocks: [string, number | null][]): WallPolicy => ({
  id: '1-5-15',
  atRiskFraction: 0.8,
  clocks: clocks.map(([name, limitS]) => ({ name, limitMs: limitS === null ? null : limitS * 1000, pausable: false })),
})
const street = policy(['discover', 60], ['respond', 300], ['resolve', 900])
const geometryOf = (clock: string, items: readonly LiveIncident[]) => {
  const lane = lanes([street], items, []).find(each => each.clock === clock)
  if (!lane) throw new Error(`no lane ${clock}`)
  return laneGeometry(lane)
}

test.each([
  [0, 0],
  [0.5, 38],
  [0.8, 60.8],
  [1, 76],
  [1.25, 88],
  [1.5, 98],
  [9, 98],
])('a ratio of %d stands at %d %%', (ratio, x) => {
  expect(runwayX(ratio)).toBeCloseTo(x, 10)
})

test('lanes are the clocks of the policies in force, in their order, each incident in that of its leading clock', () => {
  const items = [
    liveOf('a', clockOf('respond', 300, 100)),
    liveOf('b', clockOf('resolve', 900, 800)),
    liveOf('c', clockOf('resolve', 900, 960)),
    liveOf('d', null),
  ]
  expect(
    lanes([street], items, []).map(({ clock, count, atRisk, breached }) => [clock, count, atRisk, breached]),
  ).toEqual([
    ['discover', 0, 0, 0],
    ['respond', 1, 0, 0],
    ['resolve', 2, 1, 1],
  ])
})

test('a store with one clock has one lane, and no policy at all has none', () => {
  expect(lanes([policy(['arrive', 600])], [], [])).toMatchObject([{ clock: 'arrive', limitMs: 600_000 }])
  expect(lanes([], [], [])).toEqual([])
})

test('at most four lanes stand; a limit until the end of the day has neither ticks nor band', () => {
  const five = policy(['a', 1], ['b', null], ['c', 1], ['d', 1], ['e', 1])
  const stood = lanes([five], [], [])
  expect(stood.map(lane => lane.clock)).toEqual(['a', 'b', 'c', 'd'])
  expect(laneGeometry({ ...stood[1]!, p50Ms: 5 })).toMatchObject({ ticks: [], band: null })
})

test('the tail is what the last 12 s covered, so the first lane moves faster', () => {
  const [fast] = geometryOf('discover', [liveOf('a', clockOf('discover', 60, 30))]).dots
  const [slow] = geometryOf('resolve', [liveOf('a', clockOf('resolve', 900, 450))]).dots
  expect(fast?.tail).toBeCloseTo(15.2, 10)
  expect(slow?.tail).toBeCloseTo((12 / 900) * 76, 10)
  expect(geometryOf('discover', [liveOf('a', clockOf('discover', 60, 3))]).dots[0]?.tail).toBeCloseTo(3.8, 10)
})

test('dots closer than 1.6 % step aside alternately', () => {
  const near = [100, 105, 110, 300].map(elapsed => liveOf(`i${elapsed}`, clockOf('resolve', 900, elapsed)))
  expect(geometryOf('resolve', near).dots.map(dot => [dot.item.incident.id, dot.lift])).toEqual([
    ['i300', 0],
    ['i110', 0],
    ['i105', -1],
    ['i100', 1],
  ])
})

test('what is at risk close together shares one label: the most urgent time, behind the last of them', () => {
  const items = [730, 760, 890].map(elapsed => liveOf(`i${elapsed}`, clockOf('resolve', 900, elapsed)))
  const { dots } = geometryOf('resolve', items)
  expect(dots.map(dot => [dot.item.incident.id, dot.hasLabel, dot.crowd])).toEqual([
    ['i890', true, 1],
    ['i760', true, 2],
    ['i730', false, 0],
  ])
  expect(dots[1]?.labelX).toBe(dots[2]?.x)
})

test('of seals that would cover each other the most urgent keeps its symbol', () => {
  const items = [650, 740, 750, 770, 890, 900].map(elapsed => liveOf(`i${elapsed}`, clockOf('resolve', 900, elapsed)))
  const breached = liveOf('worst', clockOf('resolve', 900, 905))
  const { dots } = geometryOf('resolve', [...items, breached])
  expect(dots.filter(dot => dot.hasSymbol).map(dot => dot.item.incident.id)).toEqual(['worst', 'i770', 'i740'])
})

test('of several breached the worst stands with the number of the others', () => {
  const items = [910, 950, 1000].map(elapsed => liveOf(`i${elapsed}`, clockOf('resolve', 900, elapsed)))
  const geometry = geometryOf('resolve', items)
  expect(geometry.dots.map(dot => dot.item.incident.id)).toEqual(['i1000'])
  expect(geometry.moreBreached).toBe(2)
})

test('a crowd is drawn up to its most advanced two dozen, the others are a number', () => {
  const items = Array.from({ length: 60 }, (_, index) => liveOf(`i${index}`, clockOf('resolve', 900, index * 10)))
  const geometry = geometryOf('resolve', items)
  expect(geometry.dots).toHaveLength(24)
  expect(geometry.moreRunning).toBe(36)
})

test('ticks are round and few', () => {
  const lane = (limitS: number) =>
    laneGeometry(lanes([policy(['x', limitS])], [], [])[0]!).ticks.map(tick => tick.ms / 1000)
  expect(lane(60)).toEqual([15, 30])
  expect(lane(300)).toEqual([60, 120, 180])
  expect(lane(900)).toEqual([300, 600])
  expect(lane(600)).toEqual([120, 240, 360])
  expect(lane(7 * 86_400)).toEqual([172_800, 345_600])
})

const stepsOf = (items: readonly LiveIncident[], track = USUAL_TRACK) => {
  const lane = lanes([street], items, []).find(each => each.clock === 'resolve')!
  return laneGeometry(lane, track).ticks.map(tick => tick.ms / 1000)
}

test('a tick whose text a label, a seal or a dot that stepped down would cover is not drawn', () => {
  const atRisk = liveOf('a', clockOf('resolve', 900, 725)) // its label reaches back over 10 min
  const steppedDown = [320, 315, 310].map(elapsed => liveOf(`i${elapsed}`, clockOf('resolve', 900, elapsed)))
  expect(stepsOf([])).toEqual([300, 600])
  expect(stepsOf([atRisk])).toEqual([300])
  expect(stepsOf(steppedDown)).toEqual([600])
  expect(stepsOf([liveOf('plain', clockOf('resolve', 900, 315))])).toEqual([300, 600])
})

test('where a lane is high its ticks stand clear of everything, and a longer track keeps them longer', () => {
  const atRisk = liveOf('a', clockOf('resolve', 900, 725))
  expect(stepsOf([atRisk], { ...USUAL_TRACK, heightRem: 8 })).toEqual([300, 600])
  expect(stepsOf([atRisk], { ...USUAL_TRACK, widthRem: 146 })).toEqual([300, 600])
})

test('on a short track a block that would leave it is anchored at the end sooner', () => {
  const lane = lanes([street], [liveOf('a', clockOf('resolve', 900, 960))], []).find(each => each.breached > 0)!
  const [usual] = laneGeometry(lane).dots
  const [short] = laneGeometry(lane, { widthRem: 30, heightRem: 2.67 }).dots
  expect([usual?.isAtEnd, short?.isAtEnd]).toEqual([false, true])
})
