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
  /** Something came on the stream of changes; a heartbeat tells the server's time and the head of its log. */
  heard(beat: { readonly serverTime: number; readonly head: number } | null): void
  /** Up to which position of the log the wall's state is whole. */
  reached(position: number): void
  /** Positions come, or their stream broke and is begun again. */
  followsPositions(isFollowing: boolean): void
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
  let sinceAsked: Change[] | null = null // all that came while a snapshot is being read
  let moved = new Map<string, WallFix | null>()
  let isFollowing = true
  let cursor: number | null = null
  let readAt = -1 // the head of the newest snapshot
  let gapEnd = 0 // a stream that lagged, or began later, told nothing before this: only a snapshot does
  let isFirst = true
  let beginsNow = true
  let retry: ReturnType<typeof setTimeout> | null = null

  const load = async (): Promise<void> => {
    if (sinceAsked !== null || retry !== null) return
    const came: Change[] = []
    sinceAsked = came
    const wanted = gapEnd
    try {
      const snapshot = await askSnapshot(api, resolvedSince(), null)
      if (!isFollowing) return
      readAt = Math.max(readAt, snapshot.live.head)
      // What came meanwhile may already be on the wall and not be in this snapshot.
      live = mergeChanges(snapshot.live, came)
      fixes = new Map([...snapshot.fixes, ...fixes])
      reach(live.head)
      sink.snapshot({ ...snapshot, live })
      sink.fixes(fixes)
    } catch (error) {
      if (isFollowing) sink.failed(error)
    } finally {
      sinceAsked = null
    }
    if (!isFollowing || readAt >= gapEnd) return
    if (readAt >= wanted && live !== null) return load() // the stream lagged while the snapshot was read
    retry = setTimeout(() => {
      retry = null
      void load()
    }, RETRY_MS)
  }

  const reach = (position: number) => {
    cursor = Math.max(cursor ?? 0, position)
    if (live !== null && readAt >= gapEnd) sink.reached(Math.max(cursor, live.head))
  }

  const flush = () => {
    if (live && waiting.length > 0) {
      const merged = mergeChanges(live, waiting)
      waiting = []
      if (merged !== live) {
        live = merged
        sink.live(live)
      }
    }
    if (moved.size > 0) {
      fixes = withMoves(fixes, moved)
      moved = new Map()
      sink.fixes(fixes)
    }
  }

  const variables = () => {
    isFirst = true
    beginsNow = cursor === null
    return { after: cursor ?? undefined }
  }
  const stopChanges = api.follow(WallChangesDocument, variables, {
    next({ changes }) {
      const beat = changes.findLast(change => change.__typename === 'Heartbeat')
      // The socket may have opened long after it was asked for: the server's "now" is when it did.
      if (isFirst && beginsNow && beat) gapEnd = Math.max(gapEnd, beat.cursor)
      isFirst = false
      waiting.push(...changes)
      sinceAsked?.push(...changes)
      for (const change of changes) if (change.__typename === 'Lagged') gapEnd = Math.max(gapEnd, change.to)
      sink.heard(beat ? { serverTime: instant(beat.serverTime), head: beat.head } : null)
      for (const change of changes) reach(toldUpTo(change))
      if (readAt < gapEnd) void load()
    },
    error: sink.failed,
  })
  const stopPositions = api.follow(WallPositionsDocument, () => ({}), {
    next({ positions }) {
      sink.followsPositions(true)
      if (positions.snapshot) for (const worker of fixes.keys()) moved.set(worker, null)
      for (const fix of positions.workers) moved.set(fix.worker, readFix(fix))
      for (const worker of positions.left) moved.set(worker, null)
    },
    error: () => sink.followsPositions(false),
  })
  // A wall shows what it can even while the socket can't be opened.
  const first = setTimeout(() => live === null && void load(), RETRY_MS)
  const flushing = setInterval(flush, FLUSH_MS)

  return () => {
    isFollowing = false
    clearTimeout(first)
    if (retry !== null) clearTimeout(retry)
    clearInterval(flushing)
    stopChanges()
    stopPositions()
  }
}

/** The position up to which a change says that all was told. */
function toldUpTo(change: Change): number {
  if (change.__typename === 'Heartbeat') return change.cursor
  return change.__typename === 'Lagged' ? change.to : change.position
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
