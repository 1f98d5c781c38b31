import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Api, createApi } from './api.ts'
import { appears, idsIn, inspect, mark, openWall, startBrowser, type Wall } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, IN_NEXT, quietStreet, STILL, STREET, WORKER } from './stores.ts'

const SECOND = 1000
const RESPOND_MS = 300 * SECOND

let folder: Awaited<ReturnType<typeof quietStreet>>
let server: ServerProcess
let browser: Browser
let wall: Wall
let desk: Api

beforeAll(async () => {
  folder = await quietStreet()
  server = await startServer(folder.path, STILL)
  desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
  browser = await startBrowser()
  wall = await openWall(browser, `${server.url}/wall#token=${await makeToken(folder.path, 'wall', STREET)}`)
  // The first one loads fonts and compiles shaders: what is measured below comes to a wall that hangs already.
  const first = await desk.give('report', { category: 'dispute', title: '晾晒占用公共空间争执', place: IN_NEXT })
  await appears(wall.page, 'map', first)
  await desk.give('resolve', { incident: first })
  await mark(wall.page, 'queue', first).waitFor({ state: 'detached' })
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

test('a report stands on the map, the runway and in the queue, where and when it was', async () => {
  const { page } = wall
  expect(await desk.openIds()).toEqual([])
  const id = await desk.give('report', { category: 'streetTrading', title: '店外经营占用盲道', place: IN_COMMUNITY })
  const acknowledged = performance.now()
  for (const zone of ['runway', 'queue', 'map']) {
    await appears(page, zone, id)
    expect(await mark(page, zone, id).getAttribute('data-clock')).toBe('respond')
    expect(await mark(page, zone, id).getAttribute('data-state')).toBe('normal')
  }
  console.log(`on map, runway and queue ${seconds(performance.now() - acknowledged)} after the answer`)
  const shown = (await inspect(page)).incidents.find(incident => incident.id === id)
  expect(shown).toEqual({ id, ...IN_COMMUNITY, state: 'normal' })
  const [reported] = (await desk.incident(id)).facts
  expect(reported?.type).toBe('reported')
  expect((await inspect(page)).head).toBe(reported?.position)
  await desk.give('resolve', { incident: id })
  for (const zone of ['runway', 'queue']) await mark(page, zone, id).waitFor({ state: 'detached' })
})

test('a clock is at risk, then breached: never before its deadline, and with the deadline of the log', async () => {
  const { page } = wall
  await page.evaluate(watchStates)
  const at = Date.now() - (RESPOND_MS - 75 * SECOND) // at risk in 15 s, breached in 75 s
  const id = await desk.give('report', {
    category: 'illegalParking',
    title: '消防通道停车',
    place: IN_NEXT,
    at: new Date(at).toISOString(),
  })
  for (const zone of ['runway', 'queue', 'map'])
    await page.waitForSelector(`[data-zone="${zone}"] [data-incident="${id}"][data-state="breached"]`, {
      state: 'attached',
    })

  const incident = await desk.incident(id)
  const respond = incident.clocks.find(clock => clock.name === 'respond')!
  const breach = incident.facts.find(fact => fact.type === 'clockBreached')!
  const deadline = Date.parse(respond.deadline!)
  expect(deadline).toBe(at + RESPOND_MS)
  expect({ ...breach, recordedAt: '' }).toMatchObject({
    clock: 'respond',
    at: respond.deadline,
    deadline: respond.deadline,
  })
  expect(respond).toMatchObject({ state: 'BREACHED', breachedAt: respond.deadline })

  const seen = (await page.evaluate(() => window.seenStates)).filter(state => state.id === id)
  for (const zone of ['runway', 'queue', 'map']) {
    const states = seen.filter(state => state.zone === zone)
    expect(states.map(state => state.state)).toEqual(['normal', 'atRisk', 'breached'])
    const [, risk, over] = states
    expect(risk!.at).toBeGreaterThanOrEqual(at + 0.8 * RESPOND_MS)
    expect(over!.at).toBeGreaterThanOrEqual(deadline)
    console.log(
      `${zone}: at risk ${seconds(risk!.at - at - 0.8 * RESPOND_MS)}, breached ${seconds(over!.at - deadline)} after the instant`,
    )
  }
  console.log(`recorded ${seconds(Date.parse(breach.recordedAt) - deadline)} after the deadline`)
  expect((await inspect(page)).incidents.find(shown => shown.id === id)?.state).toBe('breached')
})

test('the queue goes by the time that is left; who accepts moves to the next lane; what is resolved leaves', async () => {
  const { page } = wall
  const [breached] = await desk.openIds()
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
  const report = (title: string, ms: number) =>
    desk.give('report', { category: 'dispute', title, place: IN_COMMUNITY, at: ago(ms) })
  const later = await report('停车位争执', 20 * SECOND)
  const sooner = await report('装修噪声投诉', 120 * SECOND)
  await page.waitForFunction(ids => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-zone="queue"] [data-incident]')]
    return rows.map(row => row.dataset['incident']).join() === ids
  }, [breached, sooner, later].join())

  await desk.give('dispatch', { incident: sooner, assignee: WORKER })
  await desk.give('accept', { incident: sooner, assignee: WORKER })
  await page.waitForSelector(`[data-zone="runway"] [data-incident="${sooner}"][data-clock="resolve"]`, {
    state: 'attached',
  })
  expect(await mark(page, 'runway', sooner).count()).toBe(1)
  expect(await idsIn(page, 'queue')).toEqual([breached, later, sooner])
  expect(await mark(page, 'queue', sooner).textContent()).toContain('熊知远')

  await desk.give('resolve', { incident: sooner, assignee: WORKER })
  for (const zone of ['runway', 'queue']) await mark(page, zone, sooner).waitFor({ state: 'detached' })
  // It awaits verification: a small square on the map, on no clock.
  expect(await mark(page, 'map', sooner).getAttribute('class')).toContain('pin-square')
  expect(wall.failures).toEqual([])
})

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`

type Seen = { zone: string; id: string; state: string; at: number }
declare global {
  interface Window {
    seenStates: Seen[]
  }
}

/** In the page: every change of an incident's state in a zone, with the instant that the wall showed then. */
function watchStates(): void {
  window.seenStates = []
  const last = new Map<string, string>()
  const look = () => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-zone] [data-incident][data-state]')) {
      const zone = element.closest<HTMLElement>('[data-zone]')?.dataset['zone'] ?? ''
      const { incident: id = '', state = '' } = element.dataset
      if (last.get(`${zone} ${id}`) === state) continue
      last.set(`${zone} ${id}`, state)
      window.seenStates.push({ zone, id, state, at: window.gridwatch?.inspect()?.at ?? 0 })
    }
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
}
