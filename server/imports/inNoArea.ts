/** Incidents that lie in no area are on no screen, because every token is for areas: whoever imports them must hear of it. */
import type { Datum } from '#domain/geo/datum.ts'
import type { ReferenceData } from '../app.ts'
import type { InNoArea } from './importReport.ts'
import type { PlannedIncident } from './incidents.ts'

/** Counts the taken incidents that lie in no area, in whatever order they were taken. */
export function inNoAreaCounter(): { count(planned: PlannedIncident): void; counted(): InNoArea } {
  let [incidents, withoutPlace] = [0, 0]
  let first: InNoArea['first'] = null
  return {
    count({ number, rows: [row] }) {
      if (row === undefined || row.path.length > 0) return
      const { place } = row
      incidents++
      if (place === null) withoutPlace++
      const found = { number, line: row.line, place }
      if (first === null || isBefore(found, first)) first = found
    },
    counted: () => ({ incidents, withoutPlace, first }),
  }
}

type Found = NonNullable<InNoArea['first']>

function isBefore(a: Found, b: Found): boolean {
  if ((a.place === null) !== (b.place === null)) return a.place !== null
  return a.line < b.line
}

/** One sentence, or none. */
export function inNoAreaTold(
  { incidents, withoutPlace, first }: InNoArea,
  taken: number,
  datum: Datum,
  { areas }: Pick<ReferenceData, 'areas'>,
): string[] {
  if (first === null) return []
  const which = `${incidents} of the ${taken} incidents taken ${incidents === 1 ? 'lies' : 'lie'} in no area, so no screen shows ${incidents === 1 ? 'it' : 'them'}`
  if (first.place === null)
    return [`${which}: ${incidents === 1 ? 'it has' : 'they have'} no place. The first: ${first.number}.`]
  const { lng, lat } = first.place
  const named = `The first: ${first.number} at ${lng.toFixed(6)}, ${lat.toFixed(6)}${withoutPlace === 0 ? '' : `; ${withoutPlace} without any place`}.`
  const hasBoundaries = areas.versions.some(({ geometry }) => geometry !== null)
  if (!hasBoundaries) return [`${which}: the store has no area with a boundary; import areas first. ${named}`]
  return [`${which}. ${named} Is their datum really ${datum}, and did the areas exist then?`]
}
