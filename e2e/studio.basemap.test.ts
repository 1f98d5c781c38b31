/** The base map that an operator gives, under the studio's maps and the tracks': told in words where it can't be drawn. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { corruptArchive, MAKERS, startTianditu, WATER, waterArchive } from './baseMaps.ts'
import { openScreen, startBrowser, WAIT_MS } from './browser.ts'
import { colouredShare, colourShare } from './pixels.ts'
import { type Environment, makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { STILL, STREET } from './stores.ts'
import { control, counts, openStudio, PAST, SEEDED, seededStreet } from './studio.ts'

const HEAT_HUE = 295

let folder: Awaited<ReturnType<typeof seededStreet>>
let browser: Browser
let analyst: string
let leader: string
let server: ServerProcess | undefined

beforeAll(async () => {
  folder = await seededStreet()
  analyst = await makeToken(folder.path, 'analyst', STREET)
  leader = await makeToken(folder.path, 'leader', STREET)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

async function serve(environment: Environment): Promise<string> {
  await server?.stop()
  server = await startServer(folder.path, { ...STILL, ...environment })
  return server.url
}
const openOn = (url: string, query: string = PAST) => openStudio(browser, `${url}/studio?${query}#token=${analyst}`)

const pictureOf = (page: Page, map: string) => page.locator(`[data-map="${map}"] canvas`).first().screenshot()
const waterOn = async (page: Page, map: string) => colourShare(browser, await pictureOf(page, map), WATER)
async function violetOn(page: Page): Promise<number> {
  const picture = await pictureOf(page, 'A')
  return (await colouredShare(browser, picture, 0.04, [])) - (await colouredShare(browser, picture, 0.04, [HEAT_HUE]))
}

test('an archive is drawn under the heat of every map, its makers are named once, and another theme keeps it', async () => {
  const file = join(folder.path, 'city.pmtiles')
  writeFileSync(file, waterArchive())
  const url = await serve({ GRIDWATCH_BASEMAP: file })
  const studio = await openOn(url, `${PAST}&compare=side`)
  const { page } = studio
  await page.locator('[data-basemap="archive"]', { hasText: MAKERS }).waitFor()
  expect(await page.locator('[data-basemap]').count()).toBe(1)
  for (const map of ['A', 'B'])
    await expect.poll(() => waterOn(page, map), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.4)
  expect((await counts(page))[0]).toBe(SEEDED.all)
  await expect.poll(() => violetOn(page), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.005)
  await control(page, 'theme').click()
  await expect.poll(() => waterOn(page, 'A'), { timeout: WAIT_MS, interval: 2000 }).toBe(0)
  await control(page, 'theme').click()
  await expect.poll(() => waterOn(page, 'A'), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.4)
  expect(await page.locator('[data-trouble]').count()).toBe(0)
  expect(studio.failures).toEqual([])
  await studio.close()

  const tracks = await openScreen(browser, `${url}/studio/tracks#token=${leader}`)
  await tracks.page.locator('[data-basemap="archive"]', { hasText: MAKERS }).waitFor()
  const shareOf = async () => colourShare(browser, await tracks.page.locator('section.map').screenshot(), WATER)
  await expect.poll(shareOf, { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.4)
  expect(tracks.failures).toEqual([])
  await tracks.close()
})

test.each<[string, Buffer | null, string]>([
  ['a corrupt archive', corruptArchive(), '底图文件已损坏'],
  ['a missing one', null, '找不到底图文件'],
])(
  'with %s the studio counts and draws the heat over the streets it has, and says why there is no more',
  async (_, bytes, words) => {
    const file = join(folder.path, 'city.pmtiles')
    if (bytes) writeFileSync(file, bytes)
    else rmSync(file, { force: true })
    const url = await serve({ GRIDWATCH_BASEMAP: file })
    const studio = await openOn(url)
    const { page } = studio
    await page.locator('[data-map="A"] [data-trouble]', { hasText: words }).waitFor()
    expect(await counts(page)).toEqual([SEEDED.all])
    await expect.poll(() => violetOn(page), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.005)
    expect(studio.failures).toEqual([])
    await studio.close()

    const tracks = await openScreen(browser, `${url}/studio/tracks#token=${leader}`)
    await tracks.page.locator('section.map [data-trouble]', { hasText: words }).waitFor()
    expect(tracks.failures).toEqual([])
    await tracks.close()
  },
)

test("Tianditu's pictures come by way of the server; without them the studio goes on and says so", async () => {
  const tianditu = await startTianditu()
  try {
    const environment = { GRIDWATCH_TIANDITU_URL: tianditu.url, GRIDWATCH_TIANDITU_KEY: 'the-key' } as const
    const studio = await openOn(await serve(environment))
    await studio.page.locator('[data-basemap="tianditu"]').waitFor()
    await expect
      .poll(() => tianditu.asked.some(path => path.startsWith('/cva_w/wmts?')), { timeout: WAIT_MS })
      .toBe(true)
    expect(await counts(studio.page)).toEqual([SEEDED.all])
    expect(studio.requests.filter(address => address.includes(tianditu.url) || address.includes('the-key'))).toEqual([])
    await studio.close()

    tianditu.isWell = false
    const without = await openOn(await serve(environment))
    await without.page.locator('[data-trouble="tianditu.refused"]').waitFor()
    expect(await counts(without.page)).toEqual([SEEDED.all])
    expect(without.failures).toEqual([])
    await without.close()
  } finally {
    tianditu.stop()
  }
})
