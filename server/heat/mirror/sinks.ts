import { FINE_LEVEL, type FineBox } from '#domain/heat/finePlace.ts'
import type { Lattice } from '#domain/heat/lattice.ts'
import type { Day } from './day.ts'
import { type Grid, STRETCH_BITS } from './grid.ts'
import type { Sink } from './scan.ts'

/** Counts into a grid over a window of cells: for windows of some millions. `n`: how many it has counted. */
export function gridSink({ level, x0, y0, width }: Lattice, { counts: grid, isTouched }: Grid): Sink & { n(): number } {
  const shift = FINE_LEVEL - level
  let counted = 0
  return {
    n: () => counted,
    run({ x, y, boxes }, block, first, end) {
      counted += end - first
      const [column, row] = [(boxes[block] ?? 0) >>> shift, (boxes[block + 2] ?? 0) >>> shift]
      if ((boxes[block + 1] ?? 0) >>> shift === column && (boxes[block + 3] ?? 0) >>> shift === row) {
        const cell = (row - y0) * width + column - x0
        grid[cell] = (grid[cell] ?? 0) + end - first
        isTouched[cell >>> STRETCH_BITS] = 1
        return
      }
      for (let i = first; i < end; i++) {
        const cell = (((y[i] ?? 0) >>> shift) - y0) * width + ((x[i] ?? 0) >>> shift) - x0
        grid[cell] = (grid[cell] ?? 0) + 1
        isTouched[cell >>> STRETCH_BITS] = 1
      }
    },
    list({ x, y }, rows, n) {
      counted += n
      for (let k = 0; k < n; k++) {
        const i = rows[k] ?? 0
        const cell = (((y[i] ?? 0) >>> shift) - y0) * width + ((x[i] ?? 0) >>> shift) - x0
        grid[cell] = (grid[cell] ?? 0) + 1
        isTouched[cell >>> STRETCH_BITS] = 1
      }
    },
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
    run(day, _, first, end) {
      room(end - first)
      for (let i = first; i < end; i++) add(day, i)
    },
    list(day, rows, n) {
      room(n)
      for (let k = 0; k < n; k++) add(day, rows[k] ?? 0)
    },
  }
}

/** How many began in each local hour of each day. */
export function hourSink(): Sink & { days: Map<number, Uint32Array> } {
  const days = new Map<number, Uint32Array>()
  const hoursOf = ({ day }: Day) => {
    const hours = days.get(day) ?? new Uint32Array(24)
    days.set(day, hours)
    return hours
  }
  return {
    days,
    run(day, _, first, end) {
      const hours = hoursOf(day)
      for (let i = first; i < end; i++) {
        const hour = day.hour[i] ?? 0
        hours[hour] = (hours[hour] ?? 0) + 1
      }
    },
    list(day, rows, n) {
      const hours = hoursOf(day)
      for (let k = 0; k < n; k++) {
        const hour = day.hour[rows[k] ?? 0] ?? 0
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
    run({ boxes }, block) {
      add(boxes[block] ?? 0, boxes[block + 2] ?? 0)
      add(boxes[block + 1] ?? 0, boxes[block + 3] ?? 0)
    },
    list({ x, y }, rows, n) {
      for (let k = 0; k < n; k++) add(x[rows[k] ?? 0] ?? 0, y[rows[k] ?? 0] ?? 0)
    },
  }
}
