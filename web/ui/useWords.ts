import { useI18n } from 'vue-i18n'
import { agePhrase, limitPhrase, type Phrase, tickPhrase } from './durationParts.ts'

/** Words for what the API names: known codes are translated, others stand as they came. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const say = ({ key, values }: Phrase) => t(key, values)
  const named = (group: string) => (code: string) => (te(`${group}.${code}`) ? t(`${group}.${code}`) : code)
  const withZone = (at: number, timeZone: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value, { timeZone, ...options }).format(at)
  return {
    age: (ms: number) => say(agePhrase(ms)),
    limit: (ms: number | null) => say(limitPhrase(ms)),
    tick: (ms: number) => say(tickPhrase(ms)),
    clockName: named('clock'),
    levelName: named('level'),
    roleName: named('role'),
    heatUnit: named('heat.unit'),
    time: (at: number, zone: string) =>
      withZone(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    hourMinute: (at: number, zone: string) =>
      withZone(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    date: (at: number, zone: string) => {
      const day = withZone(at, zone, { month: 'long', day: 'numeric' })
      return `${day} ${withZone(at, zone, { weekday: 'short' })}`
    },
    percent: (share: number | null) => (share === null ? '—' : (share * 100).toFixed(1)),
    count: (n: number) => n.toLocaleString(locale.value),
  }
}
