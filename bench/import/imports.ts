/** A batch import beside raw better-sqlite3 writing the same rows to the same tables, with as many waits for the disk. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../server/store/openStore.ts'
import { runChild } from '../harness/child.ts'
import { makeFolder, quietStreet } from '../harness/folder.ts'
import type { Options, Row } from '../harness/row.ts'
import { median, medianRatio, percent, whole } from '../harness/statistics.ts'
import type { Imported } from './importFile.ts'
import { writeInvented } from './inventedFile.ts'
import type { Written } from './rawWrite.ts'

const INCIDENTS = 40_000
const ROUNDS = 3

export const imports: Row = { name: 'import', run }

async function run({ say }: Options) {
  const shared = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'))
  const file = join(shared, 'invented.csv')
  await writeInvented(file, INCIDENTS)
  const own: number[] = []
  const raw: number[] = []
  const cpu: number[] = []
  let commits = 0
  for (let round = 0; round < ROUNDS; round++) {
    const folder = await quietStreet()
    const empty = makeFolder()
    await (await openStore(empty.databaseUrl)).close()
    const imported = await runChild<Imported>(join(import.meta.dirname, 'importFile.ts'), {
      cwd: folder.path,
      args: [file],
      env: { GRIDWATCH_DATABASE_URL: folder.databaseUrl },
    })
    if (imported.incidents !== INCIDENTS) throw new Error(`only ${imported.incidents} incidents were imported`)
    commits = imported.commits
    const written = await runChild<Written>(join(import.meta.dirname, 'rawWrite.ts'), {
      args: [...[folder, empty].map(({ databaseUrl }) => databaseUrl.slice('file:'.length)), String(commits)],
    })
    own.push((written.rows / imported.tookMs) * 1000)
    raw.push((written.rows / written.tookMs) * 1000)
    cpu.push(written.cpuMs / imported.cpuMs)
    say(
      `  import ${whole(imported.tookMs)} ms (CPU ${whole(imported.cpuMs)}), raw ${whole(written.tookMs)} ms (CPU ${whole(written.cpuMs)}), ${whole(written.rows)} rows in ${commits} commits`,
    )
    folder.remove()
    empty.remove()
  }
  rmSync(shared, { recursive: true })
  const ratio = medianRatio(own, raw)
  return [
    {
      what: `batch import of ${whole(INCIDENTS)} invented incidents (CSV), ${commits} commits`,
      gridwatch: `${whole(median(own))} rows/s`,
      peer: `raw better-sqlite3, the same rows and commits: ${whole(median(raw))} rows/s`,
      ratio: `${percent(ratio)} (CPU ${percent(median(cpu))})`,
      reach: '≥ 60 %',
      holds: ratio >= 0.6,
    },
  ]
}
