import { beforeEach, expect, test } from 'vitest'
import { HOUR, MINUTE, STREET, T0, WEST_1 } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { expiryFrom, type TokenRequest, type Tokens, tokens } from './tokens.ts'

const SECRET = 'a secret of at least 32 characters'
const dispatcher: TokenRequest = {
  ...{ role: 'dispatcher', areas: [STREET], worker: null, device: null, name: '值班台', expiresAt: null },
}

let street: TestApp
let access: Tokens
beforeEach(async () => {
  street = await testApp()
  access = tokens(street.app, SECRET)
})

test('a token says who asks, and the worker behind it what they lead', async () => {
  expect(await access.viewer(await access.issue(dispatcher))).toMatchObject({
    ...{ role: 'dispatcher', areas: [STREET], worker: null, leads: [], device: null, name: '值班台' },
  })
  const phone = await access.issue({ ...dispatcher, role: 'worker', worker: 'w1' })
  expect(await access.viewer(phone)).toMatchObject({ role: 'worker', worker: 'w1', leads: [WEST_1] })
})

test('what is stored opens nothing: neither the hash nor the token under another secret', async () => {
  const token = await access.issue(dispatcher)
  const [row] = await access.list()
  expect(JSON.stringify(row)).not.toContain(token)
  expect(await access.viewer(row!.hash)).toBeNull()
  expect(await tokens(street.app, `${SECRET}!`).viewer(token)).toBeNull()
  for (const wrong of ['', 'x', token.slice(1)]) expect(await access.viewer(wrong)).toBeNull()
})

test('a token ends at its instant', async () => {
  const token = await access.issue({ ...dispatcher, expiresAt: T0 + HOUR })
  street.clock.now = T0 + HOUR - 1
  expect(await access.viewer(token)).not.toBeNull()
  street.clock.now = T0 + HOUR
  expect(await access.viewer(token)).toBeNull()
})

test('a revoked token opens nothing any more, in another process too', async () => {
  const token = await access.issue(dispatcher)
  const { tokenId } = (await access.viewer(token))!
  const other = tokens((await street.another()).app, SECRET)
  expect(await other.viewer(token)).not.toBeNull()
  expect(await access.revoke(tokenId)).toBe(true)
  expect([await access.viewer(token), await other.viewer(token)]).toEqual([null, null])
  expect([await access.revoke(tokenId), await access.revoke('x')]).toEqual([false, false])
})

test('a standing token is the same at every start, is stored once, and stays revoked', async () => {
  const wall = { ...dispatcher, role: 'wall', name: 'demo wall' } as const
  const first = await access.standing(wall)
  const again = tokens((await street.another()).app, SECRET)
  expect(await again.standing(wall)).toBe(first)
  expect(await again.standing({ ...wall, name: 'demo desk' })).not.toBe(first)
  expect((await access.list()).length).toBe(2)
  await access.revoke((await access.viewer(first))!.tokenId)
  await access.standing(wall)
  expect(await access.viewer(first)).toBeNull()
})

test('a screen is paired by the code that it shows, once', async () => {
  const candidate = 'the token that the page made for itself'
  const { code, expiresAt } = await access.pair(candidate)
  expect(code).toMatch(/^[A-HJKMNP-Z2-9]{6}$/)
  expect(expiresAt).toBe(T0 + 10 * MINUTE)
  expect(await access.viewer(candidate)).toBeNull()
  expect(await access.approve('ZZZZZZ', dispatcher)).toBe(false)
  const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3)} `
  expect(await access.approve(typed, { ...dispatcher, role: 'wall' })).toBe(true)
  expect(await access.viewer(candidate)).toMatchObject({ role: 'wall', areas: [STREET] })
  expect(await access.approve(code, dispatcher)).toBe(false)
})

test('a code that is over pairs nothing', async () => {
  const { code, expiresAt } = await access.pair('candidate')
  street.clock.now = expiresAt
  expect(await access.approve(code, dispatcher)).toBe(false)
  expect(await access.viewer('candidate')).toBeNull()
})

test('a screen that is paired again gets what it was given last', async () => {
  for (const role of ['wall', 'dispatcher'] as const) {
    const { code } = await access.pair('candidate')
    expect(await access.approve(code, { ...dispatcher, role })).toBe(true)
    expect(await access.viewer('candidate')).toMatchObject({ role })
  }
})

test.each([
  ['P30D', 30 * 24 * HOUR],
  ['P2W', 14 * 24 * HOUR],
  ['P1W1D', 8 * 24 * HOUR],
  ['P', null],
  ['30', null],
  ['PT1H', null],
])('--expires %s', (text, ms) => {
  expect(expiryFrom(text, T0)).toBe(ms === null ? null : T0 + ms)
})
