import type { Milestone } from './policy.ts'

/** What clocks need to know of a fact; `at` and `occurredAt` in epoch ms. */
export type ClockFact = {
  readonly type: string
  readonly at: number
  readonly assignee?: string | null
  readonly occurredAt?: number | null
}
/** From `from` until before `to`, epoch ms. */
export type Span = { readonly from: number; readonly to: number }

/** What facts up to an instant mean to every clock alike; null: not reached (or, for `occurred`, unknown). */
export type ClockHistory = {
  readonly milestones: { readonly [milestone in Milestone]: number | null }
  readonly pauses: readonly Span[] // an open one ends at infinity
  readonly checks: readonly Span[] // from a resolution to its reopening
  readonly isPaused: boolean
  readonly isRemoved: boolean // voided or merged, and not restored since
}

/** Reads facts, given in the order in which they were recorded, as known at `now` (SLA.md, rules 1 to 3). */
export const readHistory = (history: readonly ClockFact[], now: number): ClockHistory => {
  const facts = history.filter(fact => fact.at <= now).sort((a, b) => a.at - b.at) // sort is stable: ties keep their order
  let reported: number | null = null
  let signal: number | null = null
  let onset: number | null = null
  let dispatched: number | null = null
  let arrived: number | null = null
  let firstResolved: number | null = null
  let resolved: number | null = null
  let pausedAt: number | null = null
  let isRemoved = false
  let acceptances: { at: number; assignee: string | null }[] = []
  const pauses: Span[] = []
  const checks: Span[] = []

  for (const { type, at, assignee = null, occurredAt = null } of facts) {
    switch (type) {
      case 'signalled':
        signal ??= occurredAt !== null && occurredAt <= at ? occurredAt : at
        break
      case 'reported':
        if (reported === null) onset = occurredAt
        reported ??= at
        break
      case 'dispatched':
        dispatched ??= at
        break
      case 'accepted':
        acceptances.push({ at, assignee })
        break
      case 'withdrawn':
      case 'returned':
        if (arrived === null && firstResolved === null)
          acceptances = assignee === null ? [] : acceptances.filter(acceptance => acceptance.assignee !== assignee)
        break
      case 'arrived':
        arrived ??= at
        break
      case 'paused':
        if (resolved === null) pausedAt ??= at
        break
      case 'resumed':
        if (pausedAt !== null) pauses.push({ from: pausedAt, to: at })
        pausedAt = null
        break
      case 'resolved':
      case 'closed':
        if (pausedAt !== null) pauses.push({ from: pausedAt, to: at })
        pausedAt = null
        firstResolved ??= at
        resolved ??= at
        break
      case 'reopened':
        if (resolved !== null) checks.push({ from: resolved, to: at })
        resolved = null
        break
      case 'voided':
      case 'merged':
        isRemoved = true
        break
      case 'restored':
        isRemoved = false
        break
    }
  }
  if (pausedAt !== null) pauses.push({ from: pausedAt, to: Number.POSITIVE_INFINITY })
  const began = signal ?? onset
  return {
    milestones: {
      occurred: began === null || (reported !== null && began > reported) ? null : began,
      reported,
      dispatched,
      responded: earliest([acceptances[0]?.at ?? null, arrived, firstResolved]),
      arrived,
      resolved,
    },
    pauses,
    checks,
    isPaused: pausedAt !== null,
    isRemoved,
  }
}

const earliest = (instants: readonly (number | null)[]): number | null => {
  const known = instants.filter(at => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
