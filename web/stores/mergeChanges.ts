import type { WallChangesSubscription } from '../graphql/generated.ts'
import { readIncident, readWorker } from './readWall.ts'
import { isOpen, type WallIncident, type WallLive, type WallWorker } from './wallState.ts'

export type Change = WallChangesSubscription['changes'][number]

/**
 * The wall after a burst of changes: the last word on each incident and worker wins, and what is at or before
 * `live.head` was already in the snapshot. A wall keeps what is open and what awaits verification; the rest leaves it.
 * Maps that nothing touched keep their identity, so that what is derived from them stays still.
 */
export function mergeChanges(live: WallLive, changes: readonly Change[]): WallLive {
  const incidents = new Map<string, WallIncident | null>()
  const workers = new Map<string, WallWorker>()
  let head = live.head
  for (const change of changes) {
    if (change.__typename === 'Heartbeat' || change.__typename === 'Lagged') continue
    if (change.position <= live.head) continue
    head = Math.max(head, change.position)
    if (change.__typename === 'IncidentLeft') incidents.set(change.id, null)
    else if (change.__typename === 'IncidentChanged') {
      const incident = readIncident(change.incident)
      incidents.set(incident.id, isOpen(incident.status) || incident.status === 'RESOLVED' ? incident : null)
    } else workers.set(change.worker.id, readWorker(change.worker))
  }
  if (head === live.head) return live
  return {
    ...live,
    head,
    incidents: withLastWords(live.incidents, incidents),
    workers: withLastWords(live.workers, workers),
  }
}

function withLastWords<T>(
  before: ReadonlyMap<string, T>,
  words: ReadonlyMap<string, T | null>,
): ReadonlyMap<string, T> {
  if (words.size === 0) return before
  const after = new Map(before)
  for (const [id, word] of words) {
    if (word === null) after.delete(id)
    else after.set(id, word)
  }
  return after
}
