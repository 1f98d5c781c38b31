import { localDay, localFields, localInstant, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'

/** A local day: its name (YYYY-MM-DD), its first instant and the first of the next (epoch ms). */
export type Day = { readonly day: string; readonly from: number; readonly to: number }

export const dayOf = (at: number, zone: string): Day => ({
  day: localDay(at, zone),
  from: startOfLocalDay(at, zone),
  to: nextLocalDay(at, zone),
})

/** The same time of day on another local day; null when `day` is no date. */
export function sameTimeOn(day: string, at: number, zone: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (parts === null) return null
  const [year, month, date] = parts.slice(1).map(Number)
  if (year === undefined || month === undefined || date === undefined) return null
  return localInstant({ ...localFields(at, zone), year, month, day: date }, zone)
}

/** The day before (−1) or after (+1). */
export function neighbour(at: number, step: 1 | -1, zone: string): string {
  const { from, to } = dayOf(at, zone)
  return localDay(step === 1 ? to : from - 1, zone)
}
