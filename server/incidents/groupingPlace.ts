import type { Place } from '#domain/incident/groupKeys.ts'
import type { ReferenceData } from '../app.ts'

/** What grouping needs to know of the place. */
export function groupingPlace({ areas, timezone }: ReferenceData): Place {
  return { levelOf: (code, at) => areas.area(code, at)?.level ?? null, timezone }
}
