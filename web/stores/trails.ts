import type { WallFix } from './wallState.ts'

const TRAIL_LENGTH = 12

/** Where somebody was last, oldest place first; the same object until they move. */
export type Trail = {
  readonly at: number
  readonly path: [lng: number, lat: number][]
  /** Of a replayed way: what lies before its gaps, and each gap from where somebody was last heard to where next. */
  readonly older?: [lng: number, lat: number][][]
  readonly gaps?: [[lng: number, lat: number], [lng: number, lat: number]][]
}

/** The trails of everybody; whoever left has none. */
export function withTrails(
  trails: ReadonlyMap<string, Trail>,
  fixes: ReadonlyMap<string, WallFix>,
): ReadonlyMap<string, Trail> {
  // Most have not moved since: a copy costs less than all of them one by one.
  const next = new Map(trails)
  for (const [worker, { at, lng, lat }] of fixes) {
    const trail = trails.get(worker)
    if (trail?.at === at) continue
    next.set(worker, { at, path: [...(trail?.path.slice(1 - TRAIL_LENGTH) ?? []), [lng, lat]] })
  }
  if (next.size > fixes.size) for (const worker of trails.keys()) if (!fixes.has(worker)) next.delete(worker)
  return next
}
