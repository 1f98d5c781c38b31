import { localHour, localWeekday } from '../time/localTime.ts'
import type { HourCount } from './hourlyCounts.ts'

/** A run of empty hours, [from, to) in epoch ms, in which `expected` incidents would have begun. */
export type ReportingGap = { readonly from: number; readonly to: number; readonly expected: number }

/** So many hours of the weekday's and the hour's own pace weigh as much as what an hour of the week held itself. */
const PRIOR_HOURS = 4
/** With fewer in the window nothing is known of its rhythm. */
const LEAST_INCIDENTS = 30
/** What another weekday's incidents say of a weekday's pace, beside its own. */
const OTHER_DAYS = 1 / 8

type Hour = { readonly n: number; readonly hours: number; readonly keys: readonly number[] }
type Tally = { readonly n: Float64Array; readonly hours: Float64Array }

/**
 * Runs of empty hours that are implausible for this week's rhythm: probably nothing was reported, not that nothing happened.
 * `hours`: every hour of the window in order. Were incidents a Poisson process, a run in which Λ are expected would be empty with a
 * chance of e^−Λ; runs begin after an hour that is not empty, so a window of pace λ has Σ(1 − e^−λ) + 1 chances of one, and a run
 * is told when such windows would hold one with less than `chance`. It is measured against the other hours, never against itself,
 * and Λ is an estimate: from m incidents the chance of an empty run is (1 + Λ ÷ m)^−m (a gamma pace, a Poisson number), so a few
 * incidents prove no gap. Incidents come in flurries, and feast days are quieter than any such process: a gap is a question to ask.
 */
export function reportingGaps(hours: readonly HourCount[], zone: string, chance = 0.01): ReportingGap[] {
  const each = hours.map(({ from, to, n }): Hour => {
    const [hour, day] = [localHour(from, zone), localWeekday(from, zone) - 1]
    return { n, hours: (to - from) / 3_600_000, keys: [0, 1 + hour, 25 + day, 32 + day * 24 + hour] }
  })
  const tally: Tally = { n: new Float64Array(200), hours: new Float64Array(200) }
  add(tally, each, 1)
  if ((tally.n[0] ?? 0) < LEAST_INCIDENTS) return []
  const paces = each.reduce((sum, hour) => sum + 1 - Math.exp(-pace(tally, hour) * hour.hours), 0)
  const least = Math.log((paces + 1) / chance)
  let candidates = emptyRuns(each)
  const found: ReportingGap[] = []
  // A long gap slows the rhythm that the next is measured against: it is taken out, and the others are tried again.
  for (let again = true; again; ) {
    again = false
    candidates = candidates.filter(([first, end]) => {
      const run = each.slice(first, end)
      add(tally, run, -1)
      const expected = run.reduce((sum, hour) => sum + pace(tally, hour) * hour.hours, 0)
      const known = incidentsAround(tally, run)
      if (known * Math.log1p(expected / known) < least || known === 0) {
        add(tally, run, 1)
        return true
      }
      found.push({ from: hours[first]?.from ?? 0, to: hours[end - 1]?.to ?? 0, expected })
      again = true
      return false
    })
  }
  return found.sort((a, b) => a.from - b.from)
}

function add({ n, hours }: Tally, each: readonly Hour[], sign: 1 | -1): void {
  for (const hour of each)
    for (const key of hour.keys) {
      n[key] = (n[key] ?? 0) + sign * hour.n
      hours[key] = (hours[key] ?? 0) + sign * hour.hours
    }
}

/** Incidents per hour at that hour of that weekday: what it held, drawn to hour × weekday where it was seen but a few times. */
function pace({ n, hours }: Tally, { keys: [all = 0, hour = 0, day = 0, slot = 0] }: Hour): number {
  const mean = (key: number, otherwise: number) => {
    const seen = hours[key] ?? 0
    return seen > 1e-9 ? (n[key] ?? 0) / seen : otherwise
  }
  const overall = mean(all, 0)
  if (overall === 0) return 0
  const usual = (mean(hour, overall) * mean(day, overall)) / overall
  return ((n[slot] ?? 0) + PRIOR_HOURS * usual) / ((hours[slot] ?? 0) + PRIOR_HOURS)
}

/** How many incidents a run's expectation stands on: those of its weekdays, and an eighth of the others. */
function incidentsAround({ n }: Tally, run: readonly Hour[]): number {
  const own = [...new Set(run.map(hour => hour.keys[2] ?? 0))].reduce((sum, day) => sum + (n[day] ?? 0), 0)
  return own + ((n[0] ?? 0) - own) * OTHER_DAYS
}

/** [first, end) of every longest run of hours with nothing in them. */
function emptyRuns(each: readonly Hour[]): [number, number][] {
  const runs: [number, number][] = []
  let first = -1
  for (let i = 0; i <= each.length; i++) {
    const isEmpty = each[i]?.n === 0
    if (isEmpty && first < 0) first = i
    if (!isEmpty && first >= 0) {
      runs.push([first, i])
      first = -1
    }
  }
  return runs
}
