/** Which rows of a day are asked for, as a list of their numbers. */
import { type FineBox, holdsPlace } from '#domain/heat/finePlace.ts'
import type { Day } from './day.ts'

/** A row passes where its number in the column has a 1. */
export type Test = { readonly column: 'path' | 'group' | 'outcome'; readonly passes: Uint8Array }

export type Wanted = {
  readonly from: number // epoch ms, inclusive
  readonly to: number // exclusive
  readonly tests: readonly Test[]
}

/** What a row has to meet, with the columns of its day at hand. */
export type Conditions = {
  readonly tables: readonly { readonly column: Uint16Array; readonly passes: Uint8Array }[]
  readonly time: { readonly sinceStartMs: Uint32Array; readonly from: number; readonly to: number } | null
}

export function conditionsOn(day: Day, { from, to, tests }: Wanted): Conditions {
  const { startMs, lastMs, sinceStartMs } = day
  const isWhole = from <= startMs && to > startMs + lastMs
  return {
    tables: tests.map(({ column, passes }) => ({ column: day[column], passes })),
    time: isWhole ? null : { sinceStartMs, from: Math.max(0, from - startMs), to: Math.min(lastMs + 1, to - startMs) },
  }
}

export function isAlwaysMet({ tables, time }: Conditions): boolean {
  return tables.length === 0 && time === null
}

/**
 * Appends the rows that meet all conditions to the `n` that are selected, and returns how many there are then. Every row is written and the end moves
 * on by 0 or 1: no branch depends on the data, which halves the time.
 */
export function select(
  { tables, time }: Conditions,
  first: number,
  end: number,
  selected: Int32Array,
  n: number,
): number {
  const [table, ...others] = tables
  let length = n
  if (table === undefined) for (let row = first; row < end; row++) selected[length++] = row
  else length = begin(table.column, table.passes, first, end, selected, n)
  for (const { column, passes } of others) length = narrow(column, passes, selected, n, length)
  return time === null ? length : timely(time.sinceStartMs, time.from, time.to, selected, n, length)
}

function begin(
  column: Uint16Array,
  passes: Uint8Array,
  first: number,
  end: number,
  selected: Int32Array,
  n: number,
): number {
  let length = n
  for (let row = first; row < end; row++) {
    selected[length] = row
    length += passes[column[row] ?? 0] ?? 0
  }
  return length
}

function narrow(column: Uint16Array, passes: Uint8Array, selected: Int32Array, n: number, end: number): number {
  let length = n
  for (let i = n; i < end; i++) {
    const row = selected[i] ?? 0
    selected[length] = row
    length += passes[column[row] ?? 0] ?? 0
  }
  return length
}

/** `from` inclusive, `to` exclusive. */
function timely(
  sinceStartMs: Uint32Array,
  from: number,
  to: number,
  selected: Int32Array,
  n: number,
  end: number,
): number {
  let length = n
  for (let i = n; i < end; i++) {
    const row = selected[i] ?? 0
    const at = (sinceStartMs[row] ?? 0) | 0
    selected[length] = row
    length += oneUnlessNegative((at - from) | (to - 1 - at))
  }
  return length
}

/** Of the selected from `n` on only those in the box; returns how many are selected then. */
export function within({ x, y }: Day, box: FineBox, selected: Int32Array, n: number, end: number): number {
  const { west, east, north, south } = box
  let length = n
  for (let i = n; i < end; i++) {
    const row = selected[i] ?? 0
    const [rowX, rowY] = [x[row] ?? 0, y[row] ?? 0]
    selected[length] = row
    length += oneUnlessNegative((rowX - west) | (east - rowX) | (rowY - north) | (south - rowY))
  }
  return length
}

/** Differences joined by "or" are negative when any of them is. */
function oneUnlessNegative(bits: number): number {
  return 1 + (bits >> 31)
}

/** How many of the selected from `n` on lie beyond the limits. */
export function countBeyond({ x, y }: Day, limits: FineBox, selected: Int32Array, n: number, end: number): number {
  let beyond = 0
  for (let i = n; i < end; i++) {
    const row = selected[i] ?? 0
    if (!holdsPlace(limits, x[row] ?? 0, y[row] ?? 0)) beyond++
  }
  return beyond
}
