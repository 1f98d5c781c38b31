import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type DayRow, dayOf, rowsOf } from './day.ts'
import { emptyMirror } from './mirror.ts'
import { readSnapshot, writeSnapshot } from './snapshotFile.ts'

const DAY_MS = 86_400_000

test('days of any number of rows are read as they were written', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-mirror-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const days = [1, 3, 128, 129, 2].map((rows, day) => dayOf(day, day * DAY_MS, invented(day, rows)))
  const mirror = { ...emptyMirror('Asia/Shanghai'), days: new Map(days.map(day => [day.day, day])) }
  await writeSnapshot(join(folder, 'heat'), mirror)
  const problems: string[] = []
  const read = await readSnapshot(join(folder, 'heat'), problem => problems.push(problem))
  expect(problems).toEqual([])
  expect([...(read?.days.values() ?? [])].map(rowsOf)).toEqual(days.map(rowsOf))
})

/** The last of them has no place. */
function invented(day: number, rows: number): DayRow[] {
  return Array.from({ length: rows }, (_, i) => ({
    at: day * DAY_MS + i,
    x: i === rows - 1 ? null : i * 7,
    y: i === rows - 1 ? null : i * 11,
    path: i,
    group: i + 1,
    outcome: i + 2,
  }))
}
