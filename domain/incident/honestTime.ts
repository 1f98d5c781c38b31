import { LATE_AFTER_MS } from './facts.ts'

/** What a client says of time, and the server's clock; all in epoch ms. */
export type ClaimedTime = {
  readonly at: number | null // when it happened by the client's clock; null: now
  readonly sentAt: number | null // the client's clock when it sent the request
  readonly now: number
  readonly isAdmin: boolean // may tell what is long past (import)
}
export type HonestTime =
  | { readonly ok: true; readonly at: number; readonly originalAt?: number; readonly late: boolean }
  | { readonly ok: false; readonly rule: 'future' | 'tooOld' }

const TOLERATED_MS = 2000
const OLDEST_MS = 24 * 3_600_000

/** The instant to store for a fact (SLA.md, "Honest times"); `originalAt` is what the client said, where it was moved. */
export const honestTime = ({ at: claimed, sentAt, now, isAdmin }: ClaimedTime): HonestTime => {
  if (claimed === null) return { ok: true, at: now, late: false }
  const skewMs = sentAt === null ? 0 : now - sentAt
  const moved = Math.abs(skewMs) > TOLERATED_MS ? claimed + skewMs : claimed
  if (moved > now + TOLERATED_MS) return { ok: false, rule: 'future' }
  const at = Math.min(moved, now)
  if (now - at > OLDEST_MS && !isAdmin) return { ok: false, rule: 'tooOld' }
  return { ok: true, at, ...(at === claimed ? {} : { originalAt: claimed }), late: now - at > LATE_AFTER_MS }
}
