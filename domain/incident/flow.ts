import { standingBreaches } from '../sla/breaches.ts'
import type { Bin } from '../time/bins.ts'
import { fold, isOpen } from './fold.ts'
import type { Incident } from './incident.ts'

/** How many facts of each kind happened in the bin, and how many incidents stood open at its end (facts at ≤ `to`). */
export type FlowBin = Bin & {
  reported: number
  resolved: number
  closed: number
  open: number
  breached: number // standing breaches with a deadline in the bin
  rated: number
  satisfied: number // rated 4 or 5
}

/** Bins, which lie in order one after the other, in which nothing has been counted yet. */
export const emptyFlow = (bins: readonly Bin[]): FlowBin[] =>
  bins.map(bin => ({ ...bin, reported: 0, resolved: 0, closed: 0, open: 0, breached: 0, rated: 0, satisfied: 0 }))

/** Adds one incident to the bins. */
export function countFlow(bins: FlowBin[], incident: Incident): void {
  for (const fact of incident.facts) {
    const bin = binOf(bins, fact.at)
    if (bin === undefined) continue
    if (fact.type === 'reported') bin.reported++
    else if (fact.type === 'resolved') bin.resolved++
    else if (fact.type === 'closed') bin.closed++
    else if (fact.type === 'rated') {
      bin.rated++
      if (fact.data.score >= 4) bin.satisfied++
    }
  }
  for (const deadline of standingBreaches(incident.facts).values()) {
    const bin = binOf(bins, deadline)
    if (bin !== undefined) bin.breached++
  }
  for (const span of openSpans(incident)) {
    // The bins whose end lies in [from, to).
    for (let i = firstEndingAt(bins, span.from); i < bins.length; i++) {
      const bin = bins[i]
      if (bin === undefined || bin.to >= span.to) break
      bin.open++
    }
  }
}

/** When it stood open: its state changes only where a fact has its `at`. */
function openSpans(incident: Incident): Bin[] {
  const instants = [...new Set(incident.facts.map(fact => fact.at))].sort((a, b) => a - b)
  const spans: Bin[] = []
  let since: number | null = null
  for (const at of instants) {
    const then = fold(
      incident.id,
      incident.facts.filter(fact => fact.at <= at),
    )
    const open = then !== null && isOpen(then.status)
    if (open && since === null) since = at
    if (!open && since !== null) {
      spans.push({ from: since, to: at })
      since = null
    }
  }
  if (since !== null) spans.push({ from: since, to: Number.POSITIVE_INFINITY })
  return spans
}

function binOf(bins: FlowBin[], at: number): FlowBin | undefined {
  const bin = bins[firstEndingAt(bins, at + 1)]
  return bin !== undefined && bin.from <= at ? bin : undefined
}

/** The index of the first bin with `to` ≥ an instant: the bins lie in order, one after the other. */
function firstEndingAt(bins: readonly Bin[], at: number): number {
  let low = 0
  let high = bins.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((bins[middle]?.to ?? 0) >= at) high = middle
    else low = middle + 1
  }
  return low
}
