import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './api.ts'
import { appears, inspect, mark, openWall, startBrowser, type Wall } from './browser.ts'
import { givePhone } from './phone.ts'
import { differingShare } from './pixels.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, quietStreet, STILL, STREET, WORKER } from './stores.ts'

let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser
let wall: Wall

beforeAll(async () => {
  folder = await quietStreet()
  server = await startServer(folder.path, STILL)
  browser = await startBrowser()
  wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', STREET)}`)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('a lost GPU context is said, and the whole map comes back', async () => {
  const { page } = wall
  const desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  const phone = await givePhone(server, folder.path, WORKER)
  await desk.startDuty(WORKER)
  const id = await desk.give('report', { category: 'facilityDamage', title: '路灯不亮', place: IN_COMMUNITY })
  await appears(page, 'map', id)
  // A server knows a phone that another process registered a moment later; a phone tells again.
  await expect
    .poll(async () => {
      await phone.send({ lng: IN_COMMUNITY.lng + 0.0008, lat: IN_COMMUNITY.lat }, Date.now() + 1000)
      return (await inspect(page)).workers.length
    })
    .toBe(1)
  const before = await still(page)

  const canvases = await page.evaluate(loseContexts)
  expect(canvases).toBe(2) // MapLibre's and deck.gl's
  await page.waitForFunction(() => window.gridwatch?.inspect()?.gl.lost === true)
  await page.locator('[data-zone="map"] [data-gl-lost]').waitFor()
  const banner = page.locator('[data-zone="map"] .banner')
  expect(await banner.textContent()).toContain('地图显示中断')
  await page.evaluate(inEnglish)
  await expect.poll(() => banner.textContent()).toContain('Map interrupted')
  const picture = () => page.locator('.maplibregl-canvas').first().screenshot()
  expect(await differingShare(browser, before, await picture())).toBeGreaterThan(0.02)
  // Pins are HTML: they stand and go on counting while the canvases are gone.
  expect(await mark(page, 'map', id).count()).toBe(1)

  await page.evaluate(() => window.restoreContexts())
  await page.waitForFunction(() => window.gridwatch?.inspect()?.gl.lost === false)
  await page.locator('[data-zone="map"] [data-gl-lost]').waitFor({ state: 'detached' })
  await banner.waitFor({ state: 'detached' })
  await expect.poll(async () => differingShare(browser, before, await picture())).toBeLessThan(0.02)
  const after = await inspect(page)
  expect(after.incidents.map(incident => incident.id)).toEqual([id])
  expect(after.workers.map(worker => worker.id)).toEqual([WORKER])
  expect(after.areas.length).toBeGreaterThan(0)

  // It lives on: what comes now is drawn as before.
  const next = await desk.give('report', { category: 'facilityDamage', title: '护栏损坏', place: IN_COMMUNITY })
  await appears(page, 'map', next)
  expect(wall.failures).toEqual([])
})

/** The map's picture once it no longer changes. */
async function still(page: Page): Promise<Buffer> {
  const canvas = page.locator('.maplibregl-canvas').first()
  let last = await canvas.screenshot()
  await expect
    .poll(async () => {
      const next = await canvas.screenshot()
      const share = await differingShare(browser, last, next)
      last = next
      return share
    })
    .toBeLessThan(0.001)
  return last
}

/** In the page: the same wall in English, as its address would say it. */
function inEnglish(): void {
  history.pushState(history.state, '', `${location.pathname}?lang=en`)
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
}

declare global {
  interface Window {
    restoreContexts(): void
  }
}

/** In the page: how many canvases of the map lost their context. */
function loseContexts(): number {
  const canvases = [...document.querySelectorAll<HTMLCanvasElement>('[data-zone="map"] canvas')]
  const extensions = canvases.map(canvas => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context'))
  window.restoreContexts = () => {
    for (const extension of extensions) extension?.restoreContext()
  }
  for (const extension of extensions) extension?.loseContext()
  return extensions.filter(extension => extension != null).length
}
