import { expect, test } from 'vitest'
import { processTime } from './processTime.ts'

function machine() {
  const clocks = { wall: 1_000_000, monotonic: 50 }
  return {
    clocks: { wall: () => clocks.wall, monotonic: () => clocks.monotonic },
    passes: (ms: number) => {
      clocks.wall += ms
      clocks.monotonic += ms
    },
    steps: (ms: number) => {
      clocks.wall += ms
    },
  }
}

test('time is the wall clock at start plus the monotonic clock', () => {
  const m = machine()
  const time = processTime(m.clocks)
  m.passes(1_234)
  expect(time.now()).toBe(1_001_234)
})

test('a small correction of the machine changes nothing', () => {
  const m = machine()
  const time = processTime(m.clocks)
  m.steps(-5_000)
  time.compare()
  expect([time.now(), time.lastStep()]).toEqual([1_000_000, null])
})

test('a step over 5 s is recorded and followed', () => {
  const m = machine()
  const time = processTime(m.clocks)
  m.passes(2_000)
  m.steps(3_600_000)
  time.compare()
  expect([time.now(), time.lastStep()]).toEqual([4_602_000, { at: 4_602_000, byMs: 3_600_000 }])
})

test('a simulated clock runs faster and ignores the machine', () => {
  const m = machine()
  const time = processTime(m.clocks, 60)
  m.passes(1_000)
  m.steps(99_000)
  time.compare()
  expect([time.now(), time.speed, time.lastStep()]).toEqual([1_060_000, 60, null])
})
