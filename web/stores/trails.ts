import type { WallFix } from './wallState.ts'

const TRAIL_LENGTH = 12

/** The last fixes of everybody, oldest first; whoever left has none. */
export function withTrails(
  trails: ReadonlyMap<string, readonly WallFix[]>,
  fixes: ReadonlyMap<string, WallFix>,
): ReadonlyMap<string, readonly WallFix[]> {
  const next = new Map<string, readonly WallFix[]>()
  for (const [worker, fix] of fixes) {
    const trail = trails.get(worker) ?? []
    next.set(worker, trail.at(-1)?.at === fix.at ? trail : [...trail.slice(1 - TRAIL_LENGTH), fix])
  }
  return next
}
