import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import { fold } from '#domain/incident/fold.ts'
import { type IncidentClocks, incidentClocks } from '#domain/sla/incidentClocks.ts'
import type { ReferenceData } from '../app.ts'
import { isTimely } from '../heat/storeHeat.ts'
import { recordAsOf } from '../incidents/asOf.ts'
import { hasClockFilter, matches, matchesClocks, queryOf } from '../incidents/incidentFilter.ts'
import { type Asker, isVisible } from '../incidents/scope.ts'
import { scan } from '../incidents/selectIncidents.ts'
import type { IncidentRecord, Snapshot } from '../store/eventStore.ts'

type Moment = {
  readonly head: number // facts beyond this position are not taken
  readonly at: number // when clocks are read, unless the filter names an instant
}

/**
 * Every incident that the filter wants, voided and merged ones too, exactly as the log told it up to a position: whatever was
 * recorded later changes nothing. In the order of the store.
 */
export async function* readIncidents(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  filter: HeatFilter,
  { head, at }: Moment,
): AsyncGenerator<{ readonly record: IncidentRecord; readonly clocks: IncidentClocks }> {
  const asOf = { at: filter.asOf, knownAt: filter.knownAt }
  const isCurrent = (await snapshot.head()) === head
  // Facts learned later may have moved anything: then the store narrows down only by what they cannot change.
  const knownAt = asOf.knownAt ?? (isCurrent ? null : Number.MAX_SAFE_INTEGER)
  const query = queryOf(filter, asker, { ...asOf, knownAt })
  for await (const candidate of scan(snapshot, query)) {
    const upToHead = cut(candidate, head)
    const record = upToHead && recordAsOf(upToHead, asOf)
    if (record === null || !isVisible(asker, record.incident) || !matches(filter, asker, record)) continue
    if (!isTimely(filter, record.incident.firstAt, reference.timezone)) continue
    const clocks = incidentClocks(record.incident, reference.policies, filter.asOf ?? at)
    if (hasClockFilter(filter) && !matchesClocks(filter, clocks.readings)) continue
    yield { record, clocks }
  }
}

function cut(record: IncidentRecord, head: number): IncidentRecord | null {
  if (record.position <= head) return record
  const facts = record.incident.facts.filter(fact => fact.position <= head)
  const incident = fold(record.incident.id, facts)
  return incident && { ...record, incident, version: facts.length, position: facts.at(-1)?.position ?? 0 }
}
