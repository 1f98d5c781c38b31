import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'
import { idsIn, inspect, openWall, startBrowser } from './browser.ts'
import { gridwatch, makeFolder, makeToken, ROOT, type ServerProcess, startServer } from './serverProcess.ts'

const FIXTURE = join(ROOT, 'fixtures', 'sf-fire-calls-2020')
const HOUR = 3_600_000

let folder: ReturnType<typeof makeFolder>
let server: ServerProcess
let browser: Browser
let api: Api
let token: string

beforeAll(async () => {
  folder = makeFolder()
  const imports = [
    ['policies', join(FIXTURE, 'policy.json')],
    ['incidents', join(FIXTURE, 'invented.csv'), '--map', join(FIXTURE, 'map.json')],
  ]
  // One invented row says what cannot be: exit 3, and the rest is taken.
  for (const args of imports) expect([0, 3]).toContain((await gridwatch(folder.path, ['import', ...args])).code)
  server = await startServer(folder.path)
  token = await makeToken(folder.path, 'wall', 'SF')
  api = createApi(server.url, token)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

type Summary = { met: number; breached: number; attainment: number | null; p50Ms: number | null; p90Ms: number | null }

test.each([
  { at: '2020-04-10T23:58:00-07:00', dayStart: '2020-04-10T00:00:00-07:00', numbers: ['90000002', '90000001'] },
  { at: '2020-04-11T00:30:00-07:00', dayStart: '2020-04-11T00:00:00-07:00', numbers: ['90000001'] },
  { at: '2020-04-11T04:05:00-07:00', dayStart: '2020-04-11T00:00:00-07:00', numbers: ['90000004'] },
])('replay at $at shows what was open then, with the figures of the API', async ({ at, dayStart, numbers }) => {
  const wall = await openWall(browser, `${server.url}/wall?at=${encodeURIComponent(at)}#token=${token}`)
  const { page } = wall
  expect(await page.evaluate(() => document.documentElement.dataset['link'])).toBe('replay')
  await page.waitForFunction(() => document.querySelectorAll('[data-zone="queue"] [data-incident]').length > 0)

  const open = await api.openIds(at)
  const incidents = await Promise.all(open.map(id => api.incident(id)))
  expect(incidents.map(incident => incident.number)).toEqual(numbers)
  expect((await idsIn(page, 'queue')).toSorted()).toEqual(open.toSorted())
  const shown = await inspect(page)
  expect(shown.at).toBe(Date.parse(at))
  expect(shown.incidents.filter(incident => open.includes(incident.id)).length).toBe(open.length)

  const [summary] = (
    await api.ask<{ slaSummary: readonly Summary[] }>(
      `query ($from: DateTime!, $to: DateTime!, $at: DateTime!) {
        slaSummary(from: $from, to: $to, asOf: { at: $at }) { met breached attainment p50Ms p90Ms } }`,
      { from: dayStart, to: new Date(Date.parse(dayStart) + 24 * HOUR).toISOString(), at },
    )
  ).slaSummary
  const { met, breached, attainment, p50Ms, p90Ms } = summary!
  const rate = attainment === null ? '—' : `${(attainment * 100).toFixed(1)}%`
  const stats = page.locator('[data-zone="runway"] .stats')
  await expect.poll(async () => squeezed(await stats.locator('.attainment').textContent())).toBe(rate)
  expect(squeezed(await stats.locator('.n').textContent())).toBe(`${met + breached}件`)
  expect(squeezed(await stats.locator('.spread').textContent())).toBe(`P50${minutes(p50Ms)}P90${minutes(p90Ms)}`)
  expect(await page.locator('.flow .row b.figure').nth(1).textContent()).toBe(String(open.length))

  // The present goes on being heard while the past is shown.
  expect(wall.requests.filter(address => address.startsWith('ws'))).toHaveLength(1)
  expect(wall.requests.filter(address => address.includes('/replay/day'))).toHaveLength(1)
  expect(wall.failures).toEqual([])
  await wall.close()
})

const squeezed = (text: string | null) => text?.replaceAll(/\s/g, '')
const minutes = (ms: number | null) =>
  ms === null ? '—' : `${Math.floor(ms / 60_000)}:${String(Math.round((ms % 60_000) / 1000)).padStart(2, '0')}`
