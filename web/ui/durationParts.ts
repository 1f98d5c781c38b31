/** A message key and its values, for durations that people read as words. */
export type Phrase = { readonly key: string; readonly values: { readonly [name: string]: number } }

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How old something is: `48 秒`, `2 分 14 秒`, `3 时 5 分`. */
export function agePhrase(ms: number): Phrase {
  const whole = Math.max(0, ms)
  if (whole < MINUTE) return { key: 'age.seconds', values: { n: Math.floor(whole / SECOND) } }
  if (whole < HOUR)
    return { key: 'age.minutes', values: { m: Math.floor(whole / MINUTE), s: Math.floor((whole % MINUTE) / SECOND) } }
  return { key: 'age.hours', values: { h: Math.floor(whole / HOUR), m: Math.floor((whole % HOUR) / MINUTE) } }
}

/** A limit in its largest whole unit: `1 分钟`, `7 天`; none is the end of the local day. */
export function limitPhrase(ms: number | null): Phrase {
  if (ms === null) return { key: 'limit.today', values: {} }
  const [unit, n] = largestUnit(ms)
  return { key: `limit.${unit.toLowerCase()}`, values: { n } }
}

/** The same, short, for the runway's ticks. */
export function tickPhrase(ms: number): Phrase {
  const [unit, n] = largestUnit(ms)
  return { key: `limit.tick${unit}`, values: { n } }
}

function largestUnit(ms: number): ['Days' | 'Hours' | 'Minutes' | 'Seconds', number] {
  if (ms >= DAY && ms % DAY === 0) return ['Days', ms / DAY]
  if (ms >= HOUR && ms % HOUR === 0) return ['Hours', ms / HOUR]
  if (ms >= MINUTE && ms % MINUTE === 0) return ['Minutes', ms / MINUTE]
  return ['Seconds', Math.round(ms / SECOND)]
}
