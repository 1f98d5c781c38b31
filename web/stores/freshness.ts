/** How old what we show is (VISUAL §5). All times are milliseconds; ages are by server time. */

export type Freshness = 'fresh' | 'late' | 'stale' | 'lost'
export type Link = 'live' | 'stale' | 'lost' | 'replay'

const LINK_STALE_MS = 25_000 // Heartbeats come every 10 s.
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

/** Of the whole wall, from how long the server has been silent and whether its socket is open. */
export function linkState(silentMs: number, isSocketOpen: boolean): 'live' | 'stale' | 'lost' {
  if (silentMs >= LINK_LOST_MS) return 'lost'
  if (silentMs > LINK_STALE_MS || !isSocketOpen) return 'stale'
  return 'live'
}

/** A source as the wall shows it: no news from the server makes every source at least stale. */
export function shownFreshness(freshness: Freshness, link: Link): Freshness {
  if (link === 'lost') return 'lost'
  if (link === 'stale' && freshness !== 'lost') return 'stale'
  return freshness
}
