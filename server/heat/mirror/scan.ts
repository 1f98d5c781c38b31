import { commonBox, type FineBox } from '#domain/heat/finePlace.ts'
import { BLOCK_ROWS, type Day } from './day.ts'
import { conditionsOn, countBeyond, isAlwaysMet, select, type Wanted, within } from './select.ts'

export type Scan = Wanted & {
  readonly weekday: readonly number[] | null // 1 Monday … 7 Sunday
  readonly limits: FineBox | null // what lies beyond is outside
  readonly bounds: FineBox | null // what lies within the limits and beyond these is not asked for
}

/** What becomes of the rows that are asked for: a run of them (first inclusive, end exclusive), or the first `n` of a list. */
export type Sink = {
  run(day: Day, first: number, end: number): void
  list(day: Day, rows: Int32Array, n: number): void
}

export type Tally = { unlocated: number; outside: number }

/** Hands every row of these days, all of which it touches, that is asked for to the sink; tells how many pass but have no place, or lie outside. */
export function scan(days: readonly Day[], asked: Scan, sink: Sink): Tally {
  const tally = { unlocated: 0, outside: 0 }
  const selected = new Int32Array(days.reduce((most, { rows }) => Math.max(most, rows), 0))
  for (const day of days) scanDay(day, asked, selected, sink, tally)
  return tally
}

/** Can anything of this day be asked for? */
export function touches({ from, to, weekday }: Scan, { day, startMs, lastMs }: Day): boolean {
  // 1970-01-01 was a Thursday.
  const isWanted = weekday === null || weekday.includes(((((day + 3) % 7) + 7) % 7) + 1)
  return isWanted && startMs < to && startMs + lastMs >= from
}

function scanDay(day: Day, asked: Scan, selected: Int32Array, sink: Sink, tally: Tally): void {
  const { located, rows } = day
  const { limits } = asked
  const inner = commonBox(limits, asked.bounds)
  const conditions = conditionsOn(day, asked)
  let n = 0
  for (let first = 0; first < located; ) {
    const kind = blockKind(day, first, inner, limits)
    let end = Math.min(located, first + BLOCK_ROWS)
    if (kind !== 'edge')
      while (end < located && blockKind(day, end, inner, limits) === kind) end = Math.min(located, end + BLOCK_ROWS)
    if (kind === 'inner' && isAlwaysMet(conditions)) sink.run(day, first, end)
    else if (kind === 'inner') n = select(conditions, first, end, selected, n)
    else if (kind === 'edge') {
      const passed = select(conditions, first, end, selected, n)
      if (limits !== null) tally.outside += countBeyond(day, limits, selected, n, passed)
      n = inner === null ? passed : within(day, inner, selected, n, passed)
    }
    first = end
  }
  if (n > 0) sink.list(day, selected, n)
  if (located < rows) tally.unlocated += select(conditions, located, rows, selected, 0)
}

/** `inner`: all of the block is within it. `apart`: nothing of it is asked for, and nothing lies beyond the limits. */
function blockKind(
  { boxes }: Day,
  first: number,
  inner: FineBox | null,
  limits: FineBox | null,
): 'inner' | 'apart' | 'edge' {
  if (inner === null) return 'inner'
  const at = (first / BLOCK_ROWS) * 4
  const [west, east, north, south] = [boxes[at] ?? 0, boxes[at + 1] ?? 0, boxes[at + 2] ?? 0, boxes[at + 3] ?? 0]
  if (west >= inner.west && east <= inner.east && north >= inner.north && south <= inner.south) return 'inner'
  if (west <= inner.east && east >= inner.west && north <= inner.south && south >= inner.north) return 'edge'
  if (limits === null) return 'apart'
  const isKnown = west >= limits.west && east <= limits.east && north >= limits.north && south <= limits.south
  return isKnown ? 'apart' : 'edge'
}
