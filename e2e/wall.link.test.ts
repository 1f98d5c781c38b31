import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'
import { appears, idsIn, inspect, linkIs, mark, openWall, startBrowser, type Wall } from './browser.ts'
import { type Environment, freePort, makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, IN_NEXT, quietStreet, STILL, STREET, WORKER, writeBeside } from './stores.ts'

const SECOND = 1000

let folder: Awaited<ReturnType<typeof quietStreet>>
let env: Environment
let server: ServerProcess
let browser: Browser
let wall: Wall
let desk: Api

beforeAll(async () => {
  folder = await quietStreet()
  env = { ...STILL, GRIDWATCH_PORT: String(await freePort()) }
  server = await startServer(folder.path, env)
  desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  browser = await startBrowser()
  wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', STREET)}`)
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('a server that hangs is visible; a limit that passes meanwhile is unknown until the server says 超时', async () => {
  const { page } = wall
  const at = new Date(Date.now() - 240 * SECOND).toISOString() // its limit passes in 60 s
  const id = await desk.give('report', { category: 'fireHazard', title: '灭火器过期', place: IN_COMMUNITY, at })
  await appears(page, 'queue', id)
  expect(await page.locator('.banner').count()).toBe(0)
  const plate = page.locator('[data-zone="map"] .plate h3')
  const grid = await plate.textContent()

  const frozen = performance.now()
  server.freeze()
  await linkIs(page, 'stale')
  console.log(`stale on the screen ${seconds(performance.now() - frozen)} after the server hung`)
  await page.locator('.banner').waitFor()
  expect(await page.locator('.banner').textContent()).toContain('数据滞后')
  expect(await page.locator('.pips [data-freshness="fresh"]').count()).toBe(0)
  expect(await plate.textContent()).toBe(grid)
  expect(await plate.evaluate(name => getComputedStyle(name).backgroundImage)).toContain('repeating')

  await page.waitForSelector(`[data-zone="queue"] [data-incident="${id}"][data-look="unknown"]`)
  expect(await mark(page, 'queue', id).textContent()).toContain('未知')
  for (const zone of ['runway', 'queue', 'map'])
    expect(await mark(page, zone, id).getAttribute('data-state')).not.toBe('breached')

  await linkIs(page, 'lost')
  const filterOf = (element: Element) => getComputedStyle(element).filter
  expect(await page.locator('.heat-legend-bar').evaluate(filterOf)).toBe(
    await page.locator('[data-zone="map"] .wall-map-host').evaluate(filterOf),
  )
  expect(await page.locator('.people-legend b').allTextContents()).toEqual(expect.arrayContaining(['—']))
  expect(await page.getByText('▼').count()).toBe(0)

  server.thaw()
  await linkIs(page, 'live')
  await page.waitForSelector(`[data-zone="queue"] [data-incident="${id}"][data-state="breached"]`)
  await page.locator('.banner').waitFor({ state: 'detached' })
  const breaches = (await desk.incident(id)).facts.filter(fact => fact.type === 'clockBreached')
  expect(breaches.map(breach => breach.clock)).toEqual(['respond'])
})

test('a wall catches up with a server that was killed: nothing missed, nothing twice', async () => {
  const { page } = wall
  const [before] = await desk.openIds()
  const report = (title: string) => ({ verb: 'report', category: 'helpRequest', title, place: IN_NEXT }) as const
  const leaving = await desk.give('report', { category: 'helpRequest', title: '钥匙锁在家中', place: IN_NEXT })
  const staying = await desk.give('report', { category: 'helpRequest', title: '老人迷路', place: IN_NEXT })
  await appears(page, 'queue', staying)
  await server.kill()
  await linkIs(page, 'stale')

  const told: string[] = []
  await writeBeside(folder.path, async give => {
    for (const title of ['电梯困人', '楼内停水', '孩子走失']) told.push(await give(report(title)))
    await give({ verb: 'dispatch', incident: staying, assignee: WORKER })
    await give({ verb: 'accept', incident: staying, assignee: WORKER })
    await give({ verb: 'resolve', incident: leaving })
  })
  server = await startServer(folder.path, env)
  await linkIs(page, 'live')
  for (const id of told) await appears(page, 'queue', id)
  await mark(page, 'queue', leaving).waitFor({ state: 'detached' })
  await page.waitForSelector(`[data-zone="runway"] [data-incident="${staying}"][data-clock="resolve"]`, {
    state: 'attached',
  })

  const open = await desk.openIds()
  expect(open.toSorted()).toEqual([before, staying, ...told].toSorted())
  for (const zone of ['runway', 'queue', 'map'])
    expect((await idsIn(page, zone)).filter(id => id !== leaving).toSorted()).toEqual(open.toSorted())
  const shown = await inspect(page)
  expect(shown.incidents.map(incident => incident.id).toSorted()).toEqual([...open, leaving].toSorted())
  expect(shown.head).toBe(await desk.head())
  expect(wall.failures).toEqual([])
})

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
