/** Where people were at a replayed instant, and the way they came. A silent phone is where it last was; its gap is dashed. */
import type { FixOf } from '#domain/replay/fixCodec.ts'
import type { WorkerThen } from '#domain/replay/workersAt.ts'
import { gapMs } from '#domain/worker/rhythm.ts'
import type { Trail } from '../stores/trails.ts'
import type { WallFix } from '../stores/wallState.ts'

/** As long as a live wall's: twelve fixes of ten seconds. Phones that told less often leave no line across the blocks. */
const TRAIL_MS = 130_000

export type People = { readonly fixes: Map<string, WallFix>; readonly trails: Map<string, Trail> }

/**
 * `fixesOf`: a worker's fixes around the instant, in order of time. `wholeWaySince`: who is shown with all of their way
 * since then, not only its end.
 */
export function replayPeople(
  workers: readonly WorkerThen[],
  at: number,
  fixesOf: (worker: string) => readonly FixOf[],
  wholeWaySince: (worker: string) => number | null,
): People {
  const fixes = new Map<string, WallFix>()
  const trails = new Map<string, Trail>()
  for (const { worker, since } of workers) {
    if (since === null) continue
    const known = fixesOf(worker.id)
    const from = known.findIndex(fix => fix.at >= since)
    const end = endAt(known, at)
    const last = known[end - 1]
    if (from < 0 || last === undefined || end <= from) continue
    const gap = gapMs(known.slice(Math.max(from, end - 30), end + 2).map(fix => fix.at))
    const isSilent = gap !== null && at - last.at > gap
    fixes.set(worker.id, { ...last, speedMps: null, isSilent })
    const begun = wholeWaySince(worker.id)
    const first = Math.min(end - 1, endAt(known, begun ?? at - TRAIL_MS))
    trails.set(worker.id, trailOf(known.slice(Math.max(from, first), end), gap))
  }
  return { fixes, trails }
}

/** The way as it is known: what lies behind the last gap as a line, the gaps as dashes between what was heard. */
function trailOf(fixes: readonly FixOf[], gap: number | null): Trail {
  const parts: [number, number][][] = [[]]
  const gaps: [[number, number], [number, number]][] = []
  for (const [i, fix] of fixes.entries()) {
    const before = fixes[i - 1]
    const place: [number, number] = [fix.lng, fix.lat]
    if (before !== undefined && gap !== null && fix.at - before.at > gap) {
      gaps.push([[before.lng, before.lat], place])
      parts.push([])
    }
    parts.at(-1)?.push(place)
  }
  return { at: fixes.at(-1)?.at ?? 0, path: parts.at(-1) ?? [], older: parts.slice(0, -1), gaps }
}

/** How many of these fixes lie at or before the instant. */
function endAt(fixes: readonly FixOf[], at: number): number {
  let [low, high] = [0, fixes.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((fixes[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}
