import { type ClockFigures, clockFigures, figuresAt } from '#domain/sla/clockFigures.ts'
import { type Policy, policyOf } from '#domain/sla/policy.ts'
import type { ReferenceData } from '../app.ts'
import type { IncidentFigures, IncidentQuery, Snapshot } from '../store/eventStore.ts'
import type { AsOf } from './asOf.ts'
import { type IncidentFilter, matchesClocks, needsFacts, queryOf } from './incidentFilter.ts'
import type { Asker } from './scope.ts'
import { selectIncidents } from './selectIncidents.ts'

const PAGE = 2000

export type SelectedFigures = {
  readonly incident: Omit<IncidentFigures, 'clocks'>
  readonly policy: Policy | null
  readonly clocks: ClockFigures
}
type Request = { readonly filter: IncidentFilter; readonly asOf: AsOf; readonly now: number }

/** What summaries count of every incident that the asker may see and the filter wants: as the store keeps it where that is true. */
export async function* selectFigures(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: Request,
): AsyncGenerator<SelectedFigures> {
  const { filter, asOf, now } = request
  if (needsFacts(filter, asker, asOf)) yield* fromFacts(snapshot, reference, asker, request)
  else {
    // Told by a clock that is ahead: what is kept of these is not true yet.
    const early: string[] = []
    for await (const incident of scan(snapshot, queryOf(filter, asker, asOf))) {
      if (incident.lastAt > now) early.push(incident.id)
      else {
        const clocks = figuresAt(incident.clocks, now)
        if (matchesClocks(filter, clocks))
          yield { incident, policy: policyOf(reference.policies, incident.policy), clocks }
      }
    }
    if (early.length > 0) yield* fromFacts(snapshot, reference, asker, request, { ids: early })
  }
}

async function* fromFacts(
  snapshot: Snapshot,
  reference: ReferenceData,
  asker: Asker,
  request: Request,
  narrow: IncidentQuery = {},
): AsyncGenerator<SelectedFigures> {
  for await (const { record, clocks } of selectIncidents(snapshot, reference, asker, { ...request, narrow })) {
    const { policy, readings } = clocks()
    const { incident } = record
    yield { incident, policy, clocks: clockFigures(readings, incident.facts) }
  }
}

async function* scan(snapshot: Snapshot, query: IncidentQuery): AsyncGenerator<IncidentFigures> {
  for (let after = query.after; ; ) {
    const page = await snapshot.figures({ ...query, after, limit: PAGE })
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE) return
    after = { firstAt: last.firstAt, id: last.id }
    await new Promise(resolve => setImmediate(resolve))
  }
}
