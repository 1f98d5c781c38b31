import { FINE_LEVEL, type FineBox } from '#domain/heat/finePlace.ts'
import type { Lattice } from '#domain/heat/lattice.ts'
import type { Day } from './day.ts'
import type { Grid } from './grid.ts'
import type { Sink } from './scan.ts'

/** Counts into a grid over a window of cells: for windows of some millions. `n`: how many it has counted. */
export function gridSink(window: Lattice, grid: Grid): Sink & { n(): number } {
  const shift = FINE_LEVEL - window.level
  let counted = 0
  return {
    n: () => counted,
    run(day, first, end) {
      counted += end - first
      countRun(day, first, end, shift, window, grid)
    },
    list(day, rows, n) {
      counted += n
      countList(day, rows, n, shift, window, grid)
    },
  }
}

function countRun({ x, y }: Day, first: number, end: number, shift: number, { x0, y0, width }: Lattice, grid: Grid) {
  const { counts, isTaken } = grid
  for (let row = first; row < end; row++) {
    const cell = (Math.imul(((y[row] ?? 0) >> shift) - y0, width) + ((x[row] ?? 0) >> shift) - x0) | 0
    counts[cell] = (counts[cell] ?? 0) + 1
    isTaken[cell >> 5] = (isTaken[cell >> 5] ?? 0) | (1 << (cell & 31))
  }
}

function countList({ x, y }: Day, rows: Int32Array, n: number, shift: number, { x0, y0, width }: Lattice, grid: Grid) {
  const { counts, isTaken } = grid
  for (let i = 0; i < n; i++) {
    const row = rows[i] ?? 0
    const cell = (Math.imul(((y[row] ?? 0) >> shift) - y0, width) + ((x[row] ?? 0) >> shift) - x0) | 0
    counts[cell] = (counts[cell] ?? 0) + 1
    isTaken[cell >> 5] = (isTaken[cell >> 5] ?? 0) | (1 << (cell & 31))
  }
}

/** The cell of every row, one by one: for windows of more cells than anybody could hold. */
export function cellSink({ level, x0, y0, width }: Lattice): Sink & { sorted(): Uint32Array } {
  const shift = FINE_LEVEL - level
  let cells = new Uint32Array(4096)
  let length = 0
  const room = (more: number) => {
    if (length + more <= cells.length) return
    const wider = new Uint32Array(Math.max(cells.length * 2, length + more))
    wider.set(cells)
    cells = wider
  }
  const add = ({ x, y }: Day, i: number) => {
    cells[length++] = (((y[i] ?? 0) >>> shift) - y0) * width + ((x[i] ?? 0) >>> shift) - x0
  }
  return {
    sorted: () => cells.slice(0, length).sort(),
    run(day, first, end) {
      room(end - first)
      for (let i = first; i < end; i++) add(day, i)
    },
    list(day, rows, n) {
      room(n)
      for (let k = 0; k < n; k++) add(day, rows[k] ?? 0)
    },
  }
}

/** How many began in each local hour of each day. `hourOf`: the hour of each outcome's number. */
export function hourSink(hourOf: Uint8Array): Sink & { days: Map<number, Uint32Array> } {
  const days = new Map<number, Uint32Array>()
  const hoursOf = ({ day }: Day) => {
    const hours = days.get(day) ?? new Uint32Array(24)
    days.set(day, hours)
    return hours
  }
  return {
    days,
    run(day, first, end) {
      const hours = hoursOf(day)
      for (let i = first; i < end; i++) {
        const hour = hourOf[day.outcome[i] ?? 0] ?? 0
        hours[hour] = (hours[hour] ?? 0) + 1
      }
    },
    list(day, rows, n) {
      const hours = hoursOf(day)
      for (let k = 0; k < n; k++) {
        const hour = hourOf[day.outcome[rows[k] ?? 0] ?? 0] ?? 0
        hours[hour] = (hours[hour] ?? 0) + 1
      }
    },
  }
}

/** The box around all that is asked for. */
export function boxSink(): Sink & { box(): FineBox | null } {
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity]
  const add = (x: number, y: number) => {
    west = Math.min(west, x)
    north = Math.min(north, y)
    east = Math.max(east, x)
    south = Math.max(south, y)
  }
  return {
    box: () => (west <= east ? { west, north, east, south } : null),
    run({ x, y }, first, end) {
      for (let i = first; i < end; i++) add(x[i] ?? 0, y[i] ?? 0)
    },
    list({ x, y }, rows, n) {
      for (let k = 0; k < n; k++) add(x[rows[k] ?? 0] ?? 0, y[rows[k] ?? 0] ?? 0)
    },
  }
}
