import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { main } from './main.ts'

const GRIDWATCH = fileURLToPath(new URL('../gridwatch.js', import.meta.url))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gridwatch-main-'))
  const made = folder
  onTestFinished(() => rmSync(made, { recursive: true }))
})

async function run(args: readonly string[], env: { readonly [name: string]: string }) {
  const err: string[] = []
  const code = await main(args, { env, out: () => {}, err: line => void err.push(line), progress: null })
  return { code, err }
}

test('a file that is no database is refused by name', async () => {
  const file = join(folder, 'notes.txt')
  writeFileSync(file, 'A shopping list, and a long one, so that it is longer than the header of a database.'.repeat(3))
  const { code, err } = await run(['verify'], { GRIDWATCH_DATABASE_URL: `file:${file}` })
  expect({ code, err }).toEqual({
    code: 2,
    err: [
      `gridwatch verify: GRIDWATCH_DATABASE_URL names file:${file}, which cannot be opened: the file is no SQLite database; make it reachable, or set another: file:PATH or postgres://…`,
    ],
  })
})

test('a folder in the place of the file is refused by name', async () => {
  const { code, err } = await run(['verify'], { GRIDWATCH_DATABASE_URL: `file:${folder}` })
  expect({ code, err }).toEqual({ code: 2, err: [expect.stringContaining(`file:${folder}, which cannot be opened`)] })
})

test.each(['127.0.0.1', 'localhost'])(
  'a PostgreSQL on %s that is not there is refused, without its password',
  async host => {
    const { code, err } = await run(['verify'], { GRIDWATCH_DATABASE_URL: `postgres://me:secret@${host}:1/city` })
    expect({ code, lines: err.length }).toEqual({ code: 2, lines: 1 })
    expect(err[0]).toMatch(/GRIDWATCH_DATABASE_URL names postgres:\/\/…@.*does not answer: connect ECONNREFUSED/)
    expect(err[0]).not.toContain('secret')
  },
)

test('TLS files that are not there or hold something else stop the start with the variable that names them', async () => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const env = { GRIDWATCH_DATABASE_URL: `file:${folder}/a.db`, GRIDWATCH_TLS_CERT: cert, GRIDWATCH_TLS_KEY: key }
  const start = async () => {
    const { code, err } = await run(['start'], env)
    expect({ code, lines: err.length }).toEqual({ code: 2, lines: 1 })
    return err[0]
  }
  expect(await start()).toContain(`GRIDWATCH_TLS_CERT is "${cert}", which cannot be read`)
  writeFileSync(cert, 'a certificate, some day')
  expect(await start()).toContain(`GRIDWATCH_TLS_KEY is "${key}", which cannot be read`)
  writeFileSync(key, 'a key, some day')
  expect(await start()).toContain('give two PEM files that belong together')
})

test('a secret that can be kept nowhere is told with the variable that takes one', async () => {
  const { url } = await testApp()
  writeFileSync(join(folder, 'var'), 'a file where the folder should be')
  const child = spawn(process.execPath, [GRIDWATCH, 'token', '--list'], {
    cwd: folder,
    env: { ...process.env, GRIDWATCH_DATABASE_URL: url, GRIDWATCH_SECRET: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const complaints = text(child.stderr)
  expect(await once(child, 'close')).toEqual([2, null])
  expect(await complaints).toMatch(
    /^gridwatch token: .*var\/secret can be neither made nor read .* set GRIDWATCH_SECRET\n$/,
  )
})

test('a reader who stops reading, as head does, ends nothing and hears no complaint', async () => {
  const child = spawn(process.execPath, [GRIDWATCH, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const complaints = text(child.stderr)
  expect(await once(child, 'close')).toEqual([0, null])
  expect(await complaints).toBe('')
})
