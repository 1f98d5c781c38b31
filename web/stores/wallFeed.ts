/** Keeps a wall's live state in step with the log: snapshot, then changes after its head, batch by batch. */
import type { Api } from '../graphql/client.ts'
import { WallChangesDocument, WallPositionsDocument, WallSnapshotDocument } from '../graphql/generated.ts'
import { type Change, mergeChanges } from './mergeChanges.ts'
import { instant, readFix, readSnapshot } from './readWall.ts'
import type { WallFix, WallLive } from './wallState.ts'

const FLUSH_MS = 250
const RETRY_MS = 3000

export type Snapshot = ReturnType<typeof readSnapshot>
export type FeedSink = {
  heard(serverTime: number | null): void // any message of the server; its time when it told it
  snapshot(snapshot: Snapshot): void
  live(live: WallLive): void
  fixes(fixes: ReadonlyMap<string, WallFix>): void
  failed(error: unknown): void
}

export const askSnapshot = async (api: Api, resolvedSince: number | null, at: number | null): Promise<Snapshot> => {
  const instantText = at === null ? undefined : new Date(at).toISOString()
  const data = await api.ask(WallSnapshotDocument, {
    resolvedSince: resolvedSince === null ? undefined : new Date(resolvedSince).toISOString(),
    at: instantText,
    asOf: instantText && { at: instantText },
  } as Parameters<typeof api.ask<unknown, Record<string, unknown>>>[1])
  return readSnapshot(data)
}

export function followWall(api: Api, resolvedSince: () => number | null, sink: FeedSink): () => void {
  let live: WallLive | null = null
  let fixes: ReadonlyMap<string, WallFix> = new Map()
  let waiting: Change[] = [] // since the last flush, or until the snapshot is here
  let moved = new Map<string, WallFix | null>()
  let isAsking = false
  let isFollowing = true
  let cursor: number | null = null

  const load = async () => {
    if (isAsking) return
    isAsking = true
    try {
      const snapshot = await askSnapshot(api, resolvedSince(), null)
      if (!isFollowing) return
      live = snapshot.live
      cursor = Math.max(cursor ?? 0, live.head)
      fixes = new Map([...snapshot.fixes, ...fixes])
      sink.snapshot(snapshot)
      sink.fixes(fixes)
    } catch (error) {
      if (!isFollowing) return
      sink.failed(error)
      setTimeout(load, RETRY_MS)
    } finally {
      isAsking = false
    }
  }

  const flush = () => {
    if (live && waiting.length > 0) {
      const merged = mergeChanges(live, waiting)
      waiting = []
      if (merged !== live) {
        live = merged
        cursor = Math.max(cursor ?? 0, live.head)
        sink.live(live)
      }
    }
    if (moved.size > 0) {
      fixes = withMoves(fixes, moved)
      moved = new Map()
      sink.fixes(fixes)
    }
  }

  const stopChanges = api.follow(WallChangesDocument, () => ({ after: cursor ?? undefined }), {
    next({ changes }) {
      const beat = changes.findLast(change => change.__typename === 'Heartbeat')
      sink.heard(beat ? instant(beat.serverTime) : null)
      waiting.push(...changes)
      const lag = changes.findLast(change => change.__typename === 'Lagged')
      if (lag) cursor = lag.to
      if (lag || live === null) void load()
    },
    error: sink.failed,
  })
  const stopPositions = api.follow(WallPositionsDocument, () => ({}), {
    next({ positions }) {
      sink.heard(null)
      if (positions.snapshot) for (const worker of fixes.keys()) moved.set(worker, null)
      for (const fix of positions.workers) moved.set(fix.worker, readFix(fix))
      for (const worker of positions.left) moved.set(worker, null)
    },
    error: () => {}, // The socket is the same: the changes tell it.
  })
  // A wall shows what it can even while the socket can't be opened.
  const first = setTimeout(() => live === null && void load(), RETRY_MS)
  const flushing = setInterval(flush, FLUSH_MS)

  return () => {
    isFollowing = false
    clearTimeout(first)
    clearInterval(flushing)
    stopChanges()
    stopPositions()
  }
}

/** Where everybody is after a burst: the last word on each worker, null for who left. A late fix moves nobody back. */
export function withMoves(
  fixes: ReadonlyMap<string, WallFix>,
  moved: ReadonlyMap<string, WallFix | null>,
): ReadonlyMap<string, WallFix> {
  const after = new Map(fixes)
  for (const [worker, fix] of moved) {
    if (fix === null) after.delete(worker)
    else if (fix.at >= (after.get(worker)?.at ?? 0)) after.set(worker, fix)
  }
  return after
}
