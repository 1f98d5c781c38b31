import { expect, test } from 'vitest'
import { HEAT_EVERY_MS, heatShown } from './liveHeat.ts'

const HOUR = 3_600_000
const heat = { counts: new Uint8Array([1]), at: 10 * HOUR, askedAt: 5000 }
const after = (ms: number) => heatShown(heat, { now: heat.at + ms, monotonicMs: heat.askedAt + ms, windowMs: 4 * HOUR })

test('heat that keeps coming is that of now', () => {
  expect(after(HEAT_EVERY_MS)).toEqual({ counts: heat.counts, until: null })
})

test('heat that has not come for three turns says until when it counts', () => {
  expect(after(3 * HEAT_EVERY_MS + 1)).toEqual({ counts: heat.counts, until: heat.at })
})

test('where the server’s time runs so fast that a window passes between two turns, heat stays', () => {
  const now = heat.at + 6 * HOUR
  expect(heatShown(heat, { now, monotonicMs: heat.askedAt + HEAT_EVERY_MS, windowMs: 4 * HOUR })?.until).toBeNull()
})

test('heat as old as its window is no heat, and there is none before the first', () => {
  expect(after(4 * HOUR)).toBeNull()
  expect(heatShown(null, { now: 0, monotonicMs: 0, windowMs: HOUR })).toBeNull()
})
