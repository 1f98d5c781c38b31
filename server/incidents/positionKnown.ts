import type { Snapshot } from '../store/eventStore.ts'

/** The position of the last fact that was recorded by `knownAt`; of the last of all where that is null. */
export async function positionKnown(snapshot: Snapshot, knownAt: number | null): Promise<number> {
  const head = await snapshot.head()
  if (knownAt === null) return head
  // recordedAt does not decrease with position, so the log is halved until the place is found.
  let low = 0
  let high = head
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [event] = await snapshot.events({ after: middle - 1, limit: 1 })
    if (event !== undefined && event.recordedAt <= knownAt) low = middle
    else high = middle - 1
  }
  return low
}
