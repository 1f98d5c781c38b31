import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { storeContract } from '../contract.ts'
import { duty, T0 } from '../contractSamples.ts'
import { openStore } from '../openStore.ts'
import { openSqlStore } from '../sqlEventStore.ts'
import { query, Unavailable } from '../steps.ts'
import { openSqliteEngine } from './sqliteEngine.ts'

storeContract(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  const file = join(folder, 'made', 'store.db')
  return {
    open: () => openStore(`file:${file}`),
    async sql(statement) {
      const database = new Database(file)
      database.exec(statement)
      database.close()
    },
    async drop() {
      rmSync(folder, { recursive: true })
    },
  }
})

test('the disk is waited for: synchronous stays FULL on the writing connection after the first write', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  const engine = openSqliteEngine(join(folder, 'store.db'))
  const raise = 'update reference_revision set revision = revision + 1 where id = 1'
  await engine.transaction(() => query(raise))
  for (const [pragma, value] of [
    ['synchronous', 2],
    ['journal_mode', 'wal'],
    ['foreign_keys', 1],
  ] as const)
    expect(await engine.transaction(() => query(`pragma ${pragma}`))).toEqual([[value]])
  await engine.close()
  rmSync(folder, { recursive: true })
})

test('the narrow tables that every write touches have no rowid', async () => {
  const engine = openSqliteEngine(':memory:')
  const rows = await engine.read(
    query("select name from pragma_table_list where wr = 1 and type = 'table' order by name"),
  )
  const narrow = ['area_counts', 'clocks', 'commands', 'duty_spans', 'incident_areas', 'last_positions', 'personal']
  expect(rows.flat()).toEqual([...narrow, 'positions', 'worker_states'])
  await engine.close()
})

test('while another process holds the file, appends wait without stopping the event loop', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  const store = await openStore(`file:${folder}/store.db`)
  const other = new Database(join(folder, 'store.db'))
  other.exec('begin immediate')
  const appended = store.append(duty('w1', 'dutyStarted', T0))
  let turns = 0
  while (turns < 50) await new Promise(resolve => setImmediate(() => resolve(turns++)))
  expect(await store.head()).toBe(0)
  other.exec('commit')
  expect(await appended).toEqual({ kind: 'appended', position: 1 })
  other.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

test('a file that stays held is told to all who wait, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  await (await openStore(`file:${folder}/store.db`)).close()
  const engine = openSqliteEngine(join(folder, 'store.db'), { busyTimeoutMs: 20 })
  const store = await openSqlStore(engine)
  const other = new Database(join(folder, 'store.db'))
  other.exec('begin immediate')
  const all = ['w1', 'w2', 'w3'].map(worker => store.append(duty(worker, 'dutyStarted', T0)))
  const outcomes = await Promise.allSettled(all)
  expect(outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason)).toEqual(
    Array(3).fill(expect.any(Unavailable)),
  )
  expect(new Set(outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason)).size).toBe(1)
  other.exec('commit')
  expect(await store.append(duty('w1', 'dutyStarted', T0))).toEqual({ kind: 'appended', position: 1 })
  other.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

test('a store of another version is not touched', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  await (await openStore(`file:${folder}/store.db`)).close()
  const database = new Database(join(folder, 'store.db'))
  database.exec("insert into migrations (hash, position) values ('newer', 1000)")
  database.close()
  await expect(openStore(`file:${folder}/store.db`)).rejects.toThrow('newer')
  rmSync(folder, { recursive: true })
})

test('what was acknowledged is there after the process was killed, and the store is whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-store-'))
  const url = `file:${folder}/store.db`
  const writer = `
    const { openStore } = await import(${JSON.stringify(new URL('../openStore.ts', import.meta.url).href)})
    const { report, samplePolicy } = await import(${JSON.stringify(new URL('../contractSamples.ts', import.meta.url).href)})
    const store = await openStore(${JSON.stringify(url)})
    await store.reference.putPolicies([samplePolicy])
    for (let no = 0; ; no++) store.append(report(no)).then(({ position }) => process.stdout.write(position + '\\n')),
      no % 8 || await new Promise(resolve => setImmediate(resolve))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer], { stdio: ['ignore', 'pipe', 'inherit'] })
  let acknowledged = ''
  await new Promise(resolve => {
    child.stdout.on('data', chunk => {
      acknowledged += chunk
      if (acknowledged.length > 1_000) child.kill('SIGKILL')
    })
    child.on('close', resolve)
  })
  const last = Number(acknowledged.slice(0, acknowledged.lastIndexOf('\n')).split('\n').at(-1))
  const store = await openStore(url)
  expect(last).toBeGreaterThan(100)
  expect(await store.head()).toBeGreaterThanOrEqual(last)
  expect(await store.verify()).toEqual([])
  await store.close()
  rmSync(folder, { recursive: true })
})
