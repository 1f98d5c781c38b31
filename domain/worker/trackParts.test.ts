import { expect, test } from 'vitest'
import { distanceM } from '../geo/distance.ts'
import { thinTrack } from './thinTrack.ts'
import { type TrackFix, trackParts } from './trackParts.ts'

const T = Date.parse('2026-03-02T10:00:00+08:00')
const SECOND = 1000
/** A fix some seconds after ten, so many metres east and north of a corner. */
const at = (seconds: number, east: number, north = 0): TrackFix => ({
  at: T + seconds * SECOND,
  lng: 121.4 + east / (111_195 * Math.cos((31.2 * Math.PI) / 180)),
  lat: 31.2 + north / 111_195,
})
/** Somebody who tells every 5 s and walks 7 m meanwhile. */
const walk = (from: number, count: number, east = 0) =>
  Array.from({ length: count }, (_, i) => at(from + i * 5, east + i * 7))

test('a walk is all moves and as long as it is', () => {
  const { steps, stops, lengthM } = trackParts(walk(0, 20))
  expect(steps).toEqual(['gap', ...Array.from({ length: 19 }, () => 'move')])
  expect(stops).toEqual([])
  expect(lengthM).toBeCloseTo(19 * 7, 0)
})

test('silence beyond three beats of the phone’s own rhythm is a gap, and adds nothing to the length', () => {
  const { steps, lengthM } = trackParts([...walk(0, 10), ...walk(45 + 31, 10, 300)])
  expect(steps[10]).toBe('gap')
  expect(lengthM).toBeCloseTo(18 * 7, 0)
  const slow = Array.from({ length: 6 }, (_, i) => at(i * 180, i * 40))
  expect(
    trackParts(slow)
      .steps.slice(1)
      .every(step => step === 'move'),
  ).toBe(true)
})

test('a phone that told every three minutes by night and every ten seconds by day has a gap at most where that changed', () => {
  const night = Array.from({ length: 100 }, (_, i) => at(i * 180, i * 30))
  const day = Array.from({ length: 300 }, (_, i) => at(18_000 + i * 10, 3000 + i * 12))
  expect(
    trackParts([...night, ...day])
      .steps.slice(1)
      .filter(step => step === 'gap').length,
  ).toBeLessThanOrEqual(1)
})

test('faster than 70 m/s is a jump, also over a silence', () => {
  expect(trackParts([...walk(0, 5), at(25, 500), at(30, 507)]).steps[5]).toBe('tooFast')
  expect(trackParts([...walk(0, 5), at(25, 300), at(30, 307)]).steps[5]).toBe('move')
  expect(trackParts([...walk(0, 5), at(120, 90_000)]).steps[5]).toBe('tooFast')
})

test('a fix far off between two that lie together was never walked to', () => {
  const { steps } = trackParts([...walk(0, 5), at(25, 35, 200), ...walk(30, 5, 42)])
  expect(steps.slice(4, 8)).toEqual(['move', 'thereAndBack', 'thereAndBack', 'move'])
  // In six minutes somebody may go and come back.
  const slow = [at(0, 0), at(180, 0, 200), at(360, 0), at(540, 0, 10)]
  expect(trackParts(slow).steps.slice(1)).toEqual(['move', 'move', 'move'])
})

test('three minutes within 25 m are a stop; a gap ends it', () => {
  const still = Array.from({ length: 60 }, (_, i) => at(100 + i * 5, 133 + (i % 3) * 4))
  const { stops } = trackParts([...walk(0, 20), ...still, ...walk(400, 20, 160)])
  expect(stops).toHaveLength(1)
  expect(stops[0]!.durationMs).toBeGreaterThanOrEqual(59 * 5 * SECOND)
  const broken = [...still.slice(0, 30), ...still.slice(30).map(fix => ({ ...fix, at: fix.at + 60 * SECOND }))]
  expect(trackParts(broken).stops).toEqual([])
})

test('an empty track has no parts', () => {
  expect(trackParts([])).toEqual({ steps: [], stops: [], lengthM: 0 })
  expect(thinTrack([], { steps: [], stops: [] }, 3)).toEqual([])
})

test('a thinned track is nowhere, at no instant, further off than it says, and keeps every gap', () => {
  const fixes: TrackFix[] = []
  for (let i = 0; i < 3000; i++) {
    const turn = Math.floor(i / 100)
    const seconds = i * 5 + (i >= 1500 ? 300 : 0)
    fixes.push(at(seconds, 40 * turn + (turn % 2 ? i % 100 : 0) * 6, Math.sin(i / 9) * 2 + (turn % 3) * (i % 100)))
  }
  const parts = trackParts(fixes)
  const kept = thinTrack(fixes, parts, 3)
  expect(kept.length).toBeLessThan(fixes.length / 5)
  expect(kept).toEqual(expect.arrayContaining([1499, 1500]))
  for (const [k, to] of kept.entries()) {
    const from = kept[k - 1] ?? to
    const [a, b] = [fixes[from]!, fixes[to]!]
    for (let i = from + 1; i < to; i++) {
      const share = (fixes[i]!.at - a.at) / (b.at - a.at)
      const there = { lng: a.lng + share * (b.lng - a.lng), lat: a.lat + share * (b.lat - a.lat) }
      expect(distanceM(there, fixes[i]!)).toBeLessThan(3.05)
    }
  }
})
