import { beforeEach, expect, test } from 'vitest'
import { type Tokens, tokens } from '../access/tokens.ts'
import { MINUTE, T0 } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { pairingRoute } from './pairing.ts'
import type { Route } from './router.ts'

const CANDIDATE = 'x'.repeat(43)

let street: TestApp
let access: Tokens
let route: Route
beforeEach(async () => {
  street = await testApp()
  access = tokens(street.app, 'a secret of at least 32 characters')
  route = pairingRoute(access, street.app.time.now)
})

async function ask(method: string, client: string, candidate = CANDIDATE): Promise<number | undefined> {
  const url = new URL('http://x/pair')
  const headers = { authorization: `Bearer ${candidate}` }
  return (await route(new Request(url, { method, headers }), url, client))?.status
}
async function times(n: number, method: string, client: string): Promise<(number | undefined)[]> {
  const answers = []
  for (let i = 0; i < n; i++) answers.push(await ask(method, client))
  return [...new Set(answers)]
}

test('one address that asks for codes without end locks only itself out, for a minute', async () => {
  expect(await times(20, 'POST', 'a')).toEqual([200])
  expect(await times(200, 'POST', 'a')).toEqual([429])
  expect(await ask('POST', 'b')).toBe(200)
  street.clock.now = T0 + MINUTE
  expect(await ask('POST', 'a')).toBe(200)
})

test('looking whether a code was approved is counted too', async () => {
  expect(await times(600, 'GET', 'a')).toEqual([200])
  expect([await ask('GET', 'a'), await ask('GET', 'b')]).toEqual([429, 200])
})

test('all addresses together get so many codes and no more', async () => {
  const answers = []
  for (let i = 0; i < 601; i++) answers.push(await ask('POST', `client ${i}`))
  expect(answers.indexOf(429)).toBe(600)
})

test('what is no candidate, or no way of asking, counts for nothing', async () => {
  expect([await ask('POST', 'a', 'short'), await ask('PUT', 'a')]).toEqual([400, 405])
})
