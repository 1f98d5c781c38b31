/** Spans of time as an analyst asks for them: by the local days of the store. */
import { localFields, localInstant, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'

/** [from, to), epoch milliseconds. */
export type Period = { readonly from: number; readonly to: number }

export const PRESETS = ['today', 'days7', 'days30', 'month'] as const
export type Preset = (typeof PRESETS)[number]

export function presetPeriod(preset: Preset, now: number, zone: string): Period {
  const to = nextLocalDay(now, zone)
  if (preset === 'today') return { from: startOfLocalDay(now, zone), to }
  if (preset === 'days7') return { from: daysBefore(now, 6, zone), to }
  if (preset === 'days30') return { from: daysBefore(now, 29, zone), to }
  const { day } = localFields(now, zone)
  return { from: daysBefore(now, day - 1, zone), to }
}

/** The span of the same length that ends where this one begins. */
export const periodBefore = ({ from, to }: Period): Period => ({ from: from - (to - from), to: from })

/** A period that is not over counts up to now: a rate over hours that nobody has lived yet says too little. */
export function livedPart({ from, to }: Period, now: number): Period {
  return now > from && now < to ? { from, to: now } : { from, to }
}

/** `2026-11-16T08:00`, as the store's clocks show it. */
export function localText(at: number, zone: string): string {
  const { year, month, day, hour, minute } = localFields(at, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** The reverse; null for what is no local time. */
export function instantOfLocal(text: string, zone: string): number | null {
  const [whole, year, month, day, hour = '00', minute = '00'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(text) ?? []
  if (whole === undefined) return null
  const fields = { year: Number(year), month: Number(month), day: Number(day), second: 0, ms: 0 }
  return localInstant({ ...fields, hour: Number(hour), minute: Number(minute) }, zone)
}

function daysBefore(now: number, days: number, zone: string): number {
  const { year, month, day } = localFields(now, zone)
  // The calendar does the arithmetic: a day is not always 24 hours long.
  const date = new Date(Date.UTC(year, month - 1, day - days))
  const fields = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  return localInstant({ ...fields, hour: 0, minute: 0, second: 0, ms: 0 }, zone) ?? startOfLocalDay(now, zone)
}
