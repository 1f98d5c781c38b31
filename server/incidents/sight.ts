import { mayRead } from '../access/may.ts'
import { inScope, type Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import type { WorkerRow } from '../store/eventStore.ts'

/**
 * How much of an area a viewer sees: all of it in scope; of what lies above the scope the name only, so that a path can
 * be read from the root; nothing of the rest.
 */
export type Sight = 'full' | 'name' | 'none'

export function areaSight(viewer: Viewer, { areas }: ReferenceData, code: string, at: number): Sight {
  if (inScope(viewer, areas.path(code, at))) return 'full'
  return viewer.areas.some(own => areas.path(own, at).includes(code)) ? 'name' : 'none'
}

/** A worker belongs where the home area lies or where they lead. */
export function homesOf({ area, leads }: WorkerRow): string[] {
  return [...(area === null ? [] : [area]), ...leads]
}

/** One without a home belongs to the roots. */
export function seesWorker(viewer: Viewer, { areas }: ReferenceData, worker: WorkerRow, at: number): boolean {
  if (viewer.worker === worker.id) return true
  if (!mayRead(viewer)) return false
  const homes = homesOf(worker)
  if (homes.length === 0) return areas.roots(at).every(root => viewer.areas.includes(root.code))
  return homes.some(home => inScope(viewer, areas.path(home, at)))
}
