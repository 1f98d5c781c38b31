import { beforeEach, expect, test } from 'vitest'
import { ROLES } from '../access/viewer.ts'
import { EAST, STREET, WEST } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { main } from './main.ts'

let street: TestApp
beforeEach(async () => {
  street = await testApp()
})

async function run(...args: string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: string[][] = [[], []]
  const env = { GRIDWATCH_DATABASE_URL: street.url, GRIDWATCH_SECRET: 'a secret of at least 32 characters' }
  const io = { env, out: (line: string) => out!.push(line), err: (line: string) => err!.push(line), progress: null }
  return { code: await main(['token', ...args], io), out: out!, err: err! }
}

test('a token is printed alone, listed without its hash, and revoked by its id', async () => {
  const made = await run('--role', 'dispatcher', '--area', `${WEST},${EAST}`, '--name', '值班台', '--expires', 'P30D')
  expect(made.code).toBe(0)
  expect(made.out).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
  const [listed] = JSON.parse((await run('--list', '--json')).out[0]!) as { id: string }[]
  expect(listed).toMatchObject({ role: 'dispatcher', areas: [WEST, EAST], name: '值班台', revokedAt: null })
  expect(listed).not.toHaveProperty('hash')
  expect(await run('--revoke', listed!.id)).toMatchObject({ code: 0, out: [`revoked ${listed!.id}`] })
  expect(await run('--revoke', listed!.id)).toMatchObject({ code: 2, out: [] })
})

test('a telephone that another worker had is theirs no longer', async () => {
  const device = ['--role', 'device', '--area', STREET, '--device', 'phone-1']
  expect((await run(...device, '--worker', 'w3')).code).toBe(0)
  const rows = (await street.app.store.reference.devices()).filter(({ key }) => key === 'phone-1')
  expect(rows).toMatchObject([{ worker: 'w1' }, { worker: 'w3', validTo: null }])
  expect(rows[0]!.validTo).toBe(rows[1]!.validFrom)
  // A second token for the same person and telephone hands over nothing.
  expect((await run(...device, '--worker', 'w3')).code).toBe(0)
  expect(await street.app.store.reference.devices()).toHaveLength(3)
})

test.each([
  ['a role that there is not', ['--role', 'king', '--area', STREET]],
  ['no area', ['--role', 'wall']],
  ['an area that there is not', ['--role', 'wall', '--area', '9']],
  ['a worker’s token without the worker', ['--role', 'worker', '--area', STREET]],
  ['a worker that there is not', ['--role', 'worker', '--area', STREET, '--worker', 'w9']],
  ['a worker behind a wall', ['--role', 'wall', '--area', STREET, '--worker', 'w1']],
  ['a device with a person’s role', ['--role', 'worker', '--area', STREET, '--worker', 'w1', '--device', 'x']],
  ['an end that is none', ['--role', 'wall', '--area', STREET, '--expires', 'tomorrow']],
  ['a code that no screen shows', ['--role', 'wall', '--area', STREET, '--pair', 'ABCDEF']],
])('%s: one line says what is wrong, exit 2, nothing done', async (_, args) => {
  const { code, out, err } = await run(...args)
  expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 })
  expect(await street.app.store.reference.tokens()).toEqual([])
})

test('a wrong role or area is told with those that there are', async () => {
  expect((await run('--role', 'boss', '--area', STREET)).err[0]).toMatch(
    /--role is "boss", expected one of wall, worker, .*device/,
  )
  const { err } = await run('--role', 'wall', '--area', 'NOPE')
  expect(err[0]).toContain(
    `there is no area NOPE in the store ${street.url}, which has ${STREET} 试街街道, ${WEST} 西苑,`,
  )
})

test('the help says of every role what it may do', async () => {
  const { out } = await run('--help')
  for (const role of ROLES) expect(out.join('\n')).toMatch(new RegExp(`^  ${role} +\\S`, 'm'))
})
