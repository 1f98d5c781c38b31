import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './api.ts'
import { inspect, openScreen, startBrowser } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { fullStreet, STILL, STREET } from './stores.ts'

let folder: Awaited<ReturnType<typeof fullStreet>>
let server: ServerProcess
let browser: Browser

beforeAll(async () => {
  folder = await fullStreet()
  server = await startServer(folder.path, STILL)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('a leader sees everybody’s day at once, after saying why, and seeks in it; each of them can read who looked', async () => {
  const token = await makeToken(folder.path, 'leader', STREET)
  const { page, failures, close } = await openScreen(browser, `${server.url}/studio/tracks#token=${token}`)
  const show = page.getByRole('button', { name: '查看轨迹' })
  await page.getByRole('button', { name: '全选列出人员' }).click()
  await page.getByLabel('日期').fill('2026-11-20')
  expect(await show.isDisabled()).toBe(true)
  await page.getByLabel('查看理由').fill('核对当日巡查')
  await show.click()
  const rows = page.locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(193)
  expect(await page.locator('.list p').textContent()).toMatch(/个定位中画 .* 个，任一时刻误差不超过 3 米/)

  // At noon those stand on the map whom their tracks know there then.
  const noon = Date.parse('2026-11-20T12:40:00+08:00')
  const track = page.getByRole('slider')
  const box = (await track.boundingBox())!
  await page.mouse.click(box.x + (box.width * (12 * 60 + 40)) / (24 * 60), box.y + 10)
  await expect.poll(async () => Math.abs((await inspect(page)).at - noon)).toBeLessThan(2 * 60_000)
  const { at, workers } = await inspect(page)
  expect(workers.length).toBeGreaterThan(50)
  const heard = await page.locator('tbody tr[data-state="known"]').count()
  expect(await page.locator('footer > b').textContent()).toBe(`此刻有信号 ${heard} / 193 人`)

  // One of them singled out, by hand and by keys; a link shows the same to whoever says why they look.
  const name = rows.nth(3).getByRole('button')
  await name.click()
  expect(await name.getAttribute('aria-pressed')).toBe('true')
  await page.keyboard.press('ArrowDown')
  const raised = (await rows.nth(4).getAttribute('data-worker'))!
  await page.waitForURL(url => url.searchParams.get('person') === raised && url.searchParams.has('at'))
  await page.mouse.move(5, 5)
  expect(await page.locator('tr.raised').evaluateAll(found => found.map(row => row.dataset['worker']))).toEqual([
    raised,
  ])
  const link = await openScreen(browser, `${page.url()}#token=${token}`)
  await link.page.getByLabel('查看理由').fill('复核')
  await link.page.getByRole('button', { name: '查看轨迹' }).click()
  await link.page.waitForFunction(instant => window.gridwatch?.inspect()?.at === instant, at)
  expect(await link.page.locator('tr.raised').getAttribute('data-worker')).toBe(raised)
  expect(await link.page.locator('tbody tr').count()).toBe(193)
  await link.close()

  await track.focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press(' ')
  await page.waitForFunction(from => (window.gridwatch?.inspect()?.at ?? 0) > from + 60_000, at)
  await page.keyboard.press(' ')
  await page.getByRole('button', { name: '播放' }).waitFor()

  const auditor = createApi(server.url, await makeToken(folder.path, 'auditor', STREET))
  const { looks } = await auditor.ask<{ looks: { reason: string; role: string }[] }>(
    '{ looks(worker: "W001") { reason role } }',
  )
  const said = looks.map(({ reason, role }) => `${role} ${reason}`)
  expect(said.toSorted()).toEqual(['leader 复核', 'leader 核对当日巡查'].toSorted())
  expect(failures).toEqual([])
  await close()
})

test('a wall may not look: the page says who may before a reason is asked for, and names nobody', async () => {
  const token = await makeToken(folder.path, 'wall', STREET)
  const { page, requests, close } = await openScreen(browser, `${server.url}/studio/tracks#token=${token}`)
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toBe('轨迹仅供领导、受理员、审计员和本人查看。')
  expect(await page.getByRole('button').count()).toBe(0)
  expect(requests.filter(address => new URL(address).pathname === '/tracks')).toEqual([])
  await page.getByRole('link', { name: '热力分析' }).click()
  await page.waitForURL('**/studio')
  await close()
})
