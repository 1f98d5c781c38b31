import { parseDurationMs } from './duration.ts'
import { localWeekday, nextLocalDay, startOfLocalDay } from './localTime.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 366 * DAY_MS
export const MOST_BINS = 2000
/** What is asked for at once, and the longest step in it. */
export const MOST_YEARS = 10

export type Bin = { readonly from: number; readonly to: number }

/**
 * Splits [from, to) at the store's local edges: steps below a day count from local midnight (and begin again at the
 * next), whole days are local days, whole weeks begin on Monday. Null: no such step, one over a year, more than ten years,
 * or more bins than anybody reads.
 */
export function bins(from: number, to: number, step: string, zone: string): Bin[] | null {
  const stepMs = parseDurationMs(step)
  if (to - from > MOST_YEARS * YEAR_MS) return null
  if (stepMs === null || stepMs <= 0 || stepMs > YEAR_MS || (stepMs >= DAY_MS && stepMs % DAY_MS !== 0)) return null
  const made: Bin[] = []
  let edge = from
  while (edge < to) {
    if (made.length === MOST_BINS) return null
    const next = Math.min(to, nextEdge(edge, { from, to }, stepMs, zone))
    made.push({ from: edge, to: next })
    edge = next
  }
  return made
}

function nextEdge(at: number, { from, to }: Bin, stepMs: number, zone: string): number {
  const midnight = startOfLocalDay(at, zone)
  const nextMidnight = nextLocalDay(at, zone)
  if (stepMs < DAY_MS) return Math.min(nextMidnight, midnight + (Math.floor((at - midnight) / stepMs) + 1) * stepMs)
  const days = stepMs / DAY_MS
  const first = startOfLocalDay(from, zone)
  // Days are counted by rounding: a local day has 23 to 25 hours.
  const since = Math.round((midnight - first) / DAY_MS)
  const offset = days % 7 === 0 ? localWeekday(first, zone) - 1 : 0
  let left = days - ((since + offset) % days)
  let edge = at
  while (left-- > 0 && edge < to) edge = nextLocalDay(edge, zone)
  return edge
}
