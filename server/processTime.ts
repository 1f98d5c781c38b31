import type { Time } from './app.ts'

/** A step of the machine's clock larger than this is recorded and shown on walls and in /readyz. */
const STEP_MS = 5_000
const COMPARE_EVERY_MS = 10_000

export type ProcessTime = Time & {
  /** To be called every `compareEveryMs`. */
  compare(): void
  readonly compareEveryMs: number
}

export type Clocks = { readonly wall: () => number; readonly monotonic: () => number }

/**
 * The wall clock at start plus a monotonic clock, times `speed`. Every 10 s it is compared with the wall clock: a step
 * over 5 s is recorded, and at speed 1 the clock follows it, so that it stays right after suspend and after somebody
 * corrected the machine's time. It never runs backwards by less than such a step.
 */
export function processTime(clocks: Clocks, speed = 1): ProcessTime {
  let wallAtStart = clocks.wall()
  let monotonicAtStart = clocks.monotonic()
  let step: { at: number; byMs: number } | null = null
  const now = () => Math.round(wallAtStart + (clocks.monotonic() - monotonicAtStart) * speed)
  return {
    now,
    speed,
    lastStep: () => step,
    compareEveryMs: COMPARE_EVERY_MS,
    compare() {
      if (speed !== 1) return
      const byMs = Math.round(clocks.wall() - now())
      if (Math.abs(byMs) <= STEP_MS) return
      wallAtStart = clocks.wall()
      monotonicAtStart = clocks.monotonic()
      step = { at: now(), byMs }
    },
  }
}
