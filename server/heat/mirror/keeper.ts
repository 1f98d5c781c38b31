import type { App } from '../../app.ts'
import { freshReference } from '../../reference.ts'
import { caughtUp } from './catchUp.ts'
import { type Mirror, mirrorOf } from './mirror.ts'
import { readSnapshot, writeSnapshot } from './snapshotFile.ts'

/** Keeps the mirror at the store's head. */
export type MirrorKeeper = {
  /** The mirror at a head no older than the call. Null: it does not stand yet. */
  current(): Promise<Mirror | null>
  /** Until the mirror stands. */
  readonly ready: Promise<void>
  close(): Promise<void>
}

/** So often it catches up when nobody asks, so that who asks never waits for much. */
const CATCH_UP_EVERY_MS = 2_000
/** So many facts are replayed at a start rather than written out again. */
const WRITE_AFTER_FACTS = 20_000
const WRITE_AT_MOST_EVERY_MS = 600_000

/** `file`: where its snapshot lies, null for none. The first mirror is read from there, or else made from the whole store. */
export function mirrorKeeper(app: App, file: string | null): MirrorKeeper {
  let mirror: Mirror | null = null
  let writtenHead = 0
  let writtenAt = Number.NEGATIVE_INFINITY
  let closed = false
  let writing: Promise<void> = Promise.resolve()
  let underWay: Promise<Mirror | null> = Promise.resolve(null)
  let next: Promise<Mirror | null> | null = null

  /** One at a time; who asks while one is under way gets the one after it, which begins later than the question. */
  function advance(): Promise<Mirror | null> {
    next ??= underWay
      .catch(() => null)
      .then(() => {
        next = null
        underWay = step()
        return underWay
      })
    return next
  }

  async function step(): Promise<Mirror> {
    const snapshot = await app.store.snapshot()
    try {
      // Never older than the facts: without the policy of an incident its clocks would be missing from its row for good.
      const reference = await freshReference(app.store, await app.reference())
      const now = app.time.now()
      const from = mirror ?? (file === null ? null : await readSnapshot(file, told))
      if (mirror === null && from !== null) writtenHead = from.head
      const followed = from && (await caughtUp(from, snapshot, reference, now))
      if (from !== null && followed === null)
        app.log('the heat mirror is made anew: it is not of this log', { head: from.head })
      // Until it stands again, who asks is answered from the store.
      mirror = followed
      mirror ??= await mirrorOf(snapshot, reference, now)
      return mirror
    } finally {
      await snapshot.close()
    }
  }

  const told = (problem: string) => app.log('the heat mirror is made anew', { problem })

  async function keep(): Promise<void> {
    if (closed || file === null || mirror === null || mirror.head - writtenHead < WRITE_AFTER_FACTS) return
    if (performance.now() - writtenAt < WRITE_AT_MOST_EVERY_MS) return
    await write(file, mirror)
  }
  /** One after the other: two at once would write into each other. */
  function write(to: string, what: Mirror): Promise<void> {
    writtenAt = performance.now()
    writtenHead = what.head
    writing = writing.catch(() => undefined).then(() => writeSnapshot(to, what))
    return writing
  }

  const ready = advance().then(() => undefined)
  ready.catch(complain)
  const timer = setInterval(() => {
    advance().then(keep).catch(complain)
  }, CATCH_UP_EVERY_MS)
  timer.unref()

  function complain(error: unknown): void {
    if (!closed) app.log('the heat mirror could not catch up', { error: String(error) })
  }

  return {
    async current() {
      if (mirror === null) return null
      return (await app.store.head()) === mirror.head ? mirror : advance()
    },
    ready,
    async close() {
      closed = true
      clearInterval(timer)
      await underWay.catch(() => null)
      await writing.catch(complain)
      if (file !== null && mirror !== null && mirror.head !== writtenHead) await write(file, mirror)
    },
  }
}
