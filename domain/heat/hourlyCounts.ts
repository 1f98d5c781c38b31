import { localDay, localFields } from '../time/localTime.ts'

/** How many began in [from, to), epoch ms: one local hour, or the part of it that lies in the window. */
export type HourCount = { readonly from: number; readonly to: number; readonly n: number }

const HOUR_MS = 3_600_000

/**
 * Every local hour of the window [from, to) in order, the empty ones too, from days that leave out what is empty (as
 * `/heat/times` answers). An hour that the zone repeats is one entry of two hours, because its counts are one number; a skipped one is none.
 */
export function hourlyCounts(
  days: readonly { readonly day: string; readonly hours: readonly number[] }[],
  from: number,
  to: number,
  zone: string,
): HourCount[] {
  const byDay = new Map(days.map(({ day, hours }) => [day, hours]))
  const hours: HourCount[] = []
  let last = ''
  for (let at = from; at < to; ) {
    const { hour, minute, second, ms } = localFields(at, zone)
    const end = Math.min(to, at + HOUR_MS - (minute * 60 + second) * 1000 - ms)
    const day = localDay(at, zone)
    const before = hours.at(-1)
    if (before && last === `${day} ${hour}`) hours[hours.length - 1] = { ...before, to: end }
    else hours.push({ from: at, to: end, n: byDay.get(day)?.[hour] ?? 0 })
    last = `${day} ${hour}`
    at = end
  }
  return hours
}
