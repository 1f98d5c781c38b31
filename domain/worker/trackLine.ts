import { thinTrack } from './thinTrack.ts'
import type { Step, Stop, TrackFix } from './trackParts.ts'
import { trackParts } from './trackParts.ts'

/** A worker's track in few bytes, as a line of JSON: places in millionths of a degree, each number the difference to the one before. */
export type TrackLine = {
  readonly worker: string
  readonly n: number // fixes that there are
  readonly toleranceM: number // thinned: at no instant further off than this
  readonly lengthM: number
  readonly at: readonly number[] // ms
  readonly lng: readonly number[]
  readonly lat: readonly number[]
  readonly broken: readonly (readonly [index: number, how: Exclude<Step, 'move'>])[] // the fixes that were not walked to
  readonly stops: readonly (readonly [first: number, last: number])[]
}
export type Track = {
  readonly worker: string
  readonly n: number
  readonly toleranceM: number
  readonly lengthM: number
  readonly fixes: readonly TrackFix[]
  readonly steps: readonly Step[]
  readonly stops: readonly Stop[]
}

const PER_DEGREE = 1e6

export function trackLine(worker: string, fixes: readonly TrackFix[], toleranceM: number): TrackLine {
  const parts = trackParts(fixes)
  const kept = thinTrack(fixes, parts, toleranceM)
  const places = new Map(kept.map((index, i) => [index, i]))
  const differences = (of: (fix: TrackFix) => number) => {
    let before = 0
    return kept.map(index => {
      const fix = fixes[index]
      const value = fix === undefined ? before : of(fix)
      const difference = value - before
      before = value
      return difference
    })
  }
  const broken = kept.flatMap((index, i): [number, Exclude<Step, 'move'>][] => {
    const step = parts.steps[index]
    return step === undefined || step === 'move' ? [] : [[i, step]]
  })
  return {
    worker,
    n: fixes.length,
    toleranceM,
    lengthM: Math.round(parts.lengthM),
    at: differences(fix => fix.at),
    lng: differences(fix => Math.round(fix.lng * PER_DEGREE)),
    lat: differences(fix => Math.round(fix.lat * PER_DEGREE)),
    broken,
    stops: parts.stops.map(({ first, last }) => [places.get(first) ?? 0, places.get(last) ?? 0]),
  }
}

export function readTrackLine({ worker, n, toleranceM, lengthM, at, lng, lat, broken, stops }: TrackLine): Track {
  let [instant, x, y] = [0, 0, 0]
  const fixes = at.map((difference, i): TrackFix => {
    instant += difference
    x += lng[i] ?? 0
    y += lat[i] ?? 0
    return { at: instant, lng: x / PER_DEGREE, lat: y / PER_DEGREE }
  })
  const hows = new Map(broken)
  return {
    worker,
    n,
    toleranceM,
    lengthM,
    fixes,
    steps: fixes.map((_, i) => hows.get(i) ?? 'move'),
    stops: stops.map(([first, last]) => ({
      first,
      last,
      durationMs: (fixes[last]?.at ?? 0) - (fixes[first]?.at ?? 0),
    })),
  }
}

/** Where somebody was at an instant: along a move; where last heard of in a gap or jump (`isKnown` false), null before and after. */
export function placeAt({ fixes, steps }: Track, at: number): (TrackFix & { readonly isKnown: boolean }) | null {
  const next = firstAfter(fixes, at)
  const [before, after] = [fixes[next - 1], fixes[next]]
  if (before === undefined || (after === undefined && at > before.at)) return null
  if (after === undefined || steps[next] !== 'move') return { ...before, isKnown: before.at === at }
  const share = (at - before.at) / (after.at - before.at)
  return {
    at,
    lng: before.lng + share * (after.lng - before.lng),
    lat: before.lat + share * (after.lat - before.lat),
    isKnown: true,
  }
}

/** The index of the first fix later than an instant. */
export function firstAfter(fixes: readonly TrackFix[], at: number): number {
  let [low, high] = [0, fixes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fixes[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}
