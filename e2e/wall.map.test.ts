import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './api.ts'
import { appears, mark, openWall, startBrowser } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, IN_NEXT, quietStreet, STILL, STREET } from './stores.ts'

let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  folder = await quietStreet()
  server = await startServer(folder.path, STILL)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('keys move a map that has the focus, and never turn it: north stays up', async () => {
  const desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  const report = (title: string, place: typeof IN_COMMUNITY) =>
    desk.give('report', { category: 'facilityDamage', title, place })
  const ids = [await report('路灯不亮', IN_COMMUNITY), await report('护栏损坏', IN_NEXT)] as const
  const wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', STREET)}`)
  const { page } = wall
  for (const id of ids) await appears(page, 'map', id)
  const spots = () => Promise.all(ids.map(id => spotOf(page, id)))
  const [one, other] = await spots()

  await page.locator('[data-zone="map"] .maplibregl-canvas').first().focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(async () => (await spotOf(page, ids[0])).x).not.toBe(one!.x)
  const [moved, otherMoved] = await spots()
  expect(moved!.y).toBeCloseTo(one!.y, 0)
  expect(otherMoved!.x - moved!.x).toBeCloseTo(other!.x - one!.x, 0)
  expect(otherMoved!.y - moved!.y).toBeCloseTo(other!.y - one!.y, 0)
  expect(wall.failures).toEqual([])
  await wall.close()
})

/** Where a pin stands on the map, in CSS pixels. */
const spotOf = (page: Page, id: string) =>
  mark(page, 'map', id).evaluate(pin => {
    const { m41, m42 } = new DOMMatrix((pin as HTMLElement).style.transform)
    return { x: m41, y: m42 }
  })
