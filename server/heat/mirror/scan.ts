import { commonBox, type FineBox, holdsPlace } from '#domain/heat/finePlace.ts'
import { BLOCK_ROWS, type Day } from './day.ts'

/** A row passes where its number in the column has a 1. */
export type Test = { readonly column: 'path' | 'group' | 'outcome' | 'hour'; readonly passes: Uint8Array }

export type Scan = {
  readonly from: number // epoch ms, inclusive
  readonly to: number // exclusive
  readonly weekday: readonly number[] | null // 1 Monday … 7 Sunday
  readonly tests: readonly Test[]
  readonly limits: FineBox | null // what lies beyond is outside
  readonly bounds: FineBox | null // what lies within the limits and beyond these is not asked for
}

/** What becomes of the rows that are asked for: a run of them (first inclusive, end exclusive), or the first `n` of a list. */
export type Sink = {
  run(day: Day, block: number, first: number, end: number): void
  list(day: Day, rows: Int32Array, n: number): void
}

export type Tally = { unlocated: number; outside: number }

const selected = new Int32Array(BLOCK_ROWS)

/** Hands every row of these days, all of which it touches, that is asked for to the sink; tells how many pass but have no place, or lie outside. */
export function scan(days: Iterable<Day>, asked: Scan, sink: Sink): Tally {
  const tally = { unlocated: 0, outside: 0 }
  for (const day of days) scanDay(day, asked, sink, tally)
  return tally
}

/** Can anything of this day be asked for? */
export function touches({ from, to, weekday }: Scan, { day, startMs, lastMs }: Day): boolean {
  // 1970-01-01 was a Thursday.
  const isWanted = weekday === null || weekday.includes(((((day + 3) % 7) + 7) % 7) + 1)
  return isWanted && startMs < to && startMs + lastMs >= from
}

function scanDay(day: Day, asked: Scan, sink: Sink, tally: Tally): void {
  const { located, rows, boxes } = day
  const { tests, limits } = asked
  const inner = commonBox(limits, asked.bounds)
  const isWhole = asked.from <= day.startMs && asked.to > day.startMs + day.lastMs
  for (let block = 0, first = 0; first < located; block += 4, first += BLOCK_ROWS) {
    const end = Math.min(located, first + BLOCK_ROWS)
    const isInner = inner === null || isWithin(boxes, block, inner)
    if (!isInner && isApart(boxes, block, inner) && (limits === null || isWithin(boxes, block, limits))) continue
    if (isInner && isWhole && tests.length === 0) {
      sink.run(day, block, first, end)
      continue
    }
    let n = passing(day, asked, isWhole, first, end)
    if (!isInner && n > 0) n = split(day, inner, limits, n, tally)
    if (n > 0) sink.list(day, selected, n)
  }
  for (let first = located; first < rows; first += BLOCK_ROWS)
    tally.unlocated += passing(day, asked, isWhole, first, Math.min(rows, first + BLOCK_ROWS))
}

/**
 * Which rows of a block pass all tests: their numbers in `selected`. Each test writes every candidate and moves on by 0 or 1: no branch depends on
 * the data, which halves the time.
 */
function passing(day: Day, { from, to, tests }: Scan, isWhole: boolean, first: number, end: number): number {
  let n = 0
  for (let row = first; row < end; row++) selected[n++] = row
  for (const { column, passes } of tests) n = narrow(day[column], passes, n)
  return isWhole ? n : timely(day.sinceStartMs, from - day.startMs, to - day.startMs, n)
}

function narrow(column: Uint16Array, passes: Uint8Array, candidates: number): number {
  let n = 0
  for (let i = 0; i < candidates; i++) {
    const row = selected[i] ?? 0
    selected[n] = row
    n += passes[column[row] ?? 0] ?? 0
  }
  return n
}

function timely(sinceStartMs: Uint32Array, from: number, to: number, candidates: number): number {
  let n = 0
  for (let i = 0; i < candidates; i++) {
    const row = selected[i] ?? 0
    const at = sinceStartMs[row] ?? 0
    selected[n] = row
    n += Number(at >= from && at < to)
  }
  return n
}

/** Keeps the selected rows that lie in the inner box and counts those beyond the limits. */
function split(day: Day, inner: FineBox | null, limits: FineBox | null, candidates: number, tally: Tally): number {
  let n = 0
  for (let i = 0; i < candidates; i++) {
    const row = selected[i] ?? 0
    const [x, y] = [day.x[row] ?? 0, day.y[row] ?? 0]
    selected[n] = row
    if (inner === null || holdsPlace(inner, x, y)) n++
    else if (limits !== null && !holdsPlace(limits, x, y)) tally.outside++
  }
  return n
}

function isWithin(boxes: Uint32Array, at: number, { west, north, east, south }: FineBox): boolean {
  return (
    (boxes[at] ?? 0) >= west &&
    (boxes[at + 1] ?? 0) <= east &&
    (boxes[at + 2] ?? 0) >= north &&
    (boxes[at + 3] ?? 0) <= south
  )
}

function isApart(boxes: Uint32Array, at: number, box: FineBox | null): boolean {
  return (
    box !== null &&
    ((boxes[at] ?? 0) > box.east ||
      (boxes[at + 1] ?? 0) < box.west ||
      (boxes[at + 2] ?? 0) > box.south ||
      (boxes[at + 3] ?? 0) < box.north)
  )
}
