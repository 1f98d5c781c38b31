import { DATUMS, type Datum, toWgs84 } from '#domain/geo/datum.ts'
import type { LngLat, OriginalPlace } from '#domain/incident/facts.ts'
import { UnusableInput } from './importReport.ts'

/** The datum that the places of a file are in: the option goes before the mapping; nothing said is not a datum. */
export function declaredDatum(option: string | undefined, mapping: string | undefined): Datum {
  const datum = option ?? mapping
  const known = DATUMS.find(name => name === datum)
  if (known) return known
  const fault = datum === undefined ? 'Nothing says which datum the places are in' : `There is no datum “${datum}”`
  throw new UnusableInput(`${fault}: give --datum or "datum" in the mapping, one of ${DATUMS.join(', ')}.`)
}

/** A place as the store keeps it, with what came in when that was in another datum. */
export function inWgs84(
  written: LngLat | null,
  datum: Datum,
): { readonly place: LngLat | null; readonly original: OriginalPlace | null } {
  if (!written || datum === 'wgs84') return { place: written, original: null }
  return { place: toWgs84(written, datum), original: { ...written, datum } }
}
