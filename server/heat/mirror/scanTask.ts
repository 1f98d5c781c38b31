/** What a thread is asked and answers, and how it comes to its answer. */
import type { FineBox } from '#domain/heat/finePlace.ts'
import type { Lattice } from '#domain/heat/lattice.ts'
import type { Day } from './day.ts'
import { gridIn } from './grid.ts'
import { type Scan, scan, type Tally, touches } from './scan.ts'
import { boxSink, cellSink, gridSink, hourSink } from './sinks.ts'

/** `grid`: counts into it. `cells`: the cell of every row. */
export type ScanTask =
  | { readonly kind: 'grid'; readonly scan: Scan; readonly window: Lattice; readonly grid: SharedArrayBuffer }
  | { readonly kind: 'cells'; readonly scan: Scan; readonly window: Lattice }
  | { readonly kind: 'hours'; readonly scan: Scan; readonly hourOf: Uint8Array }
  | { readonly kind: 'box'; readonly scan: Scan }

/** What the task's kind does not ask for is empty. */
export type ScanAnswer = Tally & {
  readonly n: number // in the grid
  readonly cells: Uint32Array // ascending, one for each row
  readonly days: ReadonlyMap<number, Uint32Array> // per local hour
  readonly box: FineBox | null
}

const NOTHING = { n: 0, cells: new Uint32Array(), days: new Map(), box: null }

export function answerTo(task: ScanTask, days: readonly Day[]): ScanAnswer {
  switch (task.kind) {
    case 'grid': {
      const { window, grid } = task
      const sink = gridSink(window, gridIn(grid, window.width * window.height))
      return { ...NOTHING, ...scan(days, task.scan, sink), n: sink.n() }
    }
    case 'cells': {
      const sink = cellSink(task.window)
      return { ...NOTHING, ...scan(days, task.scan, sink), cells: sink.sorted() }
    }
    case 'hours': {
      const sink = hourSink(task.hourOf)
      return { ...NOTHING, ...scan(days, task.scan, sink), days: sink.days }
    }
    case 'box': {
      const sink = boxSink()
      return { ...NOTHING, ...scan(days, task.scan, sink), box: sink.box() }
    }
  }
}

/** The days in which anything can be asked for: none where a test lets nothing pass. */
export function touched(asked: Scan, days: ReadonlyMap<number, Day>): Day[] {
  if (asked.tests.some(({ passes }) => !passes.includes(1))) return []
  return [...days.values()].filter(day => touches(asked, day))
}

/** Joins what the threads found: their days are apart, their cells are not. */
export function joined(answers: readonly ScanAnswer[]): ScanAnswer {
  return answers.reduce((a, b) => ({
    n: a.n + b.n,
    cells: merged(a.cells, b.cells),
    unlocated: a.unlocated + b.unlocated,
    outside: a.outside + b.outside,
    days: new Map([...a.days, ...b.days]),
    box: around(a.box, b.box),
  }))
}

function merged(a: Uint32Array, b: Uint32Array): Uint32Array {
  const all = new Uint32Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all.sort()
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
