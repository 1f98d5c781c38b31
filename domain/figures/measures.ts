import { isToldLate } from '../incident/facts.ts'
import { isOpen } from '../incident/fold.ts'
import type { Incident } from '../incident/incident.ts'
import type { ClockState } from '../sla/clocks.ts'

/** What incidents of a cohort are counted under. Each is a set: what a figure counts and what it opens to are the same. */
export const MEASURES = [
  'cohort',
  'signalled',
  'reported',
  'resolved',
  'closed',
  'closedOnTime',
  'rated',
  'satisfied',
  'open',
  'awaiting',
  'voided',
  'merged',
  'unlocated',
  'toldLate',
] as const
export type Measure = (typeof MEASURES)[number]
export type Measured = {
  readonly incident: Pick<Incident, 'status' | 'facts' | 'place'>
  /** As they stand at the instant of the figures; asked for only where the measure needs them. */
  readonly clocks: () => { readonly [clock: string]: { readonly state: ClockState } }
}

/** BLUEPRINT §2: voided and merged are in none of the rates, and what is only signalled was not reported yet. */
export function hasMeasure(measure: Measure, { incident, clocks }: Measured): boolean {
  const { status, facts } = incident
  const isReported = status !== 'voided' && status !== 'merged' && status !== 'signalled'
  switch (measure) {
    case 'cohort':
      return true
    case 'reported':
      return isReported
    case 'resolved':
      return status === 'resolved' || status === 'closed'
    case 'closedOnTime':
      return status === 'closed' && Object.values(clocks()).every(isKept)
    case 'rated':
      return isReported && scoreOf(facts) !== null
    case 'satisfied':
      return isReported && (scoreOf(facts) ?? 0) >= 4
    case 'open':
      return isOpen(status)
    case 'awaiting':
      return status === 'resolved'
    case 'signalled':
    case 'closed':
    case 'voided':
    case 'merged':
      return status === measure
    case 'unlocated':
      return incident.place === null
    case 'toldLate':
      return facts.some(isToldLate)
    default:
      return measure satisfies never
  }
}

function isKept({ state }: { readonly state: ClockState }): boolean {
  return state === 'met' || state === 'notApplicable'
}

function scoreOf(facts: Incident['facts']): number | null {
  return facts.findLast(fact => fact.type === 'rated')?.data.score ?? null
}
