import { useI18n } from 'vue-i18n'
import { agePhrase, limitPhrase, type Phrase, tickPhrase } from './durationParts.ts'
import { countText, instantText } from './formats.ts'

/** Words for what the API names: known codes are translated, others stand as they came. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const say = ({ key, values }: Phrase) => t(key, values)
  const named = (group: string) => (code: string) => (te(`${group}.${code}`) ? t(`${group}.${code}`) : code)
  return {
    age: (ms: number) => say(agePhrase(ms)),
    limit: (ms: number | null) => say(limitPhrase(ms)),
    tick: (ms: number) => say(tickPhrase(ms)),
    clockName: named('clock'),
    levelName: named('level'),
    roleName: named('role'),
    heatUnit: named('heat.unit'),
    time: (at: number, zone: string) => instantText(at, 'second', locale.value, zone),
    hourMinute: (at: number, zone: string) => instantText(at, 'minute', locale.value, zone),
    date: (at: number, zone: string) =>
      `${instantText(at, 'day', locale.value, zone)} ${instantText(at, 'weekday', locale.value, zone)}`,
    percent: (share: number | null) => (share === null ? '—' : (share * 100).toFixed(1)),
    count: (n: number) => countText(n, locale.value),
  }
}
