import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../server/simulator/random.ts'
import { type Api, createApi } from './api.ts'
import { idsIn, inspect, linkIs, openScreen, openWall, startBrowser, type Wall } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { fullStreet, STILL, STREET } from './stores.ts'

const MINUTE = 60_000
const DAY_START = Date.parse('2026-11-20T00:00:00+08:00')
const NOON = Date.parse('2026-11-20T12:40:00+08:00')

let folder: Awaited<ReturnType<typeof fullStreet>>
let server: ServerProcess
let browser: Browser
let api: Api
let token: string

beforeAll(async () => {
  folder = await fullStreet()
  server = await startServer(folder.path, STILL)
  token = await makeToken(folder.path, 'wall', STREET)
  api = createApi(server.url, token)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

const open = (query: string) => openWall(browser, `${server.url}/wall?${query}#token=${token}`)
const openAtNoon = () => open(`at=${encodeURIComponent(new Date(NOON).toISOString())}`)
const track = (page: Page) => page.getByRole('slider')
const wantedAt = async (page: Page) => Number(await track(page).getAttribute('aria-valuenow'))

/** The instant that the conductor is at is the one that the map was handed. */
async function settled(page: Page): Promise<number> {
  await page.waitForFunction(() => {
    const slider = document.querySelector('[role="slider"]')
    return slider !== null && window.gridwatch?.inspect()?.at === Number(slider.getAttribute('aria-valuenow'))
  })
  return wantedAt(page)
}
const settledAt = (page: Page, at: number) =>
  page.waitForFunction(wanted => window.gridwatch?.inspect()?.at === wanted, at)

/** The controls stay as long as the keyboard is on one of them. */
const wake = (page: Page) => page.getByRole('button', { name: /^(播放|暂停)$/ }).focus()

/** All that the heat's legend says from now on. */
async function legends(page: Page): Promise<() => Promise<string[]>> {
  const said = await page.locator('.heat-legend-title').evaluateHandle(legend => {
    const texts = [legend.textContent]
    const observer = new MutationObserver(() => texts.push(legend.textContent))
    observer.observe(legend, { characterData: true, childList: true, subtree: true })
    return texts
  })
  return () => said.jsonValue()
}

/** Head, queue count, pins and figures of the screen are those of the API's own read of that instant. */
async function agreesWithApi({ page }: Wall, at: number): Promise<void> {
  const ids = await api.openIds(new Date(at).toISOString())
  const total = page.locator('[data-zone="queue"] .total')
  await expect.poll(() => total.textContent()).toBe(String(ids.length))
  const shown = await inspect(page)
  expect(shown.head).toBe(await api.head())
  const placed = shown.incidents.map(({ id }) => id)
  expect(placed).toEqual(expect.arrayContaining(ids))
  expect(await page.locator('.flow .row b.figure').nth(1).textContent()).toBe(String(ids.length))
  for (const id of await idsIn(page, 'queue')) expect(ids).toContain(id)
}

test('dragged along the day, the whole screen follows, with one question for the day and none left over', async () => {
  const wall = await openAtNoon()
  const { page } = wall
  await settledAt(page, NOON)
  const box = (await track(page).boundingBox())!
  const random = seededRandom('drag')
  const said = await legends(page)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + box.width * 0.5, y)
  await page.mouse.down()
  // From its second instant on a hand that has not let go scrubs.
  await expect.poll(() => wantedAt(page)).not.toBe(NOON)
  for (let i = 0; i < 12; i++) await page.mouse.move(box.x + box.width * random.between(0.2, 0.7), y)
  await page.mouse.move(box.x + box.width / 3, y)
  await page.mouse.up()
  const at = await settled(page)
  expect(Math.abs(at - (DAY_START + 8 * 60 * MINUTE))).toBeLessThanOrEqual(2 * MINUTE)
  await agreesWithApi(wall, at)
  // While the hand moved the heat stayed that of where it began, and said so; at rest it is this instant's.
  await expect.poll(async () => (await said()).at(-1)).toMatch(/近 \d+ 小时/)
  expect((await said()).some(text => text.includes('截至 12:'))).toBe(true)
  await page.waitForURL(url => Date.parse(url.searchParams.get('at') ?? '') === at)
  expect(wall.requests.filter(address => address.includes('/replay/day'))).toHaveLength(1)
  expect(wall.failures).toEqual([])
  await wall.close()
})

test('a past that can’t be had, or was never recorded, is not shown as one in which nothing happened', async () => {
  const wall = await openScreen(browser, 'about:blank')
  const { page } = wall
  await page.route('**/replay/**', route => route.fulfill({ status: 500, body: 'no' }))
  const at = encodeURIComponent(new Date(NOON).toISOString())
  await page.goto(`${server.url}/wall?at=${at}#token=${token}`)
  const banner = page.getByRole('alert').filter({ hasText: '回放' })
  await banner.waitFor()
  expect(await banner.textContent()).toBe('回放数据取不到正在重试，取到之前不显示任何数据')
  expect(await page.locator('[data-zone="queue"] .total').textContent()).toBe('—')
  await page.unroute('**/replay/**')
  await settledAt(page, NOON)
  await banner.waitFor({ state: 'detached' })
  // Of another day again nothing can be had; back where all is at hand nothing fails any more.
  await page.route('**/replay/**', route => route.fulfill({ status: 500, body: 'no' }))
  await wake(page)
  await page.getByRole('button', { name: '后一天' }).click()
  await banner.waitFor()
  expect(await banner.textContent()).toContain('画面停在 12:40:00')
  await page.getByRole('button', { name: '前一天' }).click()
  await banner.waitFor({ state: 'detached' })
  await wall.close()

  const early = await open(`at=${encodeURIComponent('2026-09-20T12:00:00+08:00')}`)
  await early.page.getByText('这一时刻还没有记录').waitFor()
  await early.close()
})

test('a finger on the glass scrubs as a mouse does', async () => {
  const wall = await openAtNoon()
  const { page } = wall
  await settledAt(page, NOON)
  const box = (await track(page).boundingBox())!
  const devtools = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', share: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + box.width * share, y: box.y + box.height / 2 }],
    })
  await touch('touchStart', 0.5)
  await touch('touchMove', 0.45)
  await touch('touchMove', 0.25)
  await touch('touchEnd', 0.25)
  await expect.poll(async () => Math.round((await settled(page)) / MINUTE)).toBe((DAY_START + 6 * 60 * MINUTE) / MINUTE)
  await wall.close()
})

test('keys step, leap, go to both ends of the day, play, change the speed and pause', async () => {
  const wall = await openAtNoon()
  const { page } = wall
  await settledAt(page, NOON)
  await track(page).focus()
  const steps: readonly [string, number][] = [
    ['ArrowLeft', NOON - MINUTE],
    ['Shift+ArrowLeft', NOON - 11 * MINUTE],
    ['PageDown', NOON + 49 * MINUTE],
    ['ArrowRight', NOON + 50 * MINUTE],
    ['Home', DAY_START],
    ['End', DAY_START + 24 * 60 * MINUTE - 1000],
  ]
  for (const [key, at] of steps) {
    await page.keyboard.press(key)
    await settledAt(page, at)
  }
  await page.keyboard.press('Home')
  await settledAt(page, DAY_START)
  await page.keyboard.press(' ')
  await page.waitForURL(url => url.searchParams.get('speed') === '10')
  await page.keyboard.press('ArrowUp')
  await page.waitForURL(url => url.searchParams.get('speed') === '60')
  await page.waitForFunction(from => (window.gridwatch?.inspect()?.at ?? 0) > from, DAY_START + 2 * MINUTE)
  expect(await page.locator('.map-zone .replay').textContent()).toMatch(/回放 00:\d\d:\d\d60×/)
  await page.keyboard.press(' ')
  await page.waitForURL(url => !url.searchParams.has('speed'))
  const at = await settled(page)
  await agreesWithApi(wall, at)
  await page.waitForURL(url => Date.parse(url.searchParams.get('at') ?? '') === at)
  await wall.close()
})

test('an address with instant and speed plays from there, and a pause holds it', async () => {
  const wall = await open(`at=${encodeURIComponent(new Date(NOON).toISOString())}&speed=240`)
  const { page } = wall
  await page.waitForFunction(from => (window.gridwatch?.inspect()?.at ?? 0) > from, NOON + 10 * MINUTE)
  await wake(page)
  await page.getByRole('button', { name: '暂停' }).click()
  const at = await settled(page)
  await agreesWithApi(wall, at)
  await page.getByRole('radio', { name: '5×', exact: true }).click()
  await page.getByRole('button', { name: '播放' }).click()
  await page.waitForURL(url => url.searchParams.get('speed') === '5')
  await page.waitForFunction(from => (window.gridwatch?.inspect()?.at ?? 0) > from, at)
  await wall.close()
})

test('nobody there, nothing to see: the controls come with a hand, begin a replay and lead back to the present', async () => {
  const wall = await open('')
  const { page } = wall
  await linkIs(page, 'live')
  const tray = page.getByRole('toolbar', { name: '回放控制' })
  await expect.poll(() => tray.evaluate(element => getComputedStyle(element).opacity)).toBe('0')
  await page.mouse.move(960, 500)
  await page.mouse.move(970, 510)
  await expect.poll(() => tray.evaluate(element => getComputedStyle(element).opacity)).toBe('1')
  await page.keyboard.press('ArrowLeft')
  await linkIs(page, 'replay')
  expect(await page.locator('.map-zone .replay').isVisible()).toBe(true)
  const clock = page.locator('[data-zone="header"] .clock b')
  const before = await clock.textContent()
  // The header goes on telling the real time.
  await expect.poll(() => clock.textContent()).not.toBe(before)
  await wake(page)
  await page.getByRole('button', { name: '回到实时' }).click()
  await linkIs(page, 'live')
  await page.waitForURL(url => !url.searchParams.has('at'))
  expect(await page.locator('.map-zone .replay').count()).toBe(0)
  await wall.close()
})

test('another day is a click or a date away, none before the first, and the time of day stays', async () => {
  const wall = await openAtNoon()
  const { page } = wall
  await settledAt(page, NOON)
  await wake(page)
  expect(await page.getByRole('button', { name: '前一天' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: '后一天' }).click()
  await settledAt(page, NOON + 24 * 60 * MINUTE)
  await agreesWithApi(wall, NOON + 24 * 60 * MINUTE)
  await page.getByLabel('选择日期').fill('2026-11-20')
  await settledAt(page, NOON)
  await agreesWithApi(wall, NOON)
  await wall.close()
})

test('what was known then leaves out what was told later', async () => {
  const wall = await openAtNoon()
  const { page } = wall
  await settledAt(page, NOON)
  await wake(page)
  await page.getByRole('switch', { name: '当时所见' }).click()
  await page.waitForURL(url => url.searchParams.get('known') === 'then')
  const asOf = { at: new Date(NOON).toISOString(), knownAt: new Date(NOON).toISOString() }
  const { incidents } = await api.ask<{ incidents: { totalCount: number } }>(
    'query ($asOf: AsOf) { incidents(filter: { open: true }, asOf: $asOf) { totalCount } }',
    { asOf },
  )
  await expect.poll(() => page.locator('[data-zone="queue"] .total').textContent()).toBe(String(incidents.totalCount))
  await wall.close()
})

test('an incident’s own minutes: from its first fact until it was resolved, on the map where it was, and then it stands', async () => {
  const from = new Date(NOON - 60 * MINUTE).toISOString()
  const { incidents } = await api.ask<{
    incidents: { nodes: { id: string; facts: { type: string; at: string }[] }[] }
  }>(
    `query ($from: DateTime!, $to: DateTime!) {
      incidents(filter: { from: $from, to: $to, status: [CLOSED] }, first: 50) { nodes { id facts { type at } } } }`,
    { from, to: new Date(NOON).toISOString() },
  )
  const handled = incidents.nodes.find(({ facts }) => facts.some(({ type }) => type === 'arrived'))!
  const instants = handled.facts.map(fact => Date.parse(fact.at))
  const end = Date.parse(handled.facts.findLast(({ type }) => type === 'resolved' || type === 'closed')!.at)
  const wall = await open(`incident=${handled.id}&replay`)
  const { page } = wall
  await linkIs(page, 'replay')
  await page.waitForFunction(first => (window.gridwatch?.inspect()?.at ?? 0) > first, Math.min(...instants))
  await expect.poll(async () => (await inspect(page)).incidents.map(({ id }) => id)).toContain(handled.id)
  await wake(page)
  await page.getByRole('radio', { name: '240×' }).click()
  await settledAt(page, end)
  await page.waitForURL(url => !url.searchParams.has('speed') && url.searchParams.has('replay'))
  expect(wall.failures).toEqual([])
  await wall.close()
})
