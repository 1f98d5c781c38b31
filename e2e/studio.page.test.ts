import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { linkIs, openScreen } from './browser.ts'
import { layoutFaults, overlaps } from './layout.ts'
import { seededStudio } from './seededStudio.ts'
import { gridwatch, makeToken, startServer } from './serverProcess.ts'
import { COMMUNITY, STILL, STREET } from './stores.ts'
import { control, counts, drawn, openStudio, PAST, parameters, SEEDED, seededStreet, shown } from './studio.ts'

const studio = seededStudio()
const saved = (page: Page, name: string) => page.locator(`[data-saved="${name}"]`)

test('without a token there is a code and no data; a role that may not read is told so', async () => {
  const screen = await openScreen(studio.browser, `${studio.server.url}/studio`)
  const code = await screen.page.locator('[data-pairing-code]').getAttribute('aria-label')
  expect(screen.requests.filter(url => /graphql|\/basemap|\/heat/.test(url))).toEqual([])
  const paired = await gridwatch(studio.folder, ['token', '--role', 'analyst', '--area', COMMUNITY, '--pair', code!])
  expect(paired.code).toBe(0)
  await screen.page.locator('[data-zone="map"]').waitFor()
  await drawn(screen.page)
  // An analyst of one community sees that community alone.
  const { areas } = await shown(screen.page)
  expect(areas.filter(area => !area.startsWith(COMMUNITY) && !COMMUNITY.startsWith(area))).toEqual([])
  await screen.close()

  const stranger = await makeToken(studio.folder, 'reporter', STREET)
  const refused = await openScreen(studio.browser, `${studio.server.url}/studio#token=${stranger}`)
  await refused.page.locator('[role="alert"]').waitFor()
  expect(await refused.page.locator('[data-zone]').count()).toBe(0)
  await refused.close()
})

test('a reload gives the same picture; what the address says wrongly is named, left out and taken away', async () => {
  const query = `${PAST}&category=dispute&bandwidth=250&quantity=perKm2&breaks=1,2,4&classes=quantile&weekday=2`
  const { page } = await studio.open(query)
  const before = await shown(page)
  expect(before).toMatchObject({ heat: { unit: 'perKm2', bandwidthM: 250, domain: [1, 2, 4] } })
  expect(before.maps[0]!.n).toBe(SEEDED.tuesday)
  await page.reload()
  const { maps, heat } = await shown(page)
  expect({ maps, heat }).toEqual({ maps: before.maps, heat: before.heat })

  await page.goto(`${studio.server.url}/studio?${PAST}&bandwidth=5&area=110101&hour=25`)
  await page.locator('[data-dropped]').waitFor()
  const said = await page.locator('[data-dropped]').textContent()
  for (const wrong of ['bandwidth=5', 'area=110101', 'hour=25']) expect(said).toContain(wrong)
  await expect.poll(() => [...parameters(page).keys()]).toEqual(['from', 'to'])
  expect(await counts(page)).toEqual([SEEDED.all])
  await page.locator('[data-dropped] button').click()
  await page.locator('[data-dropped]').waitFor({ state: 'detached' })
  await studio.close()
})

test('a view that was saved under a name comes back, and can be forgotten', async () => {
  const { page } = await studio.open(`${PAST}&category=dispute`)
  const form = page.locator('[data-zone="side"] form')
  await form.locator('input').fill('周二纠纷')
  await form.locator('button').click()
  await saved(page, '周二纠纷').waitFor()
  await page.locator('[data-category="dispute"]').uncheck({ force: true })
  await expect.poll(() => counts(page)).toEqual([SEEDED.all])
  await page.reload()
  await drawn(page)
  await saved(page, '周二纠纷').locator('button').first().click()
  await expect.poll(() => counts(page)).toEqual([SEEDED.tuesday])
  expect(parameters(page).getAll('category')).toEqual(['dispute'])
  await saved(page, '周二纠纷').locator('button').last().click()
  await saved(page, '周二纠纷').waitFor({ state: 'detached' })
  await studio.close()
})

test('a number opens down to its incidents, each with its facts and its place on the map', async () => {
  const { page } = await studio.open(`${PAST}&weekday=2`)
  await page.locator('[data-map="A"] [data-n]').click()
  const rows = page.locator('[data-drawer] [data-incident]')
  await expect.poll(() => rows.count()).toBe(SEEDED.tuesday)
  await rows.first().locator('button').first().click()
  await rows.first().locator('ul').waitFor()
  expect(await rows.first().locator('ul').textContent()).toContain('立案')
  await expect.poll(() => parameters(page).has('at')).toBe(true)
  expect(Number(parameters(page).get('map')!.split(',')[2])).toBeGreaterThanOrEqual(16)
  await control(page, 'closeDrawer').click()
  await page.locator('[data-drawer]').waitFor({ state: 'detached' })
  await studio.close()
})

test('what stands on the map leaves as a file, with its parameters beside it', async () => {
  const { page } = await studio.open(PAST)
  await control(page, 'openExport').click()
  await page.locator('[data-format="geotiff"]').uncheck()
  await page.locator('[data-format="csv"]').check()
  await control(page, 'what').locator('input[value="areas"]').check({ force: true })
  await control(page, 'export').click()
  await page.locator('[data-job="done"]').waitFor()
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('[data-take="file"]').click()])
  expect(file.suggestedFilename()).toMatch(/^gridwatch-areas-.*\.csv$/)
  const [sidecar] = await Promise.all([page.waitForEvent('download'), page.locator('[data-take="sidecar"]').click()])
  expect(sidecar.suggestedFilename()).toMatch(/\.csv\.json$/)
  await studio.close()
})

test('what the figures leave out is counted, and a server that is gone is said', async () => {
  const own = await seededStreet()
  const mortal = await startServer(own.path, STILL)
  const screen = await openStudio(
    studio.browser,
    `${mortal.url}/studio?${PAST}#token=${await makeToken(own.path, 'analyst', STREET)}`,
  )
  const { page } = screen
  await linkIs(page, 'live')
  expect(await page.locator('[data-unlocated]').getAttribute('data-unlocated')).toBe('0')
  expect(await page.locator('[data-outside]').getAttribute('data-outside')).toBe('0')
  await expect.poll(() => page.locator('[data-gaps]').count()).toBe(1)
  expect(await page.locator('[data-piles]').getAttribute('data-piles')).toBe('0')
  await mortal.kill()
  await linkIs(page, 'stale')
  await page.locator('[data-state="stale"]').waitFor()
  // What cannot be asked is not shown as if it were answered.
  await page.locator('[data-category="dispute"]').check({ force: true })
  await page.locator('[data-map="A"] [role="alert"]').waitFor()
  expect(await page.locator('[data-map="A"] [data-n]').count()).toBe(0)
  await screen.close()
  own.remove()
})

test.each([
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
])('at $width×$height every zone stands and no text is cut or lies on another', async size => {
  const { page } = await studio.open(`${PAST}&compare=side&alpha=0.05`, size)
  const faults: string[] = []
  for (const lang of ['zh', 'en']) {
    if (lang === 'en') await control(page, 'lang').click()
    await page.waitForFunction(code => document.documentElement.lang.startsWith(code), lang)
    for (const zone of ['header', 'side', 'map', 'scale', 'matrix', 'trend', 'quality'])
      expect(await page.locator(`[data-zone="${zone}"]`).count(), zone).toBe(1)
    const found = [...(await page.evaluate(layoutFaults, [])), ...(await page.evaluate(overlaps))]
    // The filters may be longer than the screen: that zone scrolls.
    faults.push(...found.filter(fault => !/^(side|quality):.*is cut: y/.test(fault)).map(fault => `${lang} ${fault}`))
  }
  expect.soft(faults).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width)
  await studio.close()
})

test('the wall loads nothing of the studio, and the studio nothing of the wall', async () => {
  const { requests } = await studio.open(PAST)
  expect(requests.filter(url => /WallFace|WallMap|deck/.test(url))).toEqual([])
  const { host } = new URL(studio.server.url)
  expect(requests.filter(url => !/^(data|blob):/.test(url) && new URL(url).host !== host)).toEqual([])
  await studio.close()
  const wall = await openScreen(
    studio.browser,
    `${studio.server.url}/wall#token=${await makeToken(studio.folder, 'wall', STREET)}`,
  )
  await linkIs(wall.page, 'live')
  expect(wall.requests.filter(url => /Studio|picture/i.test(url))).toEqual([])
  await wall.close()
})
