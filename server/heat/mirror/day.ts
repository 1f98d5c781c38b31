/** The incidents of one local day as columns: what a scan reads and a snapshot keeps. */
import type { FineBox } from '#domain/heat/finePlace.ts'

/** Rows that share a box: small enough that most boxes lie wholly inside or outside of what is asked for. */
export const BLOCK_ROWS = 128

export type DayHead = {
  readonly day: number // local calendar days since 1970-01-01
  readonly startMs: number // epoch ms of its first instant
  readonly lastMs: number // the latest row's, counted from the day's start
  readonly rows: number
  readonly located: number // these come first, in the order of a quad tree, the others have no place
  readonly box: FineBox | null // around the located
}

/** Columns over one shared buffer, so that threads read what is never written again. */
export type Day = DayHead & {
  readonly buffer: SharedArrayBuffer
  readonly byteOffset: number
  readonly x: Int32Array // of the fine lattice
  readonly y: Int32Array
  readonly sinceStartMs: Uint32Array
  readonly boxes: Int32Array // west, east, north, south of each block of located rows
  readonly path: Uint16Array // numbers in the mirror's dictionaries
  readonly group: Uint16Array
  readonly outcome: Uint16Array
}

/** One incident on its way into a day. */
export type DayRow = {
  readonly at: number
  readonly x: number | null
  readonly y: number | null
  readonly path: number
  readonly group: number
  readonly outcome: number
}

export function dayOf(day: number, startMs: number, rows: readonly DayRow[]): Day {
  const located = rows.filter(row => row.x !== null).sort(byQuad)
  const sorted = [...located, ...rows.filter(row => row.x === null)]
  const lastMs = rows.reduce((last, { at }) => Math.max(last, at - startMs), 0)
  const box = boxAround(located)
  const head: DayHead = { day, startMs, lastMs, rows: rows.length, located: located.length, box }
  const made = dayIn(head, new SharedArrayBuffer(bytesOf(head)), 0)
  for (const [i, row] of sorted.entries()) {
    made.x[i] = row.x ?? 0
    made.y[i] = row.y ?? 0
    made.sinceStartMs[i] = row.at - startMs
    made.path[i] = row.path
    made.group[i] = row.group
    made.outcome[i] = row.outcome
  }
  for (let first = 0, at = 0; first < located.length; first += BLOCK_ROWS, at += 4) {
    const block = boxAround(located.slice(first, first + BLOCK_ROWS))
    if (block !== null) made.boxes.set([block.west, block.east, block.north, block.south], at)
  }
  return made
}

export function rowsOf(day: Day): DayRow[] {
  return Array.from(day.x, (x, i) => ({
    at: day.startMs + (day.sinceStartMs[i] ?? 0),
    x: i < day.located ? x : null,
    y: i < day.located ? (day.y[i] ?? 0) : null,
    path: day.path[i] ?? 0,
    group: day.group[i] ?? 0,
    outcome: day.outcome[i] ?? 0,
  }))
}

/** The columns where a buffer holds them. */
export function dayIn(head: DayHead, buffer: SharedArrayBuffer, byteOffset: number): Day {
  const { rows, located } = head
  let at = byteOffset
  const take = (bytes: number) => {
    at += bytes
    return at - bytes
  }
  const places = (length: number) => new Int32Array(buffer, take(length * 4), length)
  const narrow = () => new Uint16Array(buffer, take(rows * 2), rows)
  const [x, y] = [places(rows), places(rows)]
  const sinceStartMs = new Uint32Array(buffer, take(rows * 4), rows)
  const boxes = places(Math.ceil(located / BLOCK_ROWS) * 4)
  const [path, group, outcome] = [narrow(), narrow(), narrow()]
  return { ...head, buffer, byteOffset, x, y, sinceStartMs, boxes, path, group, outcome }
}

/** A multiple of 4, so that days can lie one behind the other: two bytes are empty where the rows are odd. */
export function bytesOf({ rows, located }: Pick<DayHead, 'rows' | 'located'>): number {
  return rows * 18 + (rows % 2) * 2 + Math.ceil(located / BLOCK_ROWS) * 16
}

function boxAround(rows: readonly DayRow[]): FineBox | null {
  const [first] = rows
  if (first === undefined) return null
  const [x, y] = [first.x ?? 0, first.y ?? 0]
  const box = { west: x, north: y, east: x, south: y }
  for (const row of rows) {
    box.west = Math.min(box.west, row.x ?? x)
    box.east = Math.max(box.east, row.x ?? x)
    box.north = Math.min(box.north, row.y ?? y)
    box.south = Math.max(box.south, row.y ?? y)
  }
  return box
}

/**
 * The order of a quad tree (Morton): the axis on which two places differ in the higher bit decides. Ties by all that
 * a row says, so that the same incidents always make the same bytes.
 */
function byQuad(a: DayRow, b: DayRow): number {
  const [dx, dy] = [(a.x ?? 0) ^ (b.x ?? 0), (a.y ?? 0) ^ (b.y ?? 0)]
  if (dx === 0 && dy === 0) return a.at - b.at || a.path - b.path || a.group - b.group || a.outcome - b.outcome
  const isXHigher = dy < dx && dy < (dx ^ dy)
  return isXHigher ? (a.x ?? 0) - (b.x ?? 0) : (a.y ?? 0) - (b.y ?? 0)
}
