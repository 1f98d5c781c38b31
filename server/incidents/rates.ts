import { hasMeasure, type Measure, type Measured } from '#domain/figures/measures.ts'
import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import type { AsOf } from './asOf.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import type { Asker } from './scope.ts'
import { selectIncidents } from './selectIncidents.ts'

/** Of a cohort, voided and merged left out (BLUEPRINT §2). A rate is null where nothing stands below the line. */
export type Rates = {
  readonly reported: number
  readonly resolved: number
  readonly closed: number
  readonly closedOnTime: number // with every clock met that applies
  readonly rated: number
  readonly satisfied: number // 4 or 5 of 5
  readonly completion: number | null
  readonly onTimeClosure: number | null
  readonly satisfaction: number | null
}
const COUNTED = ['reported', 'resolved', 'closed', 'closedOnTime', 'rated', 'satisfied'] as const

export async function rates(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: { readonly filter: IncidentFilter; readonly asOf: AsOf; readonly now: number },
): Promise<Rates> {
  const counts = noCounts()
  for await (const { record, clocks } of selectIncidents(snapshot, reference, asker, request))
    count(counts, { incident: record.incident, clocks: () => clocks().readings }, COUNTED)
  return ratesOf(counts)
}

export type Counts = { [measure in Measure]: number }

export function noCounts(): Counts {
  return {
    cohort: 0,
    signalled: 0,
    reported: 0,
    resolved: 0,
    closed: 0,
    closedOnTime: 0,
    rated: 0,
    satisfied: 0,
    open: 0,
    awaiting: 0,
    voided: 0,
    merged: 0,
    unlocated: 0,
    toldLate: 0,
  }
}

export function count(counts: Counts, measured: Measured, measures: readonly Measure[]): void {
  for (const measure of measures) if (hasMeasure(measure, measured)) counts[measure]++
}

export function ratesOf({ reported, resolved, closed, closedOnTime, rated, satisfied }: Counts): Rates {
  return {
    reported,
    resolved,
    closed,
    closedOnTime,
    rated,
    satisfied,
    completion: ratio(resolved, reported),
    onTimeClosure: ratio(closedOnTime, closed),
    satisfaction: ratio(satisfied, rated),
  }
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
