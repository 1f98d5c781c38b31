import type { WallClock, WallFact } from '../stores/wallState.ts'

/** A clock at an instant. `remainingMs` is negative past the limit. */
export type LiveClock = {
  readonly name: string
  readonly state: 'running' | 'paused' | 'met' | 'breached' | 'unknown'
  readonly elapsedMs: number
  readonly limitMs: number
  readonly remainingMs: number
  readonly atRisk: boolean
}

/**
 * Runs a clock that the server told on to `now` (server time, epoch ms). Null when it doesn't apply or hasn't started.
 * The deadline already accounts for pauses before it; `facts` are needed for those after it, during which nothing
 * elapses. While the link is not live, a clock that passes its limit is `unknown`: only the server can say 超时.
 */
export function liveClock(clock: WallClock, facts: readonly WallFact[], now: number, isLive = true): LiveClock | null {
  const { name, state, limitMs, elapsedMs, deadline } = clock
  if (state === 'NOT_APPLICABLE' || state === 'PENDING' || limitMs === null || elapsedMs === null) return null
  const read = (as: LiveClock['state'], elapsed: number): LiveClock => ({
    name,
    state: as,
    elapsedMs: elapsed,
    limitMs,
    remainingMs: limitMs - elapsed,
    atRisk: as === 'running' && isAtRisk(elapsed, limitMs, clock.atRiskFraction),
  })
  if (clock.endedAt !== null || state === 'MET') return read(state === 'MET' ? 'met' : 'breached', elapsedMs)
  if (state === 'PAUSED' || deadline === null) return read('paused', elapsedMs)
  const elapsed = Math.max(0, limitMs + (now - deadline) - pausedMs(facts, deadline, now))
  // Reaching the limit exactly is not a breach.
  if (elapsed <= limitMs) return read('running', elapsed)
  return read(state === 'BREACHED' || isLive ? 'breached' : 'unknown', elapsed)
}

/** SLA rule 9. */
export function isAtRisk(elapsedMs: number, limitMs: number, atRiskFraction: number): boolean {
  return 1000 * elapsedMs >= limitMs * Math.round(1000 * atRiskFraction)
}

/** How long pauses lasted within [from, to]: a resolution ends an open one, a second one changes nothing. */
export function pausedMs(facts: readonly WallFact[], from: number, to: number): number {
  let total = 0
  let since: number | null = null
  for (const fact of facts.toSorted((a, b) => a.at - b.at)) {
    if (fact.type === 'paused') since ??= fact.at
    else if (since !== null && (fact.type === 'resumed' || fact.type === 'resolved')) {
      total += overlap(since, fact.at, from, to)
      since = null
    }
  }
  return since === null ? total : total + overlap(since, to, from, to)
}

const overlap = (start: number, end: number, from: number, to: number): number =>
  Math.max(0, Math.min(end, to) - Math.max(start, from))
