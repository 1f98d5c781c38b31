import { expect, test } from 'vitest'
import { EARTH_RADIUS_M } from '../geo/distance.ts'
import { acceptFix, type Fix, soundMotion } from './acceptFix.ts'

const now = 1_800_000_000_000
const here: Fix = { lng: 121.5, lat: 31.2, at: now - 10_000, accuracyM: 5 }
const alone = { before: null, after: null }
/** A fix that many metres north of `here`, that many seconds later. */
const north = (metres: number, seconds: number, accuracyM: number | null = 5): Fix => ({
  lng: here.lng,
  lat: here.lat + (metres / EARTH_RADIUS_M) * (180 / Math.PI),
  at: here.at + seconds * 1000,
  accuracyM,
})

test.each<[string, Fix, string]>([
  ['a plain fix', here, 'accepted'],
  ['a latitude that does not exist', { ...here, lat: 91 }, 'badInput'],
  ['a longitude that does not exist', { ...here, lng: -180.1 }, 'badInput'],
  ['no number', { ...here, lat: Number.NaN }, 'badInput'],
  ['a negative accuracy', { ...here, accuracyM: -1 }, 'badInput'],
  ['an endless accuracy', { ...here, accuracyM: Number.POSITIVE_INFINITY }, 'badInput'],
  ['an accuracy of ten kilometres', { ...here, accuracyM: 10_000 }, 'accepted'],
  ['a worse one', { ...here, accuracyM: 10_001 }, 'badInput'],
  ['a time that is no whole millisecond', { ...here, at: 1.5 }, 'badInput'],
  ['null island', { ...here, lng: 0, lat: 0 }, 'nullIsland'],
  ['null island with noise', { ...here, lng: -0.009, lat: 0.009 }, 'nullIsland'],
  ['the Gulf of Guinea, further out', { ...here, lng: 0.01, lat: 0 }, 'accepted'],
  ['the equator', { ...here, lat: 0 }, 'accepted'],
  ['a clock two minutes ahead', { ...here, at: now + 120_000 }, 'accepted'],
  ['a clock further ahead', { ...here, at: now + 120_001 }, 'future'],
])('%s', (_name, fix, outcome) => {
  expect(acceptFix(alone, fix, now, true)).toBe(outcome)
})

test('a fix off duty is refused, and its place does not matter', () => {
  expect(acceptFix({ before: here, after: null }, north(1_000_000, 1), now, false)).toBe('offDuty')
})

test.each<[number, number, number | null, string]>([
  [709, 10, 5, 'accepted'], // 700 m in 10 s and 5 m of doubt at each end
  [711, 10, 5, 'tooFast'],
  [700, 10, null, 'accepted'],
  [706, 10, null, 'tooFast'],
  [1_199, 10, 5_000, 'accepted'], // 700 m in 10 s, and 500 m of doubt at the bad end
  [1_211, 10, 5_000, 'tooFast'],
  [100_000, 3_600, 5, 'accepted'],
])('%d m in %d s with an accuracy of %s m is %s', (metres, seconds, accuracyM, outcome) => {
  const fix = north(metres, seconds, accuracyM)
  expect(acceptFix({ before: here, after: null }, fix, fix.at, true)).toBe(outcome)
  // A late batch is judged by the fix that follows it, too.
  expect(acceptFix({ before: null, after: fix }, here, fix.at, true)).toBe(outcome)
})

test.each([
  [0, 0, 0, 0, 0, 0],
  [70, 360, 100, 70, 360, 100],
  [70.1, 360.1, 100.1, null, null, null],
  [-1, -1, -1, null, null, null],
  [Number.NaN, Number.NaN, Number.NaN, null, null, null],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, null, null, null],
  [null, null, null, null, null, null],
])('speed %s, course %s and battery %s are kept as %s, %s and %s', (...row) => {
  const [speedMps, courseDeg, batteryPct, keptSpeed, keptCourse, keptBattery] = row
  expect(soundMotion({ speedMps, courseDeg, batteryPct })).toEqual({
    speedMps: keptSpeed,
    courseDeg: keptCourse,
    batteryPct: keptBattery,
  })
})
