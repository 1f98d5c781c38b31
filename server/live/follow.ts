import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { type Change, changesIn, sightKey } from './changes.ts'
import type { Batch, Tail } from './tail.ts'

export type FollowRequest = {
  readonly viewer: Viewer
  readonly after: number | null // null: from now
  readonly area: string | null
  /** Throws when the token behind it no longer holds. */
  readonly recheck: () => Promise<void>
}

/** Looked at every half second, so two heartbeats lie at most 10 s apart. */
export const HEARTBEAT_MS = 9500
/** What is due to be told goes before a heartbeat, but not for longer than this. */
const HEARTBEAT_GIVES_WAY_MS = 400
/** While the store does not say where its head is, there is no heartbeat: silence is what tells a screen. */
const HEARTBEAT_AGAIN_MS = 1000
/** Who resumes, or falls, further behind than this is told to query afresh. */
export const MOST_BEHIND = 10_000

type Monotonic = () => number

/** One subscriber's changes from the log. What it holds is a position: the stretches are shared, or gone when read. */
export async function* follow(
  app: App,
  tail: Tail,
  monotonic: Monotonic,
  { viewer, after, area, recheck }: FollowRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly Change[]> {
  const leave = await tail.enter()
  signal.addEventListener('abort', () => tail.bell.wake(signal))
  try {
    const key = sightKey(viewer, area)
    const begun = await app.store.head()
    let cursor = after ?? begun
    // 0 asks for all there is, however long that is.
    let isCatchingUp = after === 0
    let revision = (await app.reference()).revision
    yield [heartbeat(app, begun, cursor)]
    let beatAt = monotonic() + HEARTBEAT_MS
    let hasGivenWay = false
    while (!signal.aborted) {
      const reference = await app.reference()
      if (reference.revision !== revision) {
        revision = reference.revision
        await recheck()
      }
      const head = Math.max(tail.head(), cursor)
      if (!isCatchingUp && head - cursor > MOST_BEHIND) {
        yield [{ kind: 'Lagged', from: cursor, to: head }]
        cursor = head
        continue
      }
      const heard = tail.bell.rings()
      const batch = await tail.read(cursor)
      if (batch !== null) {
        const items = told(batch, key, () => changesIn(batch, viewer, area, reference, app.time.now()))
        // A cursor within a stretch: what was delivered before stays delivered once.
        const fresh =
          cursor > batch.after ? items.filter(item => !('position' in item) || item.position > cursor) : items
        if (fresh.length > 0) yield fresh
        cursor = batch.upTo
        if (monotonic() < beatAt + HEARTBEAT_GIVES_WAY_MS) continue
      } else if (cursor >= tail.head()) isCatchingUp = false
      if (monotonic() >= beatAt) {
        await recheck()
        // The head of the store, not our place: who is told of both knows whether anything is missing.
        const known = await tail.readHead().catch(() => null)
        if (known !== null && known > cursor && !hasGivenWay) {
          hasGivenWay = true // to what was written just now
          continue
        }
        hasGivenWay = false
        beatAt = monotonic() + (known === null ? HEARTBEAT_AGAIN_MS : HEARTBEAT_MS)
        if (known !== null) yield [heartbeat(app, known, cursor)]
        continue
      }
      if (!signal.aborted) await tail.bell.wait(signal, heard, beatAt)
    }
  } finally {
    leave()
  }
}

/** The items of a stretch, made once for all who see the same; they go with the stretch. */
const made = new WeakMap<Batch, Map<string, readonly Change[]>>()

function told(batch: Batch, key: string, make: () => readonly Change[]): readonly Change[] {
  const known = made.get(batch) ?? new Map<string, readonly Change[]>()
  made.set(batch, known)
  const items = known.get(key) ?? make()
  known.set(key, items)
  return items
}

function heartbeat(app: App, head: number, cursor: number): Change {
  return { kind: 'Heartbeat', head, cursor, serverTime: app.time.now() }
}
