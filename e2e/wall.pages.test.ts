import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'
import { appears, idsIn, inspect, mark, openWall, startBrowser } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { COMMUNITY, IN_COMMUNITY, IN_NEXT, quietStreet, STILL, STREET } from './stores.ts'

let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser
let desk: Api
let token: string

beforeAll(async () => {
  folder = await quietStreet()
  server = await startServer(folder.path, STILL)
  desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  token = await makeToken(folder.path, 'wall', STREET)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('every page carries its policy and loads nothing from elsewhere', async () => {
  const page = await fetch(`${server.url}/wall`)
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/https?:|\*/)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  const html = await page.text()
  expect(html.match(/(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toBeNull()

  const wall = await openWall(browser, `${server.url}/wall#token=${token}`)
  const { host } = new URL(server.url)
  const elsewhere = wall.requests.filter(address => !/^(data|blob):/.test(address) && new URL(address).host !== host)
  expect(elsewhere).toEqual([])
  expect(wall.requests.some(address => address.startsWith('ws:'))).toBe(true)
  expect(wall.failures).toEqual([])
  await wall.close()
})

test('an area of the address is what the wall shows; a step back shows the street again', async () => {
  const inside = await desk.give('report', { category: 'dispute', title: '物业费争议', place: IN_COMMUNITY })
  const next = await desk.give('report', { category: 'dispute', title: '停车位争执', place: IN_NEXT })
  const wall = await openWall(browser, `${server.url}/wall?area=${COMMUNITY}#token=${token}`)
  const { page } = wall
  await appears(page, 'queue', inside)
  expect(await idsIn(page, 'queue')).toEqual([inside])
  expect((await inspect(page)).incidents.map(incident => incident.id)).toEqual([inside])
  expect(await page.locator('[data-zone="header"] nav').textContent()).toContain('白鹭社区')

  await page.locator('[data-zone="header"] nav a', { hasText: '锦汀街道' }).click()
  await appears(page, 'queue', next)
  expect(new URL(page.url()).searchParams.has('area')).toBe(false)
  await page.goBack()
  await mark(page, 'queue', next).waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.get('area')).toBe(COMMUNITY)
  expect(wall.failures).toEqual([])
  await wall.close()
})

test('a click on the map opens the area there with its plate, and Back closes it', async () => {
  const wall = await openWall(browser, `${server.url}/wall#token=${token}`)
  const { page } = wall
  const canvas = page.locator('[data-zone="map"] canvas').first()
  await canvas.waitFor()
  const box = (await canvas.boundingBox())!
  // The middle of the street is always in some grid; software GL may need a moment until it takes clicks.
  await expect
    .poll(
      async () => {
        if (new URL(page.url()).searchParams.has('area')) return true
        await page.mouse.click(box.x + box.width * 0.52, box.y + box.height * 0.5)
        return new URL(page.url()).searchParams.has('area')
      },
      { timeout: 60_000, interval: 3000 },
    )
    .toBe(true)
  const code = new URL(page.url()).searchParams.get('area')!
  expect((await inspect(page)).areas).toContain(code)
  await page.locator(`[data-zone="map"] [data-area="${code}"]`).waitFor()

  await page.goBack()
  await page.waitForFunction(() => !location.search.includes('area='))
  await page.waitForFunction(
    area => document.querySelector(`[data-zone="header"] .below`) === null && !location.search.includes(area),
    code,
  )
  expect(wall.failures).toEqual([])
  await wall.close()
})
