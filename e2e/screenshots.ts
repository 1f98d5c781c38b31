/**
 * `node e2e/screenshots.ts [FIRE_CALLS.csv] [NAME…]`: the pictures of docs/screenshots, from the real server in a real
 * Chromium, unpacked: `convert X.png +dither -colors 256 PNG8:X.png` makes a third of each. The file is the San Francisco extract of fixtures/sf-fire-calls-2020/README.md; without it that picture stays.
 */
import { mkdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { startOfLocalDay } from '#domain/time/localTime.ts'
import { type Api, createApi } from './api.ts'
import { HD, linkIs, openScreen, openWall, type Size, startBrowser } from './browser.ts'
import { gridwatch, makeFolder, makeToken, ROOT, type ServerProcess, startServer } from './serverProcess.ts'
import { COMMUNITY, fullStreet, IN_COMMUNITY, IN_NEXT, MOMENTS, STILL, STREET } from './stores.ts'
import { studioPictures, studioReady } from './studioPictures.ts'

const OUT = join(ROOT, 'docs', 'screenshots')
const MINUTE = 60_000
/** The street is busiest in the early afternoon, so that is the time of day of these pictures. */
const TIME_OF_DAY = (14 * 60 + 32) * MINUTE

const args = process.argv.slice(2)
const csv = args.find(arg => arg.endsWith('.csv')) ?? null
const names = args.filter(arg => arg !== csv)
const wanted = (name: string) => names.length === 0 || names.includes(name)

/** Of a street whose day is behind it. */
const PAST = ['wall-replay', 'wall-replay-light', 'wall-incident', 'tracks']

mkdirSync(OUT, { recursive: true })
const browser = await startBrowser()
try {
  if (names.length === 0 || names.some(name => !PAST.includes(name) && name !== 'wall-replay-sf')) await street(browser)
  if (PAST.some(wanted)) await past(browser)
  if (csv !== null && wanted('wall-replay-sf')) await replay(browser, csv)
} finally {
  await browser.close()
}

async function street(browser: Browser): Promise<void> {
  const folder = makeFolder()
  const now = Date.now()
  const shift = startOfLocalDay(now, 'Asia/Shanghai') + TIME_OF_DAY - now
  const clock = `const now=Date.now;Date.now=()=>now()+(${shift})`
  const server = await startServer(folder.path, {
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(clock)}`,
  })
  try {
    const desk = createApi(server.url, await makeToken(folder.path, 'dispatcher', STREET))
    await unrest(desk, now + shift)
    await shoot(browser, 'wall-pairing', `${server.url}/wall`, HD, async page => {
      await page.locator('[data-pairing-code]').waitFor()
    })
    const [address = '', hash = ''] = server.wall.split('#')
    const sizes: [string, string, Size][] = [
      ['wall-1920x1080', '', HD],
      ['wall-light', '?theme=light', HD],
      ['wall-en', '?lang=en', HD],
      ['wall-community', `?area=${COMMUNITY}`, HD],
      ['wall-grid', `?area=${COMMUNITY}001`, HD],
      ['wall-5760x1080', '', { width: 5760, height: 1080 }],
      ['wall-5760x1080-light-en', '?theme=light&lang=en', { width: 5760, height: 1080 }],
      ['wall-3840x2160', '', { width: 3840, height: 2160 }],
      ['wall-7680x2160', '', { width: 7680, height: 2160 }],
    ]
    for (const [name, query, size] of sizes) await shoot(browser, name, `${address}${query}#${hash}`, size, lively)
    await shoot(browser, 'wall-cvd', server.wall, HD, async page => {
      const devtools = await page.context().newCDPSession(page)
      await devtools.send('Emulation.setEmulatedVisionDeficiency', { type: 'deuteranopia' })
      await lively(page)
    })
    await shoot(browser, 'wall-calm', server.wall, HD, async page => {
      await lively(page)
      await calm(desk, page)
    })
    await silent(browser, server)
    const analyst = await makeToken(folder.path, 'analyst', STREET)
    for (const { name, query, size } of studioPictures(now + shift))
      await shoot(browser, name, `${server.url}/studio?${query}#token=${analyst}`, size, studioReady)
  } finally {
    await server.stop()
    folder.remove()
  }
}

/** Makes sure that there is something at risk and something breached to be seen. */
async function unrest(desk: Api, now: number): Promise<void> {
  const late = [
    { title: '夜市摊位占压消防通道', category: 'streetTrading', place: IN_COMMUNITY, minutes: 16.5, assignee: 'W001' },
    { title: '楼道电动车飞线充电', category: 'fireHazard', place: IN_NEXT, minutes: 10.5, assignee: 'W006' },
    { title: '公交站台违停', category: 'illegalParking', place: IN_COMMUNITY, minutes: 2.5, assignee: null },
  ]
  for (const { title, category, place, minutes, assignee } of late) {
    const at = (after: number) => new Date(now - (minutes - after) * MINUTE).toISOString()
    const incident = await desk.give('report', { title, category, place, at: at(0) })
    if (assignee === null) continue
    await desk.give('dispatch', { incident, assignee, at: at(1) })
    await desk.give('accept', { incident, assignee, at: at(1.5) })
  }
}

/** Waits for heat, people with their trails, the day's figures and what is breached. */
async function lively(page: Page): Promise<void> {
  await page.locator('[data-zone="queue"] [data-state="breached"]').first().waitFor()
  await page.locator('[data-zone="conductor"] .day').waitFor()
  await page.locator('[data-zone="map"] .heat-legend, [data-zone="map"] .measures').first().waitFor()
  await page.waitForFunction(() => (window.gridwatch?.inspect()?.workers.length ?? 0) > 0)
  await page.waitForFunction(() => document.querySelectorAll('[data-zone="side"] .panel').length > 2)
  await trails(page)
}

/** Trails grow by the fixes that come: a person is worth looking at after some of them. */
function trails(page: Page): Promise<void> {
  return page.waitForTimeout(20_000)
}

/** Resolves what is late until nothing on the wall is. */
async function calm(desk: Api, page: Page): Promise<void> {
  const late = page.locator('[data-zone="queue"] :is([data-state="breached"], [data-state="atRisk"])')
  while ((await late.count()) > 0) {
    for (const id of await late.evaluateAll(rows => rows.map(row => (row as HTMLElement).dataset['incident'] ?? ''))) {
      const { status } = await desk.incident(id)
      const verb = status === 'SIGNALLED' ? 'report' : 'resolve'
      await desk.give(verb, { incident: id }).catch(() => desk.give('resolve', { incident: id }))
    }
    await page.waitForTimeout(1500)
  }
}

/** A wall whose server hangs: stale, and in the end lost. */
async function silent(browser: Browser, server: ServerProcess): Promise<void> {
  if (!wanted('wall-stale') && !wanted('wall-lost')) return
  const { page, close } = await openWall(browser, server.wall, HD)
  await page.waitForFunction(() => (window.gridwatch?.inspect()?.workers.length ?? 0) > 0)
  await trails(page)
  server.freeze()
  for (const link of ['stale', 'lost']) {
    await linkIs(page, link)
    await page.locator('.banner').waitFor()
    await picture(page, `wall-${link}`)
  }
  server.thaw()
  await close()
}

/** The conductor in hand, an incident's own minutes, and everybody's tracks. */
async function past(browser: Browser): Promise<void> {
  const folder = await fullStreet()
  const server = await startServer(folder.path, STILL)
  try {
    const token = await makeToken(folder.path, 'wall', STREET)
    const at = encodeURIComponent(MOMENTS[1])
    const inHand = async (page: Page) => {
      await linkIs(page, 'replay')
      await page.locator('[data-zone="queue"] [data-incident]').first().waitFor()
      await page.waitForTimeout(12_000)
      await page.getByRole('button', { name: /播放|暂停/ }).focus()
      await page.waitForTimeout(1500)
    }
    await shoot(browser, 'wall-replay', `${server.url}/wall?at=${at}&speed=10#token=${token}`, HD, inHand)
    await shoot(browser, 'wall-replay-light', `${server.url}/wall?at=${at}&theme=light#token=${token}`, HD, inHand)
    const id = await handledIncident(createApi(server.url, token))
    await shoot(browser, 'wall-incident', `${server.url}/wall?incident=${id}&replay#token=${token}`, HD, async page => {
      await inHand(page)
      await page.waitForTimeout(25_000)
    })
    const leader = await makeToken(folder.path, 'leader', STREET)
    await shoot(browser, 'tracks', `${server.url}/studio/tracks#token=${leader}`, HD, async page => {
      await page.getByRole('button', { name: '全选列出人员' }).click()
      await page.getByLabel('日期').fill('2026-11-20')
      await page.getByLabel('查看理由').fill('核对当日巡查')
      await page.getByRole('button', { name: '查看轨迹' }).click()
      await page.locator('tbody tr').nth(150).waitFor()
      const box = await page.getByRole('slider').boundingBox()
      if (box) await page.mouse.click(box.x + box.width * 0.745, box.y + 10)
      await page.waitForTimeout(8000)
    })
  } finally {
    await server.stop()
    folder.remove()
  }
}

/** Somebody went there and dealt with it, in the last half hour of that day: phones told often then. */
async function handledIncident(api: Api): Promise<string> {
  const to = Date.parse(MOMENTS[2])
  const { incidents } = await api.ask<{ incidents: { nodes: { id: string; facts: { type: string }[] }[] } }>(
    `query ($from: DateTime!, $to: DateTime!) { incidents(filter: { from: $from, to: $to, status: [CLOSED, RESOLVED] }, first: 50) {
      nodes { id facts { type } } } }`,
    { from: new Date(to - 30 * MINUTE).toISOString(), to: new Date(to).toISOString() },
  )
  const handled = incidents.nodes.find(({ facts }) => facts.some(({ type }) => type === 'arrived'))
  if (handled === undefined) throw new Error('nothing was dealt with in that half hour')
  return handled.id
}

async function replay(browser: Browser, file: string): Promise<void> {
  const fixture = join(ROOT, 'fixtures', 'sf-fire-calls-2020')
  const folder = makeFolder()
  await gridwatch(folder.path, ['import', 'policies', join(fixture, 'policy.json')])
  const taken = await gridwatch(folder.path, ['import', 'incidents', file, '--map', join(fixture, 'map.json')])
  console.log(`${basename(file)}: ${taken.out.trim()}`)
  const server = await startServer(folder.path)
  try {
    const token = await makeToken(folder.path, 'wall', 'SF')
    const address = `${server.url}/wall?lang=en&at=${encodeURIComponent('2020-04-11T20:40:00-07:00')}#token=${token}`
    await shoot(browser, 'wall-replay-sf', address, HD, async page => {
      await linkIs(page, 'replay')
      await page.locator('[data-zone="queue"] [data-incident]').first().waitFor()
      await page.locator('[data-zone="conductor"] .day').waitFor()
      await page.waitForTimeout(15_000)
    })
  } finally {
    await server.stop()
    folder.remove()
  }
}

async function shoot(
  browser: Browser,
  name: string,
  address: string,
  size: Size,
  ready: (page: Page) => Promise<void>,
) {
  if (!wanted(name)) return
  const { page, failures, close } = await openScreen(browser, address, size)
  await ready(page)
  await picture(page, name)
  for (const failure of failures) console.log(`${name}: ${failure}`)
  await close()
}

async function picture(page: Page, name: string): Promise<void> {
  const path = join(OUT, `${name}.png`)
  await page.screenshot({ path, timeout: 120_000 })
  console.log(`${name}.png ${(statSync(path).size / 1e6).toFixed(2)} MB`)
}
