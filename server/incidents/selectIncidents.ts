import { hasMeasure } from '#domain/figures/measures.ts'
import { groupKeys } from '#domain/incident/groupKeys.ts'
import { clockFigures } from '#domain/sla/clockFigures.ts'
import { hasClockMeasure, isClockMeasure } from '#domain/sla/clockMeasures.ts'
import { type IncidentClocks, incidentClocks } from '#domain/sla/incidentClocks.ts'
import type { ReferenceData } from '../app.ts'
import type { IncidentQuery, IncidentRecord, Snapshot } from '../store/eventStore.ts'
import { type AsOf, instantOf, recordAsOf } from './asOf.ts'
import { groupingPlace } from './groupingPlace.ts'
import { hasClockFilter, type IncidentFilter, matches, matchesClocks, queryOf } from './incidentFilter.ts'
import { type Asker, isVisible } from './scope.ts'

/** So long a page holds the event loop: some 30 ms. */
const PAGE = 500

export type Selected = { readonly record: IncidentRecord; readonly clocks: () => IncidentClocks }

/** Every incident that the asker may see and the filter wants, as it was; clocks are reckoned only where asked for. */
export async function* selectIncidents(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  { filter, asOf, now, narrow }: { filter: IncidentFilter; asOf: AsOf; now: number; narrow?: IncidentQuery },
): AsyncGenerator<Selected> {
  const instant = instantOf(asOf, now)
  for await (const candidate of scan(snapshot, { ...queryOf(filter, asker, asOf), ...narrow })) {
    const record = recordAsOf(candidate, asOf)
    if (record === null || !isVisible(asker, record.incident) || !matches(filter, asker, record)) continue
    if (!isUnderKey(filter, record, reference)) continue
    let held: IncidentClocks | null = null
    const clocks = () => {
      held ??= incidentClocks(record.incident, reference.policies, instant)
      return held
    }
    if (hasClockFilter(filter) && !matchesClocks(filter, clocks().readings)) continue
    if (!isMeasured(filter, record, clocks)) continue
    yield { record, clocks }
  }
}

/** All rows of a query, page by page. */
export async function* scan(snapshot: Snapshot, query: IncidentQuery): AsyncGenerator<IncidentRecord> {
  let after = query.after
  for (;;) {
    const page = await snapshot.incidents({ ...query, after, limit: PAGE })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = { firstAt: last.incident.firstAt, id: last.incident.id }
    // SQLite answers at once: without this nobody else would be served until the last page.
    await new Promise(resolve => setImmediate(resolve))
  }
}

function isMeasured({ measure, clock }: IncidentFilter, { incident }: IncidentRecord, clocks: Selected['clocks']) {
  if (measure == null) return true
  if (!isClockMeasure(measure)) return hasMeasure(measure, { incident, clocks: () => clocks().readings })
  return clock != null && hasClockMeasure(measure, clockFigures(clocks().readings, incident.facts)[clock])
}

function isUnderKey({ group, area }: IncidentFilter, { incident }: IncidentRecord, reference: ReferenceData): boolean {
  return (
    group == null || groupKeys(group.by, incident, groupingPlace(reference), area ?? null).includes(group.key ?? null)
  )
}
