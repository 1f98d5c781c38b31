/** Imports a file into the store of the environment, and says how long it took and in how many commits. */
import { importIncidents } from '../../server/imports/importIncidents.ts'
import { openApp } from '../../server/openApp.ts'
import { tell } from '../harness/child.ts'
import { MAPPING } from './inventedFile.ts'

export type Imported = {
  readonly incidents: number
  readonly refused: number
  readonly commits: number
  readonly tookMs: number
  readonly cpuMs: number
}

const app = await openApp(process.env)
let commits = 0
app.store.onCommit(() => commits++)
const cpu = process.cpuUsage()
const begun = performance.now()
const { incidents, refused } = await importIncidents(app, process.argv[2] ?? '', MAPPING)
const tookMs = performance.now() - begun
const { user, system } = process.cpuUsage(cpu)
await app.store.close()
if (refused.length > 0) throw new Error(`refused: ${JSON.stringify(refused[0])}`)
const imported: Imported = {
  incidents: incidents ?? 0,
  refused: refused.length,
  commits,
  tookMs,
  cpuMs: (user + system) / 1000,
}
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
tell(imported)
