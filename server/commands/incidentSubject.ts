import type { Incident } from '#domain/incident/incident.ts'
import type { Subject } from '../access/may.ts'

/** What the table of rights asks about an incident (null: one that is about to be reported on `path`). */
export function subjectOf(incident: Incident | null, path: readonly string[], assignee: string | null): Subject {
  const facts = incident?.facts ?? []
  const resolved = facts.findLast(fact => fact.type === 'resolved' || fact.type === 'reopened')
  const resolver = resolved?.type === 'resolved' ? [resolved.actor, workerActor(resolved.data.assignee)] : []
  const opening = facts.find(fact => fact.type === 'signalled' || fact.type === 'reported')
  return {
    path,
    assignee,
    resolvedBy: resolver.filter(actor => actor !== null),
    reportedBy: opening?.actor ?? null,
  }
}

function workerActor(worker: string | undefined): string | null {
  return worker === undefined ? null : `worker:${worker}`
}
