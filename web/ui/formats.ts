/** Intl's formatters, each made once: making one takes longer than a thousand texts from it. */
const LOOKS = {
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  day: { month: 'short', day: 'numeric' },
  weekday: { weekday: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

const instants = new Map<string, Intl.DateTimeFormat>()
const counts = new Map<string, Intl.NumberFormat>()

/** How an instant reads in a language and a zone. */
export function instantText(at: number, look: keyof typeof LOOKS, locale: string, timeZone: string): string {
  const key = `${look} ${locale} ${timeZone}`
  const format = instants.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone, ...LOOKS[look] })
  instants.set(key, format)
  return format.format(at)
}

export function countText(n: number, locale: string): string {
  const format = counts.get(locale) ?? new Intl.NumberFormat(locale)
  counts.set(locale, format)
  return format.format(n)
}
