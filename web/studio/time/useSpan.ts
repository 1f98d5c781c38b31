import { useI18n } from 'vue-i18n'
import { localFields } from '#domain/time/localTime.ts'
import { useStudio } from '../useStudio.ts'
import type { Period } from '../view/periods.ts'

const HOUR = 3_600_000

/** A period in words: `11月16日 – 11月22日`, with times where it does not begin and end at midnight. */
export function useSpan() {
  const { zone, now } = useStudio()
  const { t, locale } = useI18n()
  const isMidnight = (at: number) => {
    const { hour, minute } = localFields(at, zone.value)
    return hour === 0 && minute === 0
  }
  const said = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { timeZone: zone.value, ...options }).format(at)
  const day = (at: number) => said(at, { month: 'short', day: 'numeric' })
  const time = (at: number) => said(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return {
    span({ from, to }: Period): string {
      const isWhole = isMidnight(from) && (isMidnight(to) || to === now.value)
      const last = to - 1 // a period ends before its end
      if (isWhole) return day(from) === day(last) ? day(from) : `${day(from)} – ${day(last)}`
      if (day(from) === day(last)) return `${day(from)} ${time(from)} – ${isMidnight(to) ? '24:00' : time(to)}`
      return `${day(from)} ${time(from)} – ${day(to)} ${time(to)}`
    },
    length({ from, to }: Period): string {
      const hours = (to - from) / HOUR
      return hours >= 48 || hours === 24
        ? t('studio.days', { n: Number((hours / 24).toFixed(1)) })
        : t('studio.hoursLong', { n: Number(hours.toFixed(1)) })
    },
  }
}
