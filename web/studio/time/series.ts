/** Local hours of /heat/times as the matrix and the trend want them. */
import { localDay, localFields, localHour, nextLocalDay, startOfLocalDay } from '#domain/time/localTime.ts'
import type { ToldTimes } from '../heat/askHeat.ts'
import type { Period } from '../view/periods.ts'
import type { Selection } from '../view/studioView.ts'

const HOUR = 3_600_000
/** A period up to this long is drawn by the hour. */
const MOST_HOURLY_MS = 4 * 24 * HOUR

export type Bar = Period & { readonly n: number; readonly label: string }

/** Seven rows, Monday first, of 24 counts. */
export function weekMatrix(days: ToldTimes['days']): number[][] {
  const rows = Array.from({ length: 7 }, () => new Array<number>(24).fill(0))
  for (const { day, hours } of days) {
    const row = rows[weekdayOf(day) - 1]
    hours.forEach((n, hour) => {
      if (row) row[hour] = (row[hour] ?? 0) + n
    })
  }
  return rows
}

/** One bar per local hour, or per local day where the period is long; only the hours and weekdays that are selected count. */
export function trendBars(days: ToldTimes['days'], period: Period, selection: Selection, zone: string): Bar[] {
  const byDay = new Map(days.map(({ day, hours }) => [day, hours]))
  const isWanted = (day: string, hour: number) =>
    (selection.hour === null || selection.hour.includes(hour)) &&
    (selection.weekday === null || selection.weekday.includes(weekdayOf(day)))
  const bars: Bar[] = []
  const isHourly = period.to - period.from <= MOST_HOURLY_MS
  for (let at = isHourly ? period.from : startOfLocalDay(period.from, zone); at < period.to; ) {
    const next = isHourly ? at + HOUR : nextLocalDay(at, zone)
    const day = localDay(at, zone)
    const hours = byDay.get(day) ?? []
    const wanted = isHourly ? [localHour(at, zone)] : hours.map((_, hour) => hour)
    const n = wanted.reduce((sum, hour) => sum + (isWanted(day, hour) ? (hours[hour] ?? 0) : 0), 0)
    bars.push({ from: Math.max(at, period.from), to: Math.min(next, period.to), n, label: labelOf(at, zone, isHourly) })
    at = next
  }
  return bars
}

/** 1 Monday … 7 Sunday. */
const weekdayOf = (day: string): number => new Date(`${day}T00:00Z`).getUTCDay() || 7

function labelOf(at: number, zone: string, isHourly: boolean): string {
  const { month, day, hour } = localFields(at, zone)
  return isHourly && hour !== 0 ? `${String(hour).padStart(2, '0')}:00` : `${month}/${day}`
}
