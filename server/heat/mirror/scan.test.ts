import { describe, expect, it } from 'vitest'
import { type FineBox, holdsPlace } from '#domain/heat/finePlace.ts'
import { seededRandom } from '#domain/heat/seededRandom.ts'
import { BLOCK_ROWS, type Day, type DayRow, dayOf, rowsOf } from './day.ts'
import { type Scan, type Sink, scan, touches } from './scan.ts'

const DAY_MS = 86_400_000
const EVERYTHING: Scan = { from: 0, to: 9 * DAY_MS, weekday: null, tests: [], limits: null, bounds: null }
const SQUARE = 1 << 20

describe('a scan', () => {
  const days = [3, 4, 6].map(day => invented(day, 10 * BLOCK_ROWS + day))
  const some: FineBox = { west: SQUARE / 4, north: 0, east: SQUARE / 2, south: SQUARE / 2 }
  const other: FineBox = { west: SQUARE / 3, north: SQUARE / 5, east: SQUARE, south: SQUARE }
  const nothing: FineBox = { west: 5, north: 5, east: 4, south: 4 }
  const category = { column: 'group', passes: Uint8Array.of(0, 1, 0) } as const
  const evenings = {
    column: 'outcome',
    passes: Uint8Array.from({ length: 24 }, (_, hour) => Number(hour >= 18)),
  } as const
  const boxes = { everywhere: null, some, other, nothing }

  for (const [limitsName, limits] of Object.entries(boxes))
    for (const [boundsName, bounds] of Object.entries(boxes))
      for (const tests of [[], [category], [category, evenings]])
        for (const [from, to] of [
          [0, 9 * DAY_MS],
          [3.4 * DAY_MS, 6.7 * DAY_MS],
        ] as const)
          it(`finds what a loop over the rows finds: limits ${limitsName}, bounds ${boundsName}, ${tests.length} tests, ${to / DAY_MS - from / DAY_MS} days`, () => {
            const asked = { ...EVERYTHING, limits, bounds, tests, from, to }
            expect(scanned(days, asked)).toEqual(looped(days, asked))
          })

  it('hands on whole runs where every row of a day is asked for', () => {
    const runs: number[][] = []
    scan(days, EVERYTHING, { run: ({ day }, first, end) => runs.push([day, first, end]), list: () => runs.push([]) })
    expect(runs).toEqual(days.map(({ day, located }) => [day, 0, located]))
  })

  it('touches a day by its weekday and the time of its rows', () => {
    const [day] = days
    if (day === undefined) throw new Error('no day was invented')
    expect(day.day).toBe(3) // 1970-01-04, a Sunday
    expect(touches({ ...EVERYTHING, weekday: [7] }, day)).toBe(true)
    expect(touches({ ...EVERYTHING, weekday: [1] }, day)).toBe(false)
    expect(touches({ ...EVERYTHING, to: day.startMs }, day)).toBe(false)
    expect(touches({ ...EVERYTHING, from: day.startMs + day.lastMs + 1 }, day)).toBe(false)
  })
})

function scanned(days: readonly Day[], asked: Scan) {
  const instants: number[] = []
  const sink: Sink = {
    run({ startMs, sinceStartMs }, first, end) {
      instants.push(...Array.from(sinceStartMs.subarray(first, end), since => startMs + since))
    },
    list({ startMs, sinceStartMs }, rows, n) {
      instants.push(...Array.from(rows.subarray(0, n), row => startMs + (sinceStartMs[row] ?? -1)))
    },
  }
  const tally = scan(days, asked, sink)
  return { instants: instants.sort((a, b) => a - b), ...tally }
}

function looped(days: readonly Day[], { limits, bounds, tests, from, to }: Scan) {
  const rows = days.flatMap(rowsOf)
  const passing = rows.filter(
    row => row.at >= from && row.at < to && tests.every(test => test.passes[row[test.column]]),
  )
  const isIn = (box: FineBox | null, { x, y }: DayRow) => box === null || holdsPlace(box, x ?? 0, y ?? 0)
  const located = passing.filter(row => row.x !== null)
  const found = located.filter(row => isIn(limits, row) && isIn(bounds, row))
  return {
    instants: found.map(row => row.at).sort((a, b) => a - b),
    unlocated: passing.length - located.length,
    outside: located.filter(row => !isIn(limits, row)).length,
  }
}

/** Every seventh has no place; no two begin at the same instant, which is what they are told apart by here. */
function invented(day: number, rows: number): Day {
  const next = seededRandom(day)
  const upTo = (end: number) => Math.floor(next() * end)
  const spanMs = Math.floor(DAY_MS / rows)
  return dayOf(
    day,
    day * DAY_MS,
    Array.from({ length: rows }, (_, i) => {
      const sinceStartMs = i * spanMs + upTo(spanMs)
      return {
        at: day * DAY_MS + sinceStartMs,
        x: i % 7 === 0 ? null : upTo(SQUARE),
        y: i % 7 === 0 ? null : upTo(SQUARE),
        path: 0,
        group: upTo(3),
        outcome: Math.floor(sinceStartMs / 3_600_000),
      }
    }),
  )
}
