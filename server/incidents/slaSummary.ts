import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import type { AsOf } from './asOf.ts'
import type { GroupBy } from './groupKeys.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import type { Asker } from './scope.ts'

export type SummaryRequest = {
  readonly filter: IncidentFilter
  readonly groupBy: GroupBy | null
  readonly asOf: AsOf
  readonly now: number
}

export async function slaSummary(
  _snapshot: Snapshot,
  _reference: ReferenceData,
  _asker: Asker,
  _request: SummaryRequest,
): Promise<object[]> {
  return []
}
