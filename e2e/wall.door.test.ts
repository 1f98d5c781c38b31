import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'
import { appears, idsIn, inspect, linkIs, openScreen, openWall, startBrowser } from './browser.ts'
import { givePhone } from './phone.ts'
import { gridwatch, makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { COMMUNITY, IN_COMMUNITY, IN_NEXT, quietStreet, STILL, STREET, WORKER } from './stores.ts'

let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser
let desk: Api
let inside: string
let next: string

beforeAll(async () => {
  folder = await quietStreet()
  server = await startServer(folder.path, STILL)
  desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  inside = await desk.give('report', { category: 'streetTrading', title: '早餐摊占道', place: IN_COMMUNITY })
  next = await desk.give('report', { category: 'streetTrading', title: '烧烤摊占道', place: IN_NEXT })
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('without a token there is a code and no data; who approves the code lets the wall in', async () => {
  const screen = await openScreen(browser, `${server.url}/wall`)
  const { page } = screen
  const code = await page.locator('[data-pairing-code]').getAttribute('aria-label')
  expect(code).toMatch(/^[A-Z2-9]{6}$/)
  expect(await page.locator('[data-zone], [data-incident]').count()).toBe(0)
  expect(screen.requests.filter(address => /graphql|\/basemap|\/heat/.test(address))).toEqual([])

  const refused = await gridwatch(folder.path, ['token', '--role', 'wall', '--area', STREET, '--pair', 'AAAAAAAA'])
  expect(refused.code).toBe(2)
  const paired = await gridwatch(folder.path, ['token', '--role', 'wall', '--area', STREET, '--pair', code!])
  expect(paired).toMatchObject({ code: 0, out: `paired ${code}\n` })
  await linkIs(page, 'live')
  await appears(page, 'queue', inside)
  expect((await idsIn(page, 'queue')).toSorted()).toEqual([inside, next].toSorted())
  expect(screen.failures).toEqual([])
  await screen.close()
})

test('the token leaves the address at once and stays with the screen', async () => {
  const token = await makeToken(folder.path, 'wall', STREET)
  const wall = await openWall(browser, `${server.url}/wall?lang=zh#token=${token}`)
  expect(wall.page.url()).toBe(`${server.url}/wall?lang=zh`)
  expect(await wall.page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
  await wall.page.reload()
  await linkIs(wall.page, 'live')
  expect(wall.requests.filter(address => address.includes(token))).toEqual([])
  await wall.close()
})

test('a revoked token shows the pairing code again, and no data', async () => {
  const token = await makeToken(folder.path, 'wall', STREET, ['--name', 'to be revoked'])
  const wall = await openWall(browser, `${server.url}/wall#token=${token}`)
  const { out } = await gridwatch(folder.path, ['token', '--list', '--json'])
  const row = (JSON.parse(out) as { id: string; name: string | null }[]).find(each => each.name === 'to be revoked')
  expect((await gridwatch(folder.path, ['token', '--revoke', row!.id])).code).toBe(0)
  await wall.page.locator('[data-pairing-code]').waitFor()
  expect(await wall.page.locator('[data-zone], [data-incident]').count()).toBe(0)
  await wall.close()
})

test('the wall of a community shows that community alone', async () => {
  const wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', COMMUNITY)}`)
  await appears(wall.page, 'queue', inside)
  expect(await idsIn(wall.page, 'queue')).toEqual([inside])
  const shown = await inspect(wall.page)
  expect(shown.incidents.map(incident => incident.id)).toEqual([inside])
  expect(shown.areas.length).toBeGreaterThan(1)
  expect(shown.areas.filter(code => !code.startsWith(COMMUNITY) && !COMMUNITY.startsWith(code))).toEqual([])
  await wall.close()
})

test('a fix that a phone posts moves its worker on the map; one off duty and one from a stranger do not', async () => {
  const phone = await givePhone(server, folder.path, WORKER)
  const wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', STREET)}`)
  const { page } = wall
  const until = (lng: number) =>
    page.waitForFunction(x => window.gridwatch?.inspect()?.workers.some(worker => Math.abs(worker.lng - x) < 1e-6), lng)
  const { lng, lat } = IN_COMMUNITY
  const begin = Math.ceil(Date.now() / 1000) * 1000
  expect(await phone.send({ lng: lng - 0.001, lat }, begin - 60_000)).toBe(200) // acknowledged, and not kept
  await desk.startDuty(WORKER)
  expect(await phone.send({ lng, lat }, begin + 1000)).toBe(200)
  await until(lng)
  expect(await phone.send({ lng: lng + 0.0001, lat }, begin + 3000)).toBe(200)
  await until(lng + 0.0001)
  const { workers } = await inspect(page)
  expect(workers).toEqual([{ id: WORKER, lng: lng + 0.0001, lat, at: begin + 3000 }])

  const stranger = await fetch(`${server.url}/feeds/owntracks/pub`, { method: 'POST', body: '{}' })
  expect(stranger.status).toBe(401)
  expect(wall.failures).toEqual([])
  await wall.close()
})
