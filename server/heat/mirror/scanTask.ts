/** What a thread is asked and answers, and how it comes to its answer. */
import type { FineBox } from '#domain/heat/finePlace.ts'
import type { Lattice } from '#domain/heat/lattice.ts'
import type { Day } from './day.ts'
import { type Scan, scan, type Tally } from './scan.ts'
import { boxSink, denseSink, hourSink, listSink } from './sinks.ts'

export type ScanTask =
  | { readonly kind: 'counts'; readonly scan: Scan; readonly window: Lattice }
  | { readonly kind: 'hours'; readonly scan: Scan }
  | { readonly kind: 'box'; readonly scan: Scan }

/** Cells ascending, and how many lie in each. */
export type CellCounts = { readonly cells: Uint32Array; readonly counts: Uint32Array }
export type ScanAnswer = Tally &
  CellCounts & { readonly days: ReadonlyMap<number, Uint32Array>; readonly box: FineBox | null }

/** A grid of more cells than this is not held; its rows are sorted instead. */
const DENSE_CELLS = 2 ** 22
const NOTHING = { cells: new Uint32Array(), counts: new Uint32Array(), days: new Map(), box: null }

export function answerTo(task: ScanTask, days: Iterable<Day>): ScanAnswer {
  switch (task.kind) {
    case 'counts': {
      const { window } = task
      if (window.width * window.height <= DENSE_CELLS) {
        const sink = denseSink(window)
        const tally = scan(days, task.scan, sink)
        return { ...NOTHING, ...tally, ...filled(sink.grid) }
      }
      const sink = listSink(window)
      const tally = scan(days, task.scan, sink)
      return { ...NOTHING, ...tally, ...runs(sink.cells().sort()) }
    }
    case 'hours': {
      const sink = hourSink()
      return { ...NOTHING, ...scan(days, task.scan, sink), days: sink.days }
    }
    case 'box': {
      const sink = boxSink()
      return { ...NOTHING, ...scan(days, task.scan, sink), box: sink.box() }
    }
  }
}

/** Joins what the threads found: their days are apart, their cells are not. */
export function joined(answers: readonly ScanAnswer[]): ScanAnswer {
  return answers.reduce((a, b) => ({
    ...merged(a, b),
    unlocated: a.unlocated + b.unlocated,
    outside: a.outside + b.outside,
    days: new Map([...a.days, ...b.days]),
    box: around(a.box, b.box),
  }))
}

function filled(grid: Uint32Array): CellCounts {
  let length = 0
  for (let cell = 0; cell < grid.length; cell++) length += Number(grid[cell] !== 0)
  const [cells, counts] = [new Uint32Array(length), new Uint32Array(length)]
  for (let cell = 0, i = 0; i < length; cell++) {
    cells[i] = cell
    counts[i] = grid[cell] ?? 0
    i += Number(grid[cell] !== 0)
  }
  return { cells, counts }
}

function runs(sorted: Uint32Array): CellCounts {
  const [cells, counts] = [new Uint32Array(sorted.length), new Uint32Array(sorted.length)]
  let length = 0
  for (const cell of sorted) {
    if (length === 0 || cells[length - 1] !== cell) cells[length++] = cell
    counts[length - 1] = (counts[length - 1] ?? 0) + 1
  }
  return { cells: cells.slice(0, length), counts: counts.slice(0, length) }
}

function merged(a: CellCounts, b: CellCounts): CellCounts {
  if (a.cells.length === 0) return b
  if (b.cells.length === 0) return a
  const most = a.cells.length + b.cells.length
  const [cells, counts] = [new Uint32Array(most), new Uint32Array(most)]
  let length = 0
  for (let i = 0, j = 0; i < a.cells.length || j < b.cells.length; length++) {
    const [left, right] = [a.cells[i] ?? Infinity, b.cells[j] ?? Infinity]
    cells[length] = Math.min(left, right)
    counts[length] = (left <= right ? (a.counts[i] ?? 0) : 0) + (right <= left ? (b.counts[j] ?? 0) : 0)
    i += Number(left <= right)
    j += Number(right <= left)
  }
  return { cells: cells.subarray(0, length), counts: counts.subarray(0, length) }
}

function around(a: FineBox | null, b: FineBox | null): FineBox | null {
  if (a === null || b === null) return a ?? b
  return {
    west: Math.min(a.west, b.west),
    north: Math.min(a.north, b.north),
    east: Math.max(a.east, b.east),
    south: Math.max(a.south, b.south),
  }
}
