import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from './api.ts'
import { appears, inspect, openWall, startBrowser, type Wall } from './browser.ts'
import { hangingBells, layoutFaults, overlaps } from './layout.ts'
import { colouredShare } from './pixels.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { fullStreet, IN_COMMUNITY, IN_NEXT, MOMENTS, quietStreet, STILL, STREET } from './stores.ts'

const SIZES = [
  { width: 1920, height: 1080, dpr: 1, k: '1', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  { width: 1920, height: 1080, dpr: 2, k: '1', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  { width: 3840, height: 2160, dpr: 1, k: '1', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  { width: 7680, height: 2160, dpr: 1, k: '1', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  { width: 1920, height: 1080, dpr: 1, k: '0.8', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  { width: 1920, height: 1080, dpr: 1, k: '1.25', zones: ['header', 'runway', 'map', 'queue', 'side', 'conductor'] },
  {
    width: 5760,
    height: 1080,
    dpr: 1,
    k: '1',
    zones: ['header', 'runway', 'map', 'focusA', 'focusB', 'queue', 'side', 'conductor'],
  },
]
const LOOKS = [
  { theme: 'dark', lang: 'zh' },
  { theme: 'light', lang: 'en' },
  { theme: 'dark', lang: 'en' },
  { theme: 'light', lang: 'zh' },
]
/** Hues that are no state, in OKLCH degrees: the heat's violet, the selection's blue. */
const HEAT_HUE = 295
const ACCENT_HUE = 232

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())

describe('the demo street, in full swing', () => {
  let folder: Awaited<ReturnType<typeof fullStreet>>
  let server: ServerProcess
  let token: string

  beforeAll(async () => {
    folder = await fullStreet()
    server = await startServer(folder.path, STILL)
    token = await makeToken(folder.path, 'wall', STREET)
  })
  afterAll(async () => {
    await server?.stop()
    folder?.remove()
  })

  test.each(SIZES)(
    '$width×$height at $dpr, k $k: every zone stands and holds its text',
    async ({ width, height, dpr, k, zones }) => {
      const at = MOMENTS[2]
      const address = `${server.url}/wall?${new URLSearchParams({ at, k })}#token=${token}`
      const wall = await openWall(browser, address, { width, height }, dpr)
      const { page } = wall
      await filled(page)
      const seams = width / height >= 4 ? [width / 3, (2 * width) / 3] : []
      const faults: string[] = []
      for (const { theme, lang } of LOOKS) {
        await look(page, { at, k, theme, lang })
        for (const zone of zones) expect(await page.locator(`[data-zone="${zone}"]`).count(), zone).toBe(1)
        const found = [
          ...(await page.evaluate(layoutFaults, seams)),
          ...(await page.evaluate(overlaps)),
          ...(await page.evaluate(hangingBells)),
        ]
        faults.push(...found.map(fault => `${theme} ${lang} ${fault}`))
      }
      expect.soft(faults).toEqual([])
      expect(
        await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]),
      ).toEqual([width, height])

      // Every pixel of the screen is one of the canvas: nothing is drawn small and stretched.
      const canvas = page.locator('[data-zone="map"] canvas').first()
      const box = (await canvas.boundingBox())!
      const { gl } = await inspect(page)
      expect([gl.width, gl.height]).toEqual([Math.round(box.width * dpr), Math.round(box.height * dpr)])
      expect(outside(wall, server.url)).toEqual([])
      expect(wall.failures).toEqual([])
      await wall.close()
    },
  )

  test.each(MOMENTS.slice(0, 2))('at %s no text lies on another or is cut', async at => {
    const address = `${server.url}/wall?${new URLSearchParams({ at })}#token=${token}`
    const wall = await openWall(browser, address)
    await filled(wall.page)
    expect(await wall.page.evaluate(layoutFaults, [])).toEqual([])
    expect(await wall.page.evaluate(overlaps)).toEqual([])
    await wall.close()
  })
})

describe('a quiet street', () => {
  let folder: Awaited<ReturnType<typeof quietStreet>>
  let server: ServerProcess
  let token: string

  beforeAll(async () => {
    folder = await quietStreet()
    server = await startServer(folder.path, STILL)
    token = await makeToken(folder.path, 'wall', STREET)
  })
  afterAll(async () => {
    await server?.stop()
    folder?.remove()
  })

  test.each(['dark', 'light'])('where nothing is at risk, hardly a pixel of the %s wall has a colour', async theme => {
    const wall = await openWall(browser, `${server.url}/wall?theme=${theme}#token=${token}`)
    const desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
    await wall.page.locator('[data-zone="conductor"] .day').waitFor()
    const empty = await colouredShare(browser, await wall.page.screenshot(), 0.04, [])
    expect(empty).toBeLessThan(0.02)

    const ids: string[] = []
    for (const place of [IN_COMMUNITY, IN_NEXT])
      ids.push(await desk.give('report', { category: 'cityAppearance', title: '落叶堵塞雨水口', place }))
    for (const id of ids) await appears(wall.page, 'map', id)
    const calm = await colouredShare(browser, await wall.page.screenshot(), 0.04, [HEAT_HUE, ACCENT_HUE])
    console.log(`${theme}: ${percent(empty)} coloured when empty, ${percent(calm)} with two normal incidents`)
    expect(calm).toBeLessThan(0.02)
    for (const id of ids) await desk.give('resolve', { incident: id })
    await wall.close()
  })
})

/** The panels have their figures and the queue its rows. */
async function filled(page: Page): Promise<void> {
  await page.locator('[data-zone="conductor"] .day').waitFor()
  await page.locator('[data-zone="queue"] [data-incident]').first().waitFor()
  await page.locator('[data-zone="side"] .panel-head').first().waitFor()
  await page.locator('[data-zone="runway"] .stats .attainment small').first().waitFor()
}

/** Changes theme and language as the address does, without loading the page again. */
async function look(page: Page, asked: { at: string; k: string; theme: string; lang: string }): Promise<void> {
  await page.evaluate(query => {
    history.pushState(history.state, '', `${location.pathname}?${query}`)
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }))
  }, new URLSearchParams(asked).toString())
  await page.waitForFunction(
    ([wanted, language]) => {
      const { dataset, lang } = document.documentElement
      return dataset['theme'] === wanted && lang.startsWith(language!)
    },
    [asked.theme, asked.lang],
  )
}

const outside = (wall: Wall, url: string) =>
  wall.requests.filter(address => !/^(data|blob):/.test(address) && new URL(address).host !== new URL(url).host)
const percent = (share: number) => `${(share * 100).toFixed(2)} %`
