import { inForce } from './choosePolicy.ts'
import type { ClockFigures } from './clockFigures.ts'
import { hasClockMeasure } from './clockMeasures.ts'
import type { ClockState } from './clocks.ts'
import { mean, nearestRank } from './nearestRank.ts'
import type { Policy } from './policy.ts'

/** One incident of a cohort under one key; an incident that counts under several keys gives several rows. */
export type SummaryRow = {
  readonly key: string | null
  readonly clocks: ClockFigures // at the instant of the summary
}
export type ClockSummary = {
  readonly key: string | null
  readonly clock: string
  readonly cohort: number
  readonly met: number
  readonly breached: number
  readonly running: number
  readonly paused: number
  readonly pending: number
  readonly notApplicable: number
  readonly attainment: number | null // met ÷ (met + breached)
  readonly coverage: number | null // 1 − notApplicable ÷ cohort
  readonly p50Ms: number | null // null also where it falls on a clock that is breached and still open
  readonly p90Ms: number | null
  readonly ended: {
    readonly n: number
    readonly meanMs: number | null
    readonly p50Ms: number | null
    readonly p90Ms: number | null
  }
  readonly late: number
  readonly removedAfterBreach: number
}

/**
 * Per key and clock what became of a cohort (SLA.md, "Summaries"), keys in the order of their first row. `keys` stand
 * in the result even when no incident has them, so that an empty cohort is a row of zeros and not silence.
 */
export const summarize = (
  rows: readonly SummaryRow[],
  clockNames: readonly string[],
  keys: readonly (string | null)[] = [],
): ClockSummary[] => {
  const cohorts = new Map<string | null, SummaryRow[]>(keys.map(key => [key, []]))
  for (const row of rows) {
    const cohort = cohorts.get(row.key)
    if (cohort) cohort.push(row)
    else cohorts.set(row.key, [row])
  }
  return [...cohorts].flatMap(([key, cohort]) => clockNames.map(clock => summarizeClock(key, clock, cohort)))
}

/** What a cohort is summarized over: its rows in any order, and the policies that its incidents were given. */
export type Cohort = {
  readonly rows: readonly SummaryRow[]
  readonly used: ReadonlySet<Policy>
  readonly isGrouped: boolean
  readonly clock: string | null // this one only
}

/**
 * The summaries of a cohort, keys in their order. An empty one has the clocks that would have run at `instant` (epoch ms),
 * so that it is a row of zeros.
 */
export const summarizeCohort = (
  { rows, used, isGrouped, clock }: Cohort,
  policies: readonly Policy[],
  instant: number,
): ClockSummary[] => {
  const sorted = rows.toSorted((a, b) =>
    a.key === b.key ? 0 : a.key === null || (b.key !== null && a.key > b.key) ? 1 : -1,
  )
  const counted = used.size > 0 ? policies.filter(policy => used.has(policy)) : inForce(policies, instant)
  const names = [...new Set(counted.flatMap(policy => Object.keys(policy.clocks)))]
  return summarize(sorted, clock === null ? names : [clock], isGrouped ? [] : [null])
}

const summarizeClock = (key: string | null, clock: string, cohort: readonly SummaryRow[]): ClockSummary => {
  const counts = { met: 0, breached: 0, running: 0, paused: 0, pending: 0, notApplicable: 0 } satisfies Record<
    ClockState,
    number
  >
  const decided: number[] = []
  const ended: number[] = []
  let late = 0
  let removedAfterBreach = 0
  for (const { clocks } of cohort) {
    const figure = clocks[clock]
    counts[figure?.state ?? 'notApplicable'] += 1
    if (hasClockMeasure('decidedLate', figure)) late += 1
    if (hasClockMeasure('removedAfterBreach', figure)) removedAfterBreach += 1
    if (figure?.state !== 'met' && figure?.state !== 'breached') continue
    decided.push(figure.endedMs ?? Number.POSITIVE_INFINITY)
    if (figure.endedMs !== null) ended.push(figure.endedMs)
  }
  const verdicts = counts.met + counts.breached
  return {
    key,
    clock,
    cohort: cohort.length,
    ...counts,
    attainment: verdicts === 0 ? null : counts.met / verdicts,
    coverage: cohort.length === 0 ? null : 1 - counts.notApplicable / cohort.length,
    p50Ms: nearestRank(decided, 50),
    p90Ms: nearestRank(decided, 90),
    ended: { n: ended.length, meanMs: mean(ended), p50Ms: nearestRank(ended, 50), p90Ms: nearestRank(ended, 90) },
    late,
    removedAfterBreach,
  }
}
