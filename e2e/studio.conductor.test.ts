/** The studio's time conductor: everything as of any instant, and never taken for the present. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { linkIs } from './browser.ts'
import { layoutFaults, overlaps } from './layout.ts'
import { seededStudio } from './seededStudio.ts'
import { control, counts, drawn, PAST, parameters, windingStreet } from './studio.ts'

const studio = seededStudio(windingStreet)
/** Of the seeded Monday, as of the present. */
const ALL = 6

const slider = (page: Page) => page.locator('[data-zone="conductor"]').getByRole('slider')
const tray = (page: Page, name: string) => page.locator('[data-zone="conductor"]').getByRole('button', { name })
const asOf = (page: Page) => parameters(page).get('asOf')
/** What the map, its head, the matrix and the trend each say. */
const said = async (page: Page) => [
  (await counts(page))[0],
  Number(await page.locator('[data-map="A"] [data-n]').getAttribute('data-n')),
  Number(await page.locator('[data-matrix]').getAttribute('data-n')),
  Number(await page.locator('[data-trend]').getAttribute('data-sum')),
]
const allSay = async (page: Page, n: number) => expect.poll(() => said(page)).toEqual([n, n, n, n])

test('an address with an instant shows everything as it stood then, under a frame that says so', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2026-11-02T08:11`)
  await linkIs(page, 'replay')
  await allSay(page, 5)
  expect(await page.locator('[data-replay]').textContent()).toMatch(/回放 11月2日 .*08:11/)
  expect(await page.locator('[data-zone="header"] .then').textContent()).toContain('回放 11-02 08:11')
  // What it leads to stands for the same instant.
  expect(await page.locator('[data-zone="header"] a').first().getAttribute('href')).toContain(
    'at=2026-11-02T00:11:00.000Z',
  )
  // The header's own clock goes on, and with it the connection.
  expect(await page.locator('[data-zone="header"] [data-state="live"]').count()).toBe(1)
  await page.locator('[data-map="A"] [data-n]').click()
  const rows = page.locator('[data-drawer] [data-incident]')
  await expect.poll(() => rows.count()).toBe(5)
  for (let i = 0; i < 5; i++) {
    await rows.nth(i).locator('button').first().click()
    const facts = rows.nth(i).locator('ul')
    await facts.waitFor()
    expect(await facts.textContent()).not.toContain('作废')
  }
  await control(page, 'closeDrawer').click()
  await control(page, 'openExport').click()
  expect(await page.locator('[data-export] [data-as-of]').textContent()).toContain('08:11')
  await page.reload()
  await allSay(page, 5)
  expect(asOf(page)).toBe('2026-11-02T08:11')
  await studio.close()
})

test('keys move the instant minute by minute and day by day, and lead back to the present', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2026-11-02T08:10`)
  await allSay(page, 0) // a period ends before its end
  await slider(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => asOf(page)).toBe('2026-11-02T08:11')
  await allSay(page, 5)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => asOf(page)).toBe('2026-11-02T08:12')
  await allSay(page, 3)
  await page.keyboard.press('End')
  await expect.poll(() => asOf(page)).toBe('2026-11-02T23:59')
  await allSay(page, ALL)
  await tray(page, '前一天').click()
  await expect.poll(() => asOf(page)).toBe('2026-11-01T23:59')
  await allSay(page, 0)
  expect(await page.locator('[data-map="A"] .said').textContent()).toContain('尚未开始')
  await slider(page).focus()
  await page.keyboard.press('n')
  await expect.poll(() => parameters(page).has('asOf')).toBe(false)
  await linkIs(page, 'live')
  await allSay(page, ALL)
  expect(await page.locator('[data-replay]').count()).toBe(0)
  await studio.close()
})

test('by what was known then, what was told late is not there yet', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2026-11-02T12:10`)
  await allSay(page, ALL)
  await page.getByRole('switch', { name: '当时所见' }).click()
  await expect.poll(() => parameters(page).get('known')).toBe('then')
  await allSay(page, 3)
  expect(await page.locator('[data-replay]').textContent()).toContain('按当时所见')
  await page.locator('[data-map="A"] [data-n]').click()
  await expect.poll(() => page.locator('[data-drawer] [data-incident]').count()).toBe(3)
  await page.getByRole('switch', { name: '当时所见' }).click()
  await expect.poll(() => parameters(page).has('known')).toBe(false)
  await allSay(page, ALL)
  await studio.close()
})

test('a hand scrubs it, it plays on from there, and where it is stopped stands in the address', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2026-11-02T00:00`)
  const box = (await slider(page).boundingBox())!
  const xAt = (hour: number) => box.x + (box.width * hour) / 24
  await page.mouse.move(xAt(2), box.y + 8)
  await page.mouse.down()
  await page.mouse.move(xAt(6), box.y + 8, { steps: 5 })
  await page.mouse.move(xAt(10), box.y + 8, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => asOf(page)).toMatch(/^2026-11-02T(09:5\d|10:0\d)$/)
  await allSay(page, 3)

  const before = asOf(page)!
  await page.getByRole('radio', { name: '240×' }).click()
  await tray(page, '播放').click()
  await page.locator('[data-playing]').waitFor()
  expect(await page.locator('[data-replay]').textContent()).toContain('240×')
  await page.waitForFunction(
    from => Number(document.querySelector<HTMLElement>('[data-replay]')?.dataset['asOf']) >= from + 600_000,
    Date.parse(`${before}+08:00`),
  )
  await tray(page, '暂停').click()
  await page.locator('[data-playing]').waitFor({ state: 'detached' })
  await expect
    .poll(async () => Date.parse(`${asOf(page)}+08:00`) - Number(await slider(page).getAttribute('aria-valuenow')))
    .toBeGreaterThan(-60_000)
  await drawn(page)
  const shownAt = await page.locator('[data-replay]').getAttribute('data-as-of')
  expect(Date.parse(`${asOf(page)}+08:00`)).toBe(Number(shownAt))
  expect(asOf(page)! > before).toBe(true)
  await tray(page, '回到实时').click()
  await linkIs(page, 'live')
  await allSay(page, ALL)
  await studio.close()
})

test('where an answer does not come it stops there and says so, and goes on when it is asked again', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2026-11-02T06:00`)
  await page.getByRole('radio', { name: '240×' }).click()
  await tray(page, '播放').click()
  await page.locator('[data-playing]').waitFor()
  await page.route('**/heat/**', route => route.fulfill({ status: 503, body: '' }))
  await page.locator('[data-map="A"] [role="alert"]').waitFor()
  await page.locator('[data-playing]').waitFor({ state: 'detached' })
  expect(await page.locator('[data-map="A"] [role="alert"]').textContent()).toContain('服务器应答 503')
  expect(await page.locator('[data-map="A"] [data-n], [data-matrix][data-n]').count()).toBe(0)
  await linkIs(page, 'replay')
  await page.unroute('**/heat/**')
  await page.locator('[data-map="A"] [role="alert"] button').click()
  await allSay(page, 0)
  await slider(page).focus()
  await page.keyboard.press('End')
  await allSay(page, ALL)
  await studio.close()
})

test('an instant that has not come is named and left out', async () => {
  const { page } = await studio.open(`${PAST}&asOf=2096-11-02T08:10`)
  await page.locator('[data-dropped]').waitFor()
  expect(await page.locator('[data-dropped]').textContent()).toContain('asOf=2096-11-02T08:10')
  await expect.poll(() => parameters(page).has('asOf')).toBe(false)
  expect(await counts(page)).toEqual([ALL])
  await studio.close()
})

test.each([
  { width: 1280, height: 800 },
  { width: 3840, height: 2160 },
])('at $width×$height a replay says its instant and its speeds, and no text is cut or lies on another', async size => {
  const { page } = await studio.open(`${PAST}&compare=side&asOf=2026-11-02T12:10&known=then`, size)
  const faults: string[] = []
  for (const lang of ['zh', 'en']) {
    if (lang === 'en') await control(page, 'lang').click()
    await page.waitForFunction(code => document.documentElement.lang.startsWith(code), lang)
    const found = [...(await page.evaluate(layoutFaults, [])), ...(await page.evaluate(overlaps))]
    // The filters may be longer than the screen: that zone scrolls.
    faults.push(...found.filter(fault => !/^(side|quality):.*is cut: y/.test(fault)).map(fault => `${lang} ${fault}`))
  }
  expect.soft(faults).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width)
  await studio.close()
})
