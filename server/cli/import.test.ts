import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/testApp.ts'
import { anotherStore } from './anotherStore.ts'
import { main } from './main.ts'

const POLICY = fileURLToPath(new URL('../../fixtures/sf-fire-calls-2020/policy.json', import.meta.url))

let folder: string
let store: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gridwatch-import-'))
  store = join(folder, 'var', 'city.db')
  const made = folder
  onTestFinished(() => rmSync(made, { recursive: true }))
})

async function run(args: readonly string[], url = `file:${store}`) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { out: (line: string) => void out.push(line), err: (line: string) => void err.push(line), progress: null }
  const code = await main(['import', ...args], { env: { GRIDWATCH_DATABASE_URL: url }, ...io })
  return { code, out, err }
}

test('an import says by its whole path which store it made, once', async () => {
  expect((await run(['policies', POLICY])).out).toContain(`The store file:${store} was made.`)
  expect((await run(['policies', POLICY])).out.join('\n')).not.toContain('The store')
  expect(JSON.parse((await run(['policies', POLICY, '--json'])).out[0]!)).toMatchObject({ store: `file:${store}` })
})

test('a store that is there and holds nothing is named too', async () => {
  const { url } = await testApp(async () => {})
  expect((await run(['policies', POLICY], url)).out).toContain(`The store ${url} was empty.`)
})

test('a dry run makes no store, and says that there is none', async () => {
  const { code, out } = await run(['policies', POLICY, '--dry-run'])
  expect({ code, made: existsSync(store) }).toEqual({ code: 0, made: false })
  expect(out).toContain(`There is no store file:${store} yet: checked against an empty one.`)
})

test('real data is refused by a demo store, and another one is named to type', async () => {
  const { url } = await testApp(demo => demo.reference.putSetting('demo', true))
  const { code, err } = await run(['policies', POLICY], url)
  expect({ code, err }).toEqual({
    code: 2,
    err: [expect.stringMatching(/demo street.*=file:var\/city(-\d+)?\.db before/)],
  })
})

test('the store to type instead is never the one at hand', () => {
  const nowhere = () => false
  expect(anotherStore('file:var/gridwatch.db', nowhere)).toBe('file:var/city.db')
  expect(anotherStore('file:var/city.db', nowhere)).toBe('file:var/city-2.db')
  expect(anotherStore('postgres://host/city', nowhere)).toBe('file:var/city.db')
  expect(anotherStore('postgres://host/city', file => file === 'var/city.db')).toBe('file:var/city-2.db')
})
