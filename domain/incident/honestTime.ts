/** What a client says of time, and the server's clock; all in epoch ms. */
export type ClaimedTime = {
  readonly at: number | null // when it happened by the client's clock; null: now
  readonly sentAt: number | null // the client's clock when it sent the request
  readonly now: number
}
export type HonestTime =
  | { readonly ok: true; readonly at: number; readonly originalAt?: number }
  | { readonly ok: false; readonly rule: 'future' | 'tooOld' }

/** How far a clock may be off before it counts. */
export const TOLERATED_MS = 2000
/** What is older comes in by an import, which is an admin's. */
const OLDEST_MS = 24 * 3_600_000

/** The instant to store for a fact (SLA.md, "Honest times"); `originalAt` is what the client said, where it was moved. */
export const honestTime = ({ at: claimed, sentAt, now }: ClaimedTime): HonestTime => {
  if (claimed === null) return { ok: true, at: now }
  const moved = claimed + skewMs(sentAt, now)
  if (moved > now + TOLERATED_MS) return { ok: false, rule: 'future' }
  const at = Math.min(moved, now)
  if (now - at > OLDEST_MS) return { ok: false, rule: 'tooOld' }
  return { ok: true, at, ...(at === claimed ? {} : { originalAt: claimed }) }
}

/** By how much every instant that a client says is moved: 0 where its clock is right, give or take the network. */
export const skewMs = (sentAt: number | null, now: number): number =>
  sentAt === null || Math.abs(now - sentAt) <= TOLERATED_MS ? 0 : now - sentAt
