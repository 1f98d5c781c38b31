/** The base map that an operator gives: drawn under what happens, and told in words where it can't be. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './api.ts'
import { corruptArchive, MAKERS, startTianditu, WATER, waterArchive } from './baseMaps.ts'
import { appears, openWall, startBrowser, WAIT_MS } from './browser.ts'
import { colourShare } from './pixels.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, quietStreet, STILL, STREET } from './stores.ts'

let folder: Awaited<ReturnType<typeof quietStreet>>
let browser: Browser
let token: string
let server: ServerProcess | undefined
let incident: string

beforeAll(async () => {
  folder = await quietStreet()
  const first = await startServer(folder.path, STILL)
  const desk = createApi(first.url, await makeToken(folder.path, 'dispatcher', STREET))
  incident = await desk.give('report', { category: 'dispute', title: '物业费争议', place: IN_COMMUNITY })
  token = await makeToken(folder.path, 'wall', STREET)
  await first.stop()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

async function wallWith(environment: { readonly [name: `GRIDWATCH_${string}`]: string }) {
  await server?.stop()
  server = await startServer(folder.path, { ...STILL, ...environment })
  return openWall(browser, `${server.url}/wall#token=${token}`)
}

const shareOf = async (page: Page, colour: string) =>
  colourShare(browser, await page.locator('[data-zone="map"]').screenshot(), colour)

test('a vector archive is drawn under the incidents, with its makers named', async () => {
  const file = join(folder.path, 'city.pmtiles')
  writeFileSync(file, waterArchive())
  const wall = await wallWith({ GRIDWATCH_BASEMAP: file })
  await appears(wall.page, 'map', incident)
  await wall.page.locator('[data-basemap="archive"]', { hasText: MAKERS }).waitFor()
  await expect.poll(() => shareOf(wall.page, WATER), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.4)
  expect(await wall.page.locator('[data-trouble]').count()).toBe(0)
  expect(wall.failures).toEqual([])
  await wall.close()
})

test.each<[string, Buffer | null, string]>([
  ['a corrupt archive', corruptArchive(), '底图文件已损坏'],
  ['a missing one', null, '找不到底图文件'],
])(
  'with %s the wall shows what happens, the streets it has, and says why there is no more',
  async (_, bytes, words) => {
    const file = join(folder.path, 'city.pmtiles')
    if (bytes) writeFileSync(file, bytes)
    else rmSync(file, { force: true })
    const wall = await wallWith({ GRIDWATCH_BASEMAP: file })
    await appears(wall.page, 'map', incident)
    await appears(wall.page, 'queue', incident)
    await wall.page.locator('[data-zone="map"] [data-trouble]', { hasText: words }).waitFor()
    expect(server?.output()).toContain('the base map cannot be read')
    expect(wall.failures).toEqual([])
    await wall.close()
  },
)

test("Tianditu's pictures come by way of the server; without them the wall goes on and says so", async () => {
  const tianditu = await startTianditu()
  try {
    const environment = { GRIDWATCH_TIANDITU_URL: tianditu.url, GRIDWATCH_TIANDITU_KEY: 'the-key' } as const
    const wall = await wallWith(environment)
    await wall.page.locator('[data-basemap="tianditu"]').waitFor()
    await expect
      .poll(() => tianditu.asked.some(path => path.startsWith('/cva_w/wmts?')), { timeout: WAIT_MS })
      .toBe(true)
    expect(wall.requests.filter(address => address.includes(tianditu.url) || address.includes('the-key'))).toEqual([])
    await wall.close()

    tianditu.isWell = false
    const without = await wallWith(environment)
    await appears(without.page, 'map', incident)
    await without.page.locator('[data-trouble="tianditu.refused"]').waitFor()
    expect(without.failures).toEqual([])
    await without.close()
  } finally {
    tianditu.stop()
  }
})
