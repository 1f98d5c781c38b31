/**
 * Local time in an IANA zone, exact across changes of the zone's offset. Intl only; instants are integer epoch
 * milliseconds (UTC). An unknown zone throws a RangeError: zones are checked where they enter (`isTimeZone`).
 */
export type LocalFields = {
  readonly year: number
  readonly month: number // 1…12
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly ms: number
}

/** The local calendar day, `YYYY-MM-DD`. */
export const localDay = (at: number, zone: string): string => new Date(localMs(at, zone)).toISOString().slice(0, -14)

/** Local calendar days since 1970-01-01. */
export const localDayNumber = (at: number, zone: string): number => Math.floor(localMs(at, zone) / DAY_MS)

/** 0…23 */
export const localHour = (at: number, zone: string): number => new Date(localMs(at, zone)).getUTCHours()

/** 1 Monday … 7 Sunday (ISO 8601). */
export const localWeekday = (at: number, zone: string): number => new Date(localMs(at, zone)).getUTCDay() || 7

export const localFields = (at: number, zone: string): LocalFields => {
  const local = new Date(localMs(at, zone))
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    ms: local.getUTCMilliseconds(),
  }
}

/** The first instant of the local day that holds `at`; it is not 00:00 where the zone skips midnight. */
export const startOfLocalDay = (at: number, zone: string): number => {
  const midnight = floorDay(localMs(at, zone))
  return firstReaching(midnight, midnight - MAX_OFFSET_MS, zone)
}

/**
 * The first instant after `at` that lies on a later local day. Where a zone skips a whole day (Apia, 2011-12-30) that
 * is the day after it; where midnight comes twice, an `at` between the two gets the second.
 */
export const nextLocalDay = (at: number, zone: string): number =>
  firstReaching(floorDay(localMs(at, zone)) + DAY_MS, at, zone)

/**
 * The instant at which clocks in the zone showed these fields, null when the calendar has no such day or time. A time
 * that came twice is its first coming; a time that was skipped is read with the offset before the gap, so it lies as
 * far behind the gap's end as it stands behind the gap's start (02:30 becomes 03:30). Temporal calls both "compatible".
 */
export const localInstant = (fields: LocalFields, zone: string): number | null => {
  const local = Date.UTC(
    fields.year,
    fields.month - 1,
    fields.day,
    fields.hour,
    fields.minute,
    fields.second,
    fields.ms,
  )
  const isReal =
    fields.year >= 100 &&
    new Date(local).getUTCDate() === fields.day &&
    new Date(local).getUTCMonth() === fields.month - 1 &&
    fields.hour < 24 &&
    fields.minute < 60 &&
    fields.second < 60
  if (!isReal) return null
  let skippedTo: number | null = null
  for (const span of spansFrom(local - MAX_OFFSET_MS, zone)) {
    const at = local - span.offsetMs
    if (at < span.to) return at >= span.from ? at : (skippedTo ?? at)
    skippedTo = at
  }
  return null
}

/**
 * The instant that a local time names, as a column of an import writes it; null when the text does not fit the format.
 * Format: `yyyy MM dd HH mm ss SSS` stand for that many digits, `M d H m s h` for one or two, `a` for AM or PM,
 * everything else for itself; fields that the format does not name are the first of their kind. Gaps and overlaps as
 * in `localInstant`.
 */
export const parseLocal = (text: string, format: string, zone: string): number | null => {
  const { pattern, names } = compileFormat(format)
  const match = pattern.exec(text.trim())
  if (!match) return null
  const found: { [name: string]: string } = {}
  for (const [i, name] of names.entries()) found[name] = match[i + 1] ?? ''
  const number = (name: string, absent: number) => (found[name] === undefined ? absent : Number(found[name]))
  const hour = number('H', 0)
  const hour12 = number('h', 12)
  if (hour12 < 1 || hour12 > 12) return null
  const half = found['a']?.toUpperCase() === 'PM' ? 12 : 0
  return localInstant(
    {
      year: number('y', 1970),
      month: number('M', 1),
      day: number('d', 1),
      hour: found['h'] === undefined ? hour : (hour12 % 12) + half,
      minute: number('m', 0),
      second: number('s', 0),
      ms: number('S', 0),
    },
    zone,
  )
}

export const isTimeZone = (zone: string): boolean => {
  try {
    zoneFormat(zone)
    return true
  } catch {
    return false
  }
}

const DAY_MS = 86_400_000
// No zone was ever further than 15 h 14 min from UTC.
const MAX_OFFSET_MS = 16 * 3_600_000
const floorDay = (ms: number) => Math.floor(ms / DAY_MS) * DAY_MS

/** What local clocks show at `at`, read as if it were UTC. */
const localMs = (at: number, zone: string) => {
  const day = zoneDay(Math.floor(at / DAY_MS), zone)
  return at + (at < day.changeAt ? day.beforeMs : day.afterMs)
}

/** The first instant at or after `from` at which local clocks show `local` or later. */
const firstReaching = (local: number, from: number, zone: string) => {
  for (const span of spansFrom(from, zone)) {
    const at = Math.max(span.from, local - span.offsetMs)
    if (at < span.to) return at
  }
  return local
}

type Span = { readonly from: number; readonly to: number; readonly offsetMs: number }

/** Spans of one offset, from `from` on, without end. */
function* spansFrom(from: number, zone: string): Generator<Span> {
  let begin = from
  for (let index = Math.floor(from / DAY_MS); ; index++) {
    const day = zoneDay(index, zone)
    if (begin < day.changeAt) yield { from: begin, to: day.changeAt, offsetMs: day.beforeMs }
    begin = Math.max(begin, day.changeAt)
    const end = (index + 1) * DAY_MS
    if (begin < end) yield { from: begin, to: end, offsetMs: day.afterMs }
    begin = end
  }
}

/** A UTC day of a zone: `beforeMs` is the offset until `changeAt`, `afterMs` from then on. */
type ZoneDay = { readonly changeAt: number; readonly beforeMs: number; readonly afterMs: number }

// Asking Intl costs a microsecond and more; a day's offsets are asked once. No zone has changed twice in a UTC day.
const days = new Map<string, Map<number, ZoneDay>>()
const MAX_CACHED_DAYS = 50_000

const zoneDay = (index: number, zone: string): ZoneDay => {
  let ofZone = days.get(zone)
  if (!ofZone) {
    ofZone = new Map()
    days.set(zone, ofZone)
  }
  const known = ofZone.get(index)
  if (known) return known
  const start = index * DAY_MS
  const beforeMs = askOffsetMs(start, zone)
  const afterMs = askOffsetMs(start + DAY_MS, zone)
  let low = start
  let high = start + DAY_MS
  // Not every change falls on a whole hour: St. John's changed at 00:01 until 2011.
  while (beforeMs !== afterMs && high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (askOffsetMs(middle, zone) === beforeMs) low = middle
    else high = middle
  }
  const day = { changeAt: beforeMs === afterMs ? start : high, beforeMs, afterMs }
  if (ofZone.size >= MAX_CACHED_DAYS) ofZone.clear()
  ofZone.set(index, day)
  return day
}

const formats = new Map<string, Intl.DateTimeFormat>()

const zoneFormat = (zone: string) => {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

const askOffsetMs = (at: number, zone: string) => {
  const field: { [type: string]: number } = {}
  for (const part of zoneFormat(zone).formatToParts(at)) field[part.type] = Number(part.value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = field
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

const compiled = new Map<string, { pattern: RegExp; names: string[] }>()

const compileFormat = (format: string) => {
  const known = compiled.get(format)
  if (known) return known
  const names: string[] = []
  const parts = format.split(/(yyyy|SSS|MM|dd|HH|hh|mm|ss|[MdHhmsa])/).map((part, i) => {
    if (i % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    names.push(part.charAt(0))
    if (part === 'a') return '([AaPp][Mm])'
    return part.length === 1 ? '(\\d{1,2})' : `(\\d{${part.length}})`
  })
  const result = { pattern: new RegExp(`^${parts.join('')}$`), names }
  compiled.set(format, result)
  return result
}
