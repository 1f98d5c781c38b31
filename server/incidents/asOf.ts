import { incidentAsOf } from '#domain/incident/fold.ts'
import type { IncidentRecord } from '../store/eventStore.ts'

/** Facts with `at ≤ at` and `recordedAt ≤ knownAt`; null is the present (SLA "A fact has two times"). */
export type AsOf = { readonly at: number | null; readonly knownAt: number | null }
export const PRESENT: AsOf = { at: null, knownAt: null }

export function isPresent(asOf: AsOf): boolean {
  return asOf.at === null && asOf.knownAt === null
}

/** The instant at which clocks are evaluated. */
export function instantOf(asOf: AsOf, now: number): number {
  return asOf.at ?? now
}

/** The record as it was, or null where nothing of it had happened or was known. */
export function recordAsOf(record: IncidentRecord, asOf: AsOf): IncidentRecord | null {
  if (isPresent(asOf)) return record
  const incident = incidentAsOf(
    record.incident,
    asOf.at ?? Number.POSITIVE_INFINITY,
    asOf.knownAt ?? Number.POSITIVE_INFINITY,
  )
  if (incident === null) return null
  const position = incident.facts.at(-1)?.position ?? record.position
  return { incident, title: record.title, version: incident.facts.length, position }
}
