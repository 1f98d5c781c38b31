import type { NewFact } from '#domain/incident/facts.ts'
import type { App } from '../app.ts'
import type { Json, NewEvent } from '../store/eventStore.ts'

const SCHEMA_VERSION = 1

/** Facts as the store takes them; `eventIds` for those whose id was needed before (digests of texts, retractions). */
export function newEvents(
  app: App,
  facts: readonly NewFact[],
  actor: string | null,
  eventIds: readonly string[] = [],
): NewEvent[] {
  return facts.map((fact, index) => ({
    eventId: eventIds[index] ?? app.random.uuid(),
    type: fact.type,
    schemaVersion: SCHEMA_VERSION,
    data: factJson(fact),
    actor: fact.type === 'clockBreached' || fact.type === 'clockBreachRetracted' ? null : actor,
    at: fact.at,
  }))
}

/** `originalAt` is kept beside the fact's own data when the server moved the client's time. */
function factJson(fact: NewFact): Json {
  const data: Json = fact.data
  return fact.originalAt === undefined ? data : { ...fact.data, originalAt: fact.originalAt }
}
