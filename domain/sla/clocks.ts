import type { Fact } from '../incident/facts.ts'
import { parseDurationMs } from '../time/duration.ts'
import { nextLocalDay } from '../time/localTime.ts'
import { type ClockFact, type ClockHistory, readHistory, type Span } from './milestones.ts'
import type { ClockPolicy, ClockRule } from './policy.ts'

export type { ClockFact }
export type ClockState = 'notApplicable' | 'pending' | 'running' | 'paused' | 'met' | 'breached'

/** How one clock stands; instants in epoch ms. `limitMs` is null where nothing can be measured yet. */
export type ClockReading = {
  readonly state: ClockState
  readonly elapsedMs: number | null
  readonly limitMs: number | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly deadline: number | null
  readonly breachedAt: number | null
  readonly atRisk: boolean
}

/**
 * The state of every clock of a policy at `now`, from facts in the order in which they were recorded. Pure and total:
 * a rule that cannot be read (unknown milestone, target or zone) reads as not applicable. The contract is SLA.md,
 * "The function"; numbers in comments are its rules.
 */
export const clocks = (
  policy: ClockPolicy,
  history: readonly ClockFact[],
  now: number,
): { [clock: string]: ClockReading } => {
  const past = readHistory(history, now)
  const readings: { [clock: string]: ClockReading } = {}
  for (const [name, rule] of Object.entries(policy.clocks)) readings[name] = readClock(policy, rule, past, now)
  return readings
}

/** Facts of the log as `clocks` reads them. */
export const clockFacts = (facts: readonly Fact[]): ClockFact[] =>
  facts.map(({ type, at, data }) => ({
    type,
    at,
    ...('assignee' in data && data.assignee !== undefined ? { assignee: data.assignee } : {}),
    ...('occurredAt' in data && data.occurredAt !== undefined ? { occurredAt: data.occurredAt } : {}),
  }))

const readClock = (policy: ClockPolicy, rule: ClockRule, past: ClockHistory, now: number): ClockReading => {
  const isKnown = [rule.from, rule.to].every(milestone => Object.hasOwn(past.milestones, milestone))
  if (past.isRemoved || !isKnown) return NOT_APPLICABLE // 3
  const start = past.milestones[rule.from]
  const isDay = rule.target === 'endOfLocalDay'
  const durationMs = isDay ? null : parseDurationMs(rule.target)
  if (!isDay && durationMs === null) return NOT_APPLICABLE
  if (start === null)
    return rule.from === 'occurred' ? NOT_APPLICABLE : { ...NOT_APPLICABLE, state: 'pending', limitMs: durationMs } // 4
  const limitMs = durationMs ?? untilNextDayMs(start, policy.timezone) // 6
  if (limitMs === null) return NOT_APPLICABLE

  const milestone = past.milestones[rule.to]
  const endedAt = milestone === null ? null : Math.max(start, milestone)
  const stop = endedAt ?? now
  const canPause = rule.pausable === true && !isDay
  const excluded = isDay
    ? []
    : clip([...(canPause ? past.pauses : []), ...(rule.to === 'resolved' ? past.checks : [])], start, stop)
  const elapsedMs = stop - start - excluded.reduce((sum, span) => sum + span.to - span.from, 0) // 5
  const isOver = elapsedMs > limitMs
  const state = isOver ? 'breached' : endedAt !== null ? 'met' : canPause && past.isPaused ? 'paused' : 'running' // 8
  const deadline = state === 'paused' ? null : deadlineOf(start, limitMs, excluded)
  return {
    state,
    elapsedMs,
    limitMs,
    startedAt: start,
    endedAt,
    deadline,
    breachedAt: isOver ? deadline : null,
    atRisk: state === 'running' && 1000 * elapsedMs >= limitMs * Math.round(1000 * policy.atRiskFraction), // 9
  }
}

const NOT_APPLICABLE: ClockReading = {
  state: 'notApplicable',
  elapsedMs: null,
  limitMs: null,
  startedAt: null,
  endedAt: null,
  deadline: null,
  breachedAt: null,
  atRisk: false,
}

const untilNextDayMs = (start: number, zone: string): number | null => {
  try {
    return nextLocalDay(start, zone) - start
  } catch {
    return null // the zone is unknown here
  }
}

/** The union of the spans within [start, stop], in order and without overlaps. */
const clip = (spans: readonly Span[], start: number, stop: number): Span[] => {
  const inside = spans
    .map(span => ({ from: Math.max(start, span.from), to: Math.min(stop, span.to) }))
    .filter(span => span.from < span.to)
    .sort((a, b) => a.from - b.from)
  const union: Span[] = []
  for (const span of inside) {
    const last = union.at(-1)
    if (last && span.from <= last.to) union[union.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else union.push(span)
  }
  return union
}

/** 7: the earliest instant at which the elapsed time reaches the limit. */
const deadlineOf = (start: number, limitMs: number, excluded: readonly Span[]) => {
  let deadline = start + limitMs
  for (const span of excluded) if (span.from < deadline) deadline += span.to - span.from
  return deadline
}
