import type { ClockReading } from '#domain/sla/clocks.ts'
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

export async function rates(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: { readonly filter: IncidentFilter; readonly asOf: AsOf; readonly now: number },
): Promise<Rates> {
  const n = { reported: 0, resolved: 0, closed: 0, closedOnTime: 0, rated: 0, satisfied: 0 }
  for await (const { record, clocks } of selectIncidents(snapshot, reference, asker, request)) {
    const { status, facts } = record.incident
    if (status === 'voided' || status === 'merged' || status === 'signalled') continue
    n.reported++
    if (status === 'resolved' || status === 'closed') n.resolved++
    if (status === 'closed') {
      n.closed++
      if (Object.values(clocks().readings).every(isKept)) n.closedOnTime++
    }
    const score = facts.findLast(fact => fact.type === 'rated')?.data.score
    if (score !== undefined) n.rated++
    if (score !== undefined && score >= 4) n.satisfied++
  }
  return {
    ...n,
    completion: ratio(n.resolved, n.reported),
    onTimeClosure: ratio(n.closedOnTime, n.closed),
    satisfaction: ratio(n.satisfied, n.rated),
  }
}

function isKept({ state }: ClockReading): boolean {
  return state === 'met' || state === 'notApplicable'
}

function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
