/** What an address says of the tracks page: whose tracks, which day, the instant, and who is singled out. Never the reason: whoever opens it says their own. */
import type { LocationQuery } from 'vue-router'
import { instantInAddress } from '#domain/time/instant.ts'

export type TracksChoice = {
  readonly people: readonly string[]
  readonly day: string | null // YYYY-MM-DD
  readonly at: number | null
  readonly person: string | null
}

export function choiceOf(query: LocationQuery): TracksChoice {
  const one = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
  const day = one(query['day'])
  return {
    people: [query['people'] ?? []].flat().flatMap(id => id || []),
    day: day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null,
    at: instantInAddress(one(query['at']) ?? ''),
    person: one(query['person']),
  }
}

/** Beside what else the address says. */
export function withChoice(query: LocationQuery, { people, day, at, person }: TracksChoice) {
  return {
    ...query,
    people: people.length === 0 ? undefined : [...people],
    day: day ?? undefined,
    at: at === null ? undefined : new Date(at).toISOString().replace('.000', ''),
    person: person ?? undefined,
  }
}
