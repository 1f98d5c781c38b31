/** The mirror beside the log: 200,000 incidents that went through the store, half of them after the mirror was written. */
import { deepStrictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { everyIncident, type HeatFilter } from '#domain/heat/heatFilter.ts'
import { storeHeat } from '../../server/heat/storeHeat.ts'
import { runChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import type { Line } from '../harness/row.ts'
import { whole } from '../harness/statistics.ts'
import { writeInvented } from '../import/inventedFile.ts'
import { leaderOf, openEngine } from './engine.ts'

const HALF = 100_000
const LEADER = leaderOf(STREET)
const always = everyIncident(Date.UTC(2023, 11, 1), Date.UTC(2026, 11, 1))
const FILTERS: readonly HeatFilter[] = [
  always,
  { ...always, from: Date.UTC(2025, 5, 1), to: Date.UTC(2026, 1, 1), category: ['streetTrading'] },
  { ...always, clockState: ['breached'], hour: [8, 9, 10] },
  { ...always, weekday: [1, 7], bounds: [121.8445, 30.554, 121.846, 30.556] },
]

export async function mirrorProof(say: (line: string) => void): Promise<Line> {
  const shared = mkdtempSync(join(tmpdir(), 'gridwatch-bench-'))
  const folder = await quietStreet()
  for (const half of [0, 1]) {
    const file = join(shared, `${half}.csv`)
    await writeInvented(file, HALF, half * HALF)
    await runChild(join(import.meta.dirname, '..', 'import', 'importFile.ts'), {
      cwd: folder.path,
      args: [file],
      env: { GRIDWATCH_DATABASE_URL: folder.databaseUrl },
      boundMs: 600_000,
    })
    // Made from the whole store the first time; read from its file and led on by the log the second.
    const engine = await openEngine(folder)
    await engine.close()
  }
  say(`  ${whole(2 * HALF)} incidents imported; the mirror written after the first half`)
  const engine = await openEngine(folder)
  const store = storeHeat(engine.app)
  const ns: number[] = []
  for (const filter of FILTERS) {
    const counted = await engine.heat.counts(LEADER, filter, 120)
    deepStrictEqual(counted, await store.counts(LEADER, filter, 120))
    deepStrictEqual(await engine.heat.times(LEADER, filter), await store.times(LEADER, filter))
    ns.push(counted.counts.n)
  }
  await engine.close()
  folder.remove()
  rmSync(shared, { recursive: true })
  return {
    what: `mirror = log: ${whole(2 * HALF)} imported incidents, half of them after the mirror was written`,
    gridwatch: `${FILTERS.length} filters, counts per cell and per hour: all equal (n ${ns.map(whole).join('; ')}, of those placed in the leader's areas)`,
    peer: 'the same counted from the store, incident by incident',
    ratio: '',
    reach: 'equal',
    holds: ns.every(n => n > 0),
  }
}
