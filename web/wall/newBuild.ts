/** When a wall that hangs for weeks loads itself anew. All times are milliseconds. */
export type Standing = {
  readonly own: string | null // the build that this page is of
  readonly served: string | null // the one that the server has now; null: it does not answer
  readonly isChunkMissing: boolean // a part of the page that is loaded when it is needed did not come
  readonly pageAgeMs: number
  readonly idleMs: number // since somebody touched it
  readonly urgent: number // incidents at risk or breached
  readonly waitedMs: number // since a newer build was first seen
}

const IDLE_MS = 120_000
/** A part that does not come from the build that is served is no reason to flicker. */
const SAME_BUILD_AGAIN_MS = 3_600_000
/** A street where something is always late gets its new pages too. */
const LONGEST_WAIT_MS = 24 * 3_600_000

export function isReloadDue(standing: Standing): boolean {
  const { own, served, isChunkMissing, pageAgeMs, idleMs, urgent, waitedMs } = standing
  if (served === null) return false // a wall with old pages is more than none
  const isNewer = own !== null && served !== own
  if (!isNewer && !(isChunkMissing && pageAgeMs >= SAME_BUILD_AGAIN_MS)) return false
  return idleMs >= IDLE_MS && (urgent === 0 || waitedMs >= LONGEST_WAIT_MS)
}
