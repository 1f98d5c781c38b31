import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { main } from './main.ts'

const PERIOD = ['--from', '2026-03-01T00:00:00+08:00', '--to', '2026-03-03T00:00:00+08:00']
const SECRET = 'a secret of at least 32 characters'

async function run(url: string, args: readonly string[]) {
  const err: string[] = []
  const env = { GRIDWATCH_DATABASE_URL: url, GRIDWATCH_SECRET: SECRET }
  const code = await main(args, { env, out: () => {}, err: line => void err.push(line), progress: null })
  return { code, err }
}

function noStore(): { folder: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-none-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return { folder, file: join(folder, 'var', 'city.db') }
}

test.each([
  ['summary', ...PERIOD],
  ['export', 'incidents', ...PERIOD, '--format', 'csv', '--out', '/nowhere/file.csv'],
  ['verify'],
  ['rebuild'],
  ['token', '--list'],
  ['token', '--role', 'wall', '--area', '1'],
])('%s %s refuses a store that is not there, by its whole path, and makes none', async (...args) => {
  const { folder, file } = noStore()
  const { code, err } = await run(`file:${file}`, args)
  expect({ code, lines: err.length }).toEqual({ code: 2, lines: 1 })
  expect(err[0]).toContain(`there is no store ${file}: set GRIDWATCH_DATABASE_URL`)
  expect(existsSync(join(folder, 'var'))).toBe(false)
})

test.each([
  ['token', '--role', 'wall', '--area', 'X'],
  ['summary', ...PERIOD, '--area', 'X'],
])('%s says in which store there is no such area', async (...args) => {
  const { url } = await testApp()
  const { code, err } = await run(url, args)
  expect({ code, err }).toEqual({ code: 2, err: [expect.stringContaining(`there is no area X in the store ${url}`)] })
})
