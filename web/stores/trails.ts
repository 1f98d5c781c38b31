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
  const next = new Map<string, Trail>()
  for (const [worker, { at, lng, lat }] of fixes) {
    const trail = trails.get(worker)
    const before = trail?.path.slice(1 - TRAIL_LENGTH) ?? []
    next.set(worker, trail?.at === at ? trail : { at, path: [...before, [lng, lat]] })
  }
  return next
}
