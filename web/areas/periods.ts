/** Spans of time as a leader asks for them: by the local days, weeks and months of the store. */
import { localFields, localInstant, localWeekday, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'

/** [from, to), epoch milliseconds. */
export type Period = { readonly from: number; readonly to: number }

export const PRESETS = [
  'today',
  'yesterday',
  'days7',
  'days30',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
] as const
export type Preset = (typeof PRESETS)[number]
export const REPORTS = ['day', 'week', 'month'] as const
export type ReportKind = (typeof REPORTS)[number]

const DAY_MS = 86_400_000

export function presetPeriod(preset: Preset, now: number, zone: string): Period {
  switch (preset) {
    case 'today':
      return reportPeriod('day', now, zone)
    case 'yesterday':
      return reportPeriod('day', shiftDays(now, -1, zone), zone)
    case 'days7':
      return { from: shiftDays(startOfLocalDay(now, zone), -6, zone), to: nextLocalDay(now, zone) }
    case 'days30':
      return { from: shiftDays(startOfLocalDay(now, zone), -29, zone), to: nextLocalDay(now, zone) }
    case 'thisWeek':
      return reportPeriod('week', now, zone)
    case 'lastWeek':
      return reportPeriod('week', shiftDays(now, -7, zone), zone)
    case 'thisMonth':
      return reportPeriod('month', now, zone)
    case 'lastMonth':
      return reportPeriod('month', reportPeriod('month', now, zone).from - 1, zone)
    default:
      return preset satisfies never
  }
}

/** The local day, the week from Monday, or the month that holds an instant. */
export function reportPeriod(kind: ReportKind, at: number, zone: string): Period {
  if (kind === 'day') return { from: startOfLocalDay(at, zone), to: nextLocalDay(at, zone) }
  if (kind === 'week') {
    const from = shiftDays(startOfLocalDay(at, zone), 1 - localWeekday(at, zone), zone)
    return { from, to: shiftDays(from, 7, zone) }
  }
  const { year, month } = localFields(at, zone)
  return { from: dayStart(year, month, 1, zone), to: dayStart(year, month + 1, 1, zone) }
}

/** The day, week or month before; of one that is not over only as much as has been lived of this one. */
export function reportBefore(kind: ReportKind, period: Period, now: number, zone: string): Period {
  const before = reportPeriod(kind, period.from - 1, zone)
  if (now >= period.to) return before
  const lived = Math.max(0, now - period.from)
  return { from: before.from, to: Math.min(before.to, before.from + lived) }
}

/** As many days before; of a period that is not over, the same part of them: today until 14:32 beside yesterday until 14:32. */
export function periodBefore({ from, to }: Period, now: number, zone: string): Period {
  const days = Math.max(1, Math.round((to - from) / DAY_MS))
  const end = now > from && now < to ? now : to
  return { from: shiftDays(from, -days, zone), to: shiftDays(end, -days, zone) }
}

/** What of the period has been lived, in days. */
export function livedDays({ from, to }: Period, at: number): number {
  return Math.max(0, Math.min(to, at) - from) / DAY_MS
}

/** A bin of an hour up to two days, of a day beyond. */
export function stepOf({ from, to }: Period): 'PT1H' | 'P1D' {
  return to - from <= 2 * DAY_MS ? 'PT1H' : 'P1D'
}

/** `2026-11-16T08:00`, as the store's clocks show it. */
export function localText(at: number, zone: string): string {
  const { year, month, day, hour, minute } = localFields(at, zone)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`
}

/** The reverse, a day alone meaning its first instant; null for what is no local time. */
export function instantOfLocal(text: string, zone: string): number | null {
  const [whole, year, month, day, hour = '00', minute = '00'] =
    /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?$/.exec(text) ?? []
  if (whole === undefined) return null
  const fields = { year: Number(year), month: Number(month), day: Number(day), second: 0, ms: 0 }
  return localInstant({ ...fields, hour: Number(hour), minute: Number(minute) }, zone)
}

/** The same local time so many days later: the calendar does the arithmetic, for a day is not always 24 hours long. */
export function shiftDays(at: number, days: number, zone: string): number {
  const fields = localFields(at, zone)
  const date = new Date(Date.UTC(fields.year, fields.month - 1, fields.day + days))
  const moved = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  return localInstant({ ...fields, ...moved }, zone) ?? at + days * DAY_MS
}

function dayStart(year: number, month: number, day: number, zone: string): number {
  const date = new Date(Date.UTC(year, month - 1, day))
  const fields = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  return localInstant({ ...fields, hour: 0, minute: 0, second: 0, ms: 0 }, zone) ?? date.getTime()
}
