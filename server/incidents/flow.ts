import { countFlow, emptyFlow, type FlowBin } from '#domain/incident/flow.ts'
import type { Bin } from '#domain/time/bins.ts'
import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { type AsOf, isPresent } from './asOf.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import type { Asker } from './scope.ts'
import { selectIncidents } from './selectIncidents.ts'

export type FlowRequest = {
  readonly bins: readonly Bin[]
  readonly filter: IncidentFilter
  readonly asOf: AsOf
  readonly now: number
}

export async function flow(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  { bins, filter, asOf, now }: FlowRequest,
): Promise<FlowBin[]> {
  const counted = emptyFlow(bins)
  const first = bins[0]
  const last = bins.at(-1)
  if (first === undefined || last === undefined) return counted
  // What was over before the first bin can add nothing to any.
  const over = isPresent(asOf)
    ? { openOrChangedAfter: { at: first.from - 1, recordedAt: Number.MAX_SAFE_INTEGER } }
    : {}
  const narrow = { ...over, firstAtMost: Math.min(last.to, asOf.at ?? last.to) }
  for await (const { record } of selectIncidents(snapshot, reference, asker, { filter, asOf, now, narrow })) {
    countFlow(counted, record.incident)
  }
  return counted
}
