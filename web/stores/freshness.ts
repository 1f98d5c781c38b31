/** How old what we show is (VISUAL §5). All times are milliseconds; ages are by server time. */

export type Freshness = 'fresh' | 'late' | 'stale' | 'lost'
export type Link = 'live' | 'stale' | 'lost' | 'replay'

const LINK_STALE_MS = 24_000 // Heartbeats come every 10 s. With the tick of a second it stands on the screen at 25 s.
const BEHIND_STALE_MS = 11_000 // One heartbeat, and what it takes to arrive.
const LINK_LOST_MS = 120_000

/** Of one source, `ageMs` after it was last heard. One that speaks only when it must can't be late. */
export function sourceFreshness(expectedIntervalMs: number | null, ageMs: number | null): Freshness {
  if (expectedIntervalMs === null) return 'fresh'
  if (ageMs === null) return 'lost'
  const missed = ageMs / expectedIntervalMs
  if (missed >= 10 && ageMs >= 120_000) return 'lost'
  if (missed >= 3 && ageMs >= 30_000) return 'stale'
  if (missed >= 2 && ageMs >= 15_000) return 'late'
  return 'fresh'
}

export type Heard = {
  /** Since the stream of changes last spoke. Positions tell nothing of what has become of incidents. */
  readonly silentMs: number
  /** For how long what the wall shows has lacked something that was in the log. */
  readonly behindMs: number
  readonly isSocketOpen: boolean
}

/** Of the whole wall. */
export function linkState({ silentMs, behindMs, isSocketOpen }: Heard): 'live' | 'stale' | 'lost' {
  if (silentMs >= LINK_LOST_MS || behindMs >= LINK_LOST_MS) return 'lost'
  if (silentMs > LINK_STALE_MS || behindMs > BEHIND_STALE_MS || !isSocketOpen) return 'stale'
  return 'live'
}

/** A head of the log that the wall has heard of and not reached, and since when (monotonic). */
export type Ahead = { readonly head: number; readonly since: number }

/** `reached`: the position up to which the wall's state is whole; `head`: the newest that it has heard of. */
export function nextAhead(ahead: Ahead | null, reached: number, head: number, now: number): Ahead | null {
  if (ahead !== null && reached < ahead.head) return ahead
  return reached < head ? { head, since: now } : null
}

/** A source as the wall shows it: no news from the server makes every source at least stale. */
export function shownFreshness(freshness: Freshness, link: Link): Freshness {
  if (link === 'lost') return 'lost'
  if (link === 'stale' && freshness !== 'lost') return 'stale'
  return freshness
}
