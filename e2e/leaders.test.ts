import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore } from '../server/store/openStore.ts'
import { type Api, createApi } from './api.ts'
import { openScreen, startBrowser } from './browser.ts'
import { at, HALF_PAST_TWO, PERIODS, seed } from './leaders.street.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { COMMUNITY, IN_COMMUNITY, quietStreet, STREET, storeUrl } from './stores.ts'

const LONG_NAME = '安澜社区暨沿江历史文化风貌保护区与滨水公共空间联合治理片区（含三期安置房及临时过渡点位）'
const SIZE = { width: 1440, height: 900 }
let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser
let leader: Api
let desk: Api
let token: string
let seeded: Awaited<ReturnType<typeof seed>>

beforeAll(async () => {
  folder = await quietStreet()
  await renameLongest()
  server = await startServer(folder.path, HALF_PAST_TWO)
  desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  token = await makeToken(folder.path, 'leader', STREET)
  leader = createApi(server.url, token)
  seeded = await seed(desk, createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET)), leader)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

async function renameLongest(): Promise<void> {
  const store = await openStore(storeUrl(folder.path))
  const areas = await store.reference.areas()
  await store.reference.putAreas(
    areas.filter(area => area.name === '安澜社区').map(area => ({ ...area, name: LONG_NAME })),
  )
  await store.close()
}

const open = async (path: string, size = SIZE) => {
  const screen = await openScreen(browser, `${server.url}${path}#token=${token}`, size)
  await screen.page.locator('[data-basis]').first().waitFor()
  return screen
}
const AREAS = `/studio/areas?a=${PERIODS.a}&b=${PERIODS.b}`
const cell = (page: Page, area: string, figure: string) =>
  page.locator(`tr[data-area="${area}"] [data-figure="${figure}"]`)
const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-z])/g)?.length ?? 0

test('the table says what was counted by hand, and what the API says, of every area below', async () => {
  const { page, failures, close } = await open(AREAS)
  const summary = async (figure: string) => page.locator(`.summary [data-figure="${figure}"] b`).textContent()
  expect(await summary('reported')).toBe('4件')
  expect(await summary('open')).toBe('2件')
  expect(await summary('attainment.respond')).toBe('25.0%')
  expect(await summary('attainment.resolve')).toBe('50.0%')
  expect(await summary('onTimeClosure')).toBe('100.0%')
  expect(await cell(page, COMMUNITY, 'reported').textContent()).toContain('3+2')
  expect(await cell(page, COMMUNITY, 'attainment.resolve').textContent()).toContain('33.3')
  expect(await cell(page, COMMUNITY, 'attainment.resolve').textContent()).toContain('1/3')

  const { cohort } = await leader.ask<{
    cohort: {
      groups: {
        rows: {
          key: string
          reported: number
          open: number
          onTimeClosure: number | null
          clocks: { clock: string; attainment: number | null; p90Ms: number | null }[]
        }[]
      }[]
    }
  }>(`{ cohort(from: "${at('10:00')}", to: "${at('14:00')}", filter: { area: "990106008" }, groupBy: [AREA]) {
    groups { rows { key reported open onTimeClosure clocks { clock attainment p90Ms } } } } }`)
  const rows = cohort.groups[0]!.rows
  expect(rows).toHaveLength(8)
  for (const row of rows) {
    const shown = (figure: string) => cell(page, row.key, figure).getAttribute('data-value')
    expect(await shown('reported')).toBe(String(row.reported))
    expect(await shown('open')).toBe(String(row.open))
    expect(await shown('onTimeClosure')).toBe(String(row.onTimeClosure ?? ''))
    for (const clock of row.clocks)
      expect(await shown(`attainment.${clock.clock}`)).toBe(String(clock.attainment ?? ''))
    expect(await shown('p90.resolve')).toBe(String(row.clocks.find(({ clock }) => clock === 'resolve')?.p90Ms ?? ''))
  }
  expect(failures).toEqual([])
  await close()
})

test('a figure opens by keyboard to its formula, its incidents and their facts, and Back closes it', async () => {
  const { page, failures, close } = await open(AREAS)
  await cell(page, COMMUNITY, 'attainment.resolve').focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('[data-formula]').textContent()).toContain('1 ÷ 3 = 33.3%')
  await page.locator('[data-zone="figure"] [data-total="3"]').waitFor()
  expect(await page.locator('[data-zone="figure"]').textContent()).toContain('日志第')
  await page.locator('[data-part="part"]').click()
  await page.locator('[data-zone="figure"] [data-total="1"]').waitFor()
  await page.locator(`[data-zone="figure"] [data-incident="${seeded.closed}"]`).click()
  const { facts } = await leader.incident(seeded.closed)
  const rows = page.locator('[data-zone="figure"] tr[data-position]')
  await expect.poll(() => rows.count()).toBe(facts.length)
  expect(await rows.evaluateAll(all => all.map(row => Number((row as HTMLElement).dataset['position'])))).toEqual(
    facts.map(fact => fact.position),
  )
  expect(await rows.first().textContent()).toContain('10:00:00')
  expect(await rows.first().textContent()).toContain('补录')
  await page.goBack()
  await page.locator('[data-zone="figure"] [data-total]').waitFor()
  await page.goBack()
  await page.locator('[data-zone="figure"]').waitFor({ state: 'detached' })
  expect(failures).toEqual([])
  await close()
})

test('heads sort, names lead deeper and back, and the address holds all of it', async () => {
  const { page, failures, close } = await open(AREAS)
  const order = () =>
    page.locator('tbody tr[data-area]').evaluateAll(rows => rows.map(row => (row as HTMLElement).dataset['area']))
  expect((await order())[0]).toBe(COMMUNITY)
  await page.locator('[data-sort="attainment.resolve"]').click()
  await expect.poll(async () => (await order()).indexOf(COMMUNITY)).toBe(1)
  await page.locator('[data-sort="attainment.resolve"]').click()
  await expect.poll(async () => (await order())[0]).toBe(COMMUNITY)
  expect(new URL(page.url()).searchParams.get('order')).toBe('asc')
  await page.locator(`tr[data-area="${COMMUNITY}"] th a`).click()
  await expect.poll(() => page.locator('.summary [data-figure="reported"] b').textContent()).toBe('3件')
  // One was placed no deeper than the community itself.
  await expect.poll(() => cell(page, COMMUNITY, 'reported').getAttribute('data-value')).toBe('1')
  await page.goBack()
  await expect.poll(() => page.locator('.summary [data-figure="reported"] b').textContent()).toBe('4件')
  await page.locator('[data-control="period-b"]').selectOption('none')
  await page.locator('[data-change]').first().waitFor({ state: 'detached' })
  expect(failures).toEqual([])
  await close()
})

test('without an address of its own the page begins with today of the server, beside yesterday until now', async () => {
  const { page, close } = await open('/studio/areas')
  await expect.poll(() => page.locator('[data-control="from-a"]').inputValue()).toBe('2026-11-20 00:00')
  expect(await page.locator('[data-control="to-b"]').inputValue()).toMatch(/^2026-11-19 14:3\d$/)
  await expect.poll(() => page.locator('.summary [data-figure="reported"] b').textContent()).toBe('5件')
  await close()
})

test('an hour ago is what stood then; only what was known then is nothing yet', async () => {
  const { page, close } = await open(`${AREAS}&at=${encodeURIComponent(at('13:20'))}`)
  // Three were reported by then, one void; that of 13:30 was not there.
  await expect.poll(() => page.locator('.summary [data-figure="reported"] b').textContent()).toBe('3件')
  await page.locator('[data-control="known"]').check()
  await expect.poll(() => page.locator('.summary [data-figure="reported"] b').textContent()).toBe('0件')
  expect(await page.locator('[data-then]').textContent()).toContain('当时已入库')
  expect(await page.locator('[data-basis]').getAttribute('data-position')).toBe('0')
  await close()
})

test.each(['990106008', COMMUNITY])(
  'the reports of %s are one printed page each, and nothing on it runs over',
  async area => {
    for (const period of ['day', 'week', 'month'])
      for (const lang of ['zh', 'en']) {
        const { page, failures, close } = await open(`/studio/report?area=${area}&period=${period}&lang=${lang}`, {
          width: 1024,
          height: 768,
        })
        await page.emulateMedia({ media: 'print' })
        expect(await page.locator('.chrome').isVisible()).toBe(false)
        expect(pagesOf(await page.pdf({ preferCSSPageSize: true })), `${period} ${lang}`).toBe(1)
        expect(await page.locator('.sheet').evaluate(sheet => sheet.scrollWidth - sheet.clientWidth)).toBe(0)
        expect(failures).toEqual([])
        await close()
      }
  },
)

test('the daily report says what was counted by hand, and again for a past log position what it said then', async () => {
  const path = '/studio/report?area=990106008&period=day&date=2026-11-20'
  const figures = (page: Page) =>
    page
      .locator('.sheet [data-figure]')
      .evaluateAll(all =>
        all.map(each => [(each as HTMLElement).dataset['figure'], (each as HTMLElement).dataset['value']]),
      )
  const first = await open(path)
  const before = Object.fromEntries(await figures(first.page))
  expect(before).toMatchObject({
    reported: '5',
    open: '2',
    awaiting: '2',
    completion: '0.6',
    onTimeClosure: '1',
    satisfaction: '1',
  })
  const clock = (page: Page, name: string, what: string) =>
    page.locator(`[data-clock="${name}"] [data-cell="${what}"]`).textContent()
  expect([await clock(first.page, 'respond', 'met'), await clock(first.page, 'respond', 'breached')]).toEqual([
    '2',
    '3',
  ])
  expect([await clock(first.page, 'resolve', 'attainment'), await clock(first.page, 'resolve', 'p50')]).toEqual([
    '60.0',
    '14:00',
  ])
  // All of that day was told in the afternoon: three times what ended the clock, and one breach was voided.
  expect([await clock(first.page, 'respond', 'late'), await clock(first.page, 'resolve', 'late')]).toEqual(['3', '3'])
  expect(await clock(first.page, 'resolve', 'removedAfterBreach')).toBe('1')
  expect(await first.page.locator('[data-hour="10"]').getAttribute('data-n')).toBe('1')
  expect(await first.page.locator('[data-quality]').textContent()).toContain('无坐标 1')
  // Longest over its limit: reported at 11:00 and still open.
  expect(await first.page.locator('[data-table="worst"] tbody tr').first().getAttribute('data-incident')).toBe(
    seeded.ignored,
  )
  const position = await first.page.locator('[data-basis]').getAttribute('data-position')
  const foot = (await first.page.locator('.sheet footer').textContent()) ?? ''
  const [printed] = /\/studio\/report\?\S+/.exec(foot) ?? []
  expect(printed).toContain('known=')
  await first.page.locator('[data-figure="awaiting"] a').click()
  await first.page.locator('[data-zone="figure"] [data-total="2"]').waitFor()
  expect(first.failures).toEqual([])
  await first.close()

  await desk.give('report', { category: 'dispute', title: '后来的事', place: IN_COMMUNITY })
  const later = await open(path)
  expect(Object.fromEntries(await figures(later.page))['reported']).toBe('6')
  await later.close()
  const again = await open(printed!)
  expect(await figures(again.page)).toEqual(Object.entries(before))
  expect(await again.page.locator('[data-basis]').getAttribute('data-position')).toBe(position)
  expect(await again.page.locator('[data-known]').textContent()).toContain('按当时已知')
  await again.close()
})

test('figures of a report open to as many incidents as they say: by area, category, clock and hour', async () => {
  const { page, failures, close } = await open('/studio/report?area=990106008&period=day&date=2026-11-20')
  const links = [
    `[data-table="AREA"] [data-key="${COMMUNITY}"] [data-cell="reported"] a`,
    '[data-table="CATEGORY"] tbody tr:first-child [data-cell="reported"] a',
    '[data-clock="respond"] [data-cell="breached"] a',
    '[data-clock="resolve"] [data-cell="running"] a',
    '[data-clock="respond"] [data-cell="notApplicable"] a',
    '[data-clock="respond"] [data-cell="late"] a',
    '[data-clock="resolve"] [data-cell="removedAfterBreach"] a',
    '[data-hour="10"] a',
    '[data-quality] [data-figure="unlocated"]',
  ]
  for (const link of links) {
    const said = /\d+$/.exec(((await page.locator(link).textContent()) ?? '').trim())?.[0]
    await page.locator(link).click()
    await page.locator(`[data-zone="figure"] [data-total="${said}"]`).waitFor()
    expect(await page.locator('[data-shown] b').textContent(), link).toBe(said)
    expect(await page.locator('[data-zone="figure"] [role="alert"]').count(), link).toBe(0)
    await page.goBack()
    await page.locator('.sheet').waitFor()
  }
  await page.locator(`[data-table="worst"] [data-incident="${seeded.ignored}"] a`).first().click()
  await page.locator('[data-zone="figure"] tr[data-position]').first().waitFor()
  expect(failures).toEqual([])
  await close()
})
