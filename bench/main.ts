/** `npm run bench -- [row…] [--minutes N] [--data FOLDER]`: measures and writes the table of README.md. Stops by itself. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { clocks } from './clocks/clocks.ts'
import { conductor } from './conductor/conductor.ts'
import { fanOut } from './fanOut/fanOut.ts'
import { machine } from './harness/machine.ts'
import { type Measured, writeTable } from './harness/report.ts'
import type { Row } from './harness/row.ts'
import { heat } from './heat/heat.ts'
import { imports } from './import/imports.ts'
import { map } from './map/map.ts'
import { reports } from './reports/reports.ts'
import { stalled } from './stalled/stalled.ts'
import { workers } from './workers/workers.ts'

const ROWS: readonly Row[] = [reports, imports, fanOut, workers, clocks, heat, stalled, conductor, map]

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string' }, data: { type: 'string' } },
  allowPositionals: true,
})
const unknown = positionals.find(name => !ROWS.some(row => row.name === name))
const minutes = Number(values.minutes ?? 3)
const data = values.data ?? join(import.meta.dirname, '..', '..', 'shared', 'data')
if (unknown !== undefined || !(minutes >= 2)) {
  console.error(`npm run bench -- [${ROWS.map(row => row.name).join('|')}…] [--minutes N, 2 or more] [--data FOLDER]`)
  process.exit(2)
}

const about = machine()
const run = new Date().toISOString().slice(0, 16)
const measured: Measured[] = []
let table = ''
for (const row of ROWS) {
  if (positionals.length > 0 && !positionals.includes(row.name)) continue
  console.log(`── ${row.name}`)
  const lines = await row.run({ minutes, data, say: line => console.log(line) })
  measured.push({ row: row.name, lines })
  // After every row: a run that is stopped keeps what it has.
  table = await writeTable(measured, run, about)
}
console.log(`\n${table}`)
