/** `npm test`: the whole gate. Every stage runs, whatever failed before; the last line sums them. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number }
type Stage = { readonly name: string; run(folder: string): Promise<Tally> }

const STAGES: readonly Stage[] = [
  { name: 'lint', run: () => one('biome', ['check', '.']) },
  { name: 'types', run: () => one('vue-tsc', ['--noEmit']) },
  { name: 'unit', run: folder => suite('unit', ['run'], folder) },
  { name: 'build', run: () => one('vite', ['build', '--logLevel', 'warn']) },
  { name: 'browser', run: folder => suite('browser', ['run', '--config', 'e2e/vitest.config.ts'], folder) },
]

const only = process.argv.slice(2)
const folder = await mkdtemp(join(tmpdir(), 'gridwatch-gate-'))
const tallies: Tally[] = []
for (const stage of STAGES) {
  if (only.length > 0 && !only.includes(stage.name)) continue
  console.log(`\n── ${stage.name}`)
  const tally = await stage.run(folder)
  tallies.push(tally)
  console.log(`   ${stage.name}: ${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`)
}
await rm(folder, { recursive: true })
const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0)
if (sum('skipped') > 0) console.log(`\n${sum('skipped')} skipped (each says why above)`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1

/** A stage that is right or wrong as a whole. */
async function one(command: string, args: readonly string[]): Promise<Tally> {
  const ok = (await exitCode(command, args)) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

/** A vitest run. A run that dies without its report, or that fails outside a test, counts as one failure more. */
async function suite(name: string, args: readonly string[], folder: string): Promise<Tally> {
  const report = join(folder, `${name}.json`)
  const code = await exitCode('vitest', [
    ...args,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const text = await readFile(report, 'utf8').catch(() => null)
  if (text === null) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text)
  const failedOutside = code !== 0 && numFailedTests === 0 ? 1 : 0
  return { passed: numPassedTests, failed: numFailedTests + failedOutside, skipped: numPendingTests + numTodoTests }
}

function exitCode(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', code => resolve(code ?? 1))
  })
}
