import { expect, test } from 'vitest'
import { isAtRisk, liveClock, pausedMs } from './liveClock.ts'
import { clockOf, NOON } from './sample.ts'

const S = 1000
const respond = clockOf('respond', 300, 200)

test('a running clock runs on by its deadline', () => {
  expect(liveClock(respond, [], NOON)).toMatchObject({
    state: 'running',
    elapsedMs: 200 * S,
    remainingMs: 100 * S,
    atRisk: false,
  })
  expect(liveClock(respond, [], NOON + 40 * S)).toMatchObject({ elapsedMs: 240 * S, remainingMs: 60 * S, atRisk: true })
})

test('reaching the limit exactly is not a breach, and one millisecond later it is', () => {
  expect(liveClock(respond, [], NOON + 100 * S)).toMatchObject({ state: 'running', remainingMs: 0, atRisk: true })
  expect(liveClock(respond, [], NOON + 100 * S + 1)).toMatchObject({ state: 'breached', atRisk: false })
})

test('what passes its limit while the link is down is unknown, and a breach that the server told stays one', () => {
  expect(liveClock(respond, [], NOON + 101 * S, false)?.state).toBe('unknown')
  expect(liveClock(clockOf('respond', 300, 310), [], NOON + 50 * S, false)).toMatchObject({
    state: 'breached',
    elapsedMs: 360 * S,
  })
})

test('a paused clock stands still', () => {
  const paused = clockOf('resolve', 900, 100, { state: 'PAUSED', deadline: null })
  expect(liveClock(paused, [], NOON + 500 * S)).toMatchObject({
    state: 'paused',
    elapsedMs: 100 * S,
    remainingMs: 800 * S,
  })
})

test('a pause after the breach adds no overtime', () => {
  const breached = clockOf('resolve', 900, 960)
  const facts = [{ type: 'paused', at: NOON - 20 * S, reason: 'rain' }]
  expect(liveClock(breached, facts, NOON + 100 * S)).toMatchObject({ state: 'breached', remainingMs: -40 * S })
})

test('an ended clock no longer moves, and one that has not started is none', () => {
  const met = clockOf('respond', 300, 200, { state: 'MET', endedAt: NOON })
  expect(liveClock(met, [], NOON + 900 * S)).toMatchObject({ state: 'met', elapsedMs: 200 * S })
  expect(liveClock({ ...respond, state: 'PENDING', elapsedMs: null }, [], NOON)).toBeNull()
  expect(liveClock({ ...respond, state: 'NOT_APPLICABLE', elapsedMs: null }, [], NOON)).toBeNull()
})

test.each([
  [240_000, 300_000, 0.8, true],
  [239_999, 300_000, 0.8, false],
  [100, 300, 1 / 3, true],
])('at risk by rule 9: %d of %d at %d is %s', (elapsed, limit, fraction, expected) => {
  expect(isAtRisk(elapsed, limit, fraction)).toBe(expected)
})

test('pauses are clipped to the span, a second one changes nothing, a resolution ends one', () => {
  const fact = (type: string, at: number) => ({ type, at, reason: null })
  const facts = [
    fact('paused', 0),
    fact('paused', 5),
    fact('resumed', 10),
    fact('paused', 20),
    fact('resolved', 30),
    fact('resumed', 40),
  ]
  expect(pausedMs(facts, 5, 100)).toBe(5 + 10)
  expect(pausedMs([fact('paused', 50)], 0, 70)).toBe(20)
})
