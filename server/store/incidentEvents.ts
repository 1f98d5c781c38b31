/** Facts of an incident as events of its stream, and back. `originalAt` travels inside `data`. */
import type { Fact, NewFact } from '#domain/incident/facts.ts'
import { isBreachFact } from '#domain/sla/breaches.ts'
import type { Json, NewEvent, StreamName } from './eventStore.ts'

export const FACT_SCHEMA_VERSION = 1

export function incidentStream(id: string): StreamName {
  return `incident:${id}`
}

/** A breach is told by nobody. */
export function newEvent(fact: NewFact, eventId: string, actor: string | null): NewEvent {
  const data = fact.originalAt === undefined ? fact.data : { ...fact.data, originalAt: fact.originalAt }
  const { type, at } = fact
  const by = isBreachFact(fact) ? null : actor
  return { eventId, type, schemaVersion: FACT_SCHEMA_VERSION, data: data as Json, actor: by, at }
}

/** What is stored was checked when it was decided, so its shape is trusted here. */
export function factOf(event: NewEvent & { readonly position: number; readonly recordedAt: number }): Fact {
  const { originalAt, ...data } = event.data as { readonly [key: string]: Json | undefined }
  const { eventId, type, actor, at, position, recordedAt } = event
  const fact = { type, at, data, eventId, position, recordedAt, actor }
  return (originalAt === undefined ? fact : { ...fact, originalAt }) as Fact
}
