import { distanceM } from '../geo/distance.ts'
import type { LngLat } from '../incident/facts.ts'
import { MAX_SPEED_MPS } from './acceptFix.ts'
import { gapMs } from './rhythm.ts'

/** `at` in epoch ms. */
export type TrackFix = LngLat & { readonly at: number }
/** How somebody came from one fix to the next, by the index of the later one. */
export type Step = 'move' | 'gap' | 'tooFast' | 'thereAndBack'
/** From one fix to a later one, both included, within 25 m of the first for three minutes or longer. */
export type Stop = { readonly first: number; readonly last: number; readonly durationMs: number }
export type TrackParts = {
  /** One for each fix: how it was reached; the first of all is a gap. */
  readonly steps: readonly Step[]
  readonly stops: readonly Stop[]
  /** Along the moves alone: nobody knows how long a gap was, and a jump is none. */
  readonly lengthM: number
}

const STOP_M = 25
const STOP_MS = 3 * 60_000
/** A fix this far off, between two that lie close together and soon after each other, was never walked to. */
const SPIKE_M = 150
const CLOSE_M = 50
const SPIKE_MS = 60_000
const LEAST_GAP_MS = 30_000
/** A phone's rhythm is that of so many fixes around: it may tell less often by night than by day. */
const RHYTHM_FIXES = 20

/**
 * A track, its fixes in order of time, cut into what was walked and what was not: gaps (silence beyond the phone's own
 * rhythm), jumps (faster than 70 m/s, or there and straight back) and stops.
 */
export function trackParts(fixes: readonly TrackFix[]): TrackParts {
  const gaps = localGaps(fixes)
  const steps = fixes.map((fix, i) => stepTo(fixes[i - 1], fix, gaps[Math.floor(i / RHYTHM_FIXES)] ?? LEAST_GAP_MS))
  for (let i = 1; i + 1 < fixes.length; i++) {
    if (steps[i] !== 'move' || steps[i + 1] !== 'move' || !isSpike(fixes, i)) continue
    steps[i] = 'thereAndBack'
    steps[i + 1] = 'thereAndBack'
  }
  let lengthM = 0
  for (const [i, fix] of fixes.entries()) {
    const before = fixes[i - 1]
    if (before !== undefined && steps[i] === 'move') lengthM += distanceM(before, fix)
  }
  return { steps, stops: stopsOf(fixes, steps), lengthM }
}

/** How long a silence is a gap, for each score of fixes. */
function localGaps(fixes: readonly TrackFix[]): number[] {
  return Array.from({ length: Math.ceil(fixes.length / RHYTHM_FIXES) }, (_, i) => {
    const around = fixes.slice(Math.max(0, (i - 0.5) * RHYTHM_FIXES), (i + 1.5) * RHYTHM_FIXES)
    return gapMs(around.map(fix => fix.at)) ?? LEAST_GAP_MS
  })
}

function stepTo(before: TrackFix | undefined, fix: TrackFix, gap: number): Step {
  if (before === undefined) return 'gap'
  const passedMs = fix.at - before.at
  if (distanceM(before, fix) * 1000 > MAX_SPEED_MPS * passedMs) return 'tooFast'
  return passedMs > gap ? 'gap' : 'move'
}

function isSpike(fixes: readonly TrackFix[], i: number): boolean {
  const [before, fix, after] = [fixes[i - 1], fixes[i], fixes[i + 1]]
  if (before === undefined || fix === undefined || after === undefined) return false
  if (after.at - before.at > SPIKE_MS) return false
  return distanceM(before, fix) > SPIKE_M && distanceM(fix, after) > SPIKE_M && distanceM(before, after) < CLOSE_M
}

function stopsOf(fixes: readonly TrackFix[], steps: readonly Step[]): Stop[] {
  const stops: Stop[] = []
  for (let first = 0; first < fixes.length; ) {
    const anchor = fixes[first]
    let last = first
    while (anchor !== undefined && steps[last + 1] === 'move' && isNear(anchor, fixes[last + 1])) last++
    const durationMs = (fixes[last]?.at ?? 0) - (anchor?.at ?? 0)
    const isStop = durationMs >= STOP_MS
    if (isStop) stops.push({ first, last, durationMs })
    first = isStop ? last + 1 : first + 1
  }
  return stops
}

const isNear = (anchor: TrackFix, fix: TrackFix | undefined) => fix !== undefined && distanceM(anchor, fix) <= STOP_M
