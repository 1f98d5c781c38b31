/** How soon a scrubbed wall shows the instant asked for, and a page with 200 tracks of eight hours. */
import { openScreen, openWall, startBrowser } from '../../e2e/browser.ts'
import { makeToken, startServer } from '../../e2e/serverProcess.ts'
import { fullStreet, MOMENTS, STILL } from '../../e2e/stores.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import type { Line, Options, Row } from '../harness/row.ts'
import { ms, percentile, whole } from '../harness/statistics.ts'
import { longShift, SHIFT, WORKERS } from './longShift.ts'
import { seeks } from './seeks.ts'

const SEEKS = 60
const REACH_MS = 300
/** A hand that scrubs looks for something; at leisure it looks at what it found. */
const SCRUBBING_MS = [100, 700] as const
const LEISURE_MS = [100, 3000] as const

export const conductor: Row = { name: 'conductor', run }

async function run(options: Options): Promise<readonly Line[]> {
  const browser = await startBrowser()
  try {
    return [...(await scrubbing(browser, options)), await tracks(browser, options)]
  } finally {
    await browser.close()
  }
}

type Browser = Awaited<ReturnType<typeof startBrowser>>

async function scrubbing(browser: Browser, { say }: Options): Promise<readonly Line[]> {
  const folder = await fullStreet()
  const server = await startServer(folder.path, STILL)
  try {
    const token = await makeToken(folder.path, 'wall', STREET)
    const address = `${server.url}/wall?at=${encodeURIComponent(MOMENTS[1])}#token=${token}`
    const { page } = await openWall(browser, address)
    await page.waitForTimeout(10_000) // basemap, fonts and the first heat are not what is measured
    // The day ends at 18:10 there. Nobody has looked at more than the minutes around its opening; a page at rest fetches
    // the rest of the day's positions by itself, as far as these seconds went.
    const within = [0.02, 0.74] as const
    const scrubbed = await seeks(page, 'scrub', SEEKS, { within, restMs: SCRUBBING_MS })
    const clicked = await seeks(page, 'leisure', SEEKS, { within, restMs: LEISURE_MS })
    say(`  ${SEEKS} seeks over the day, twice`)
    const to = 'from the hand to the instant on the map'
    return [
      line(`scrubbing a day of the demo street, on after ${SCRUBBING_MS.join('–')} ms: ${to}`, scrubbed, ''),
      line(`the same at leisure, on after ${LEISURE_MS.join('–')} ms: ${to}`, clicked, ''),
    ]
  } finally {
    await server.stop()
    folder.remove()
  }
}

async function tracks(browser: Browser, { say }: Options): Promise<Line> {
  const folder = await quietStreet(longShift)
  const server = await startServer(folder.path, STILL)
  try {
    const token = await makeToken(folder.path, 'leader', STREET)
    const { page } = await openScreen(browser, `${server.url}/studio/tracks#token=${token}`)
    await page.locator('input[type="date"]').first().fill('2026-11-20')
    for (let no = 0; no < WORKERS; no++)
      await page.getByRole('checkbox', { name: `B${String(no).padStart(3, '0')}` }).check()
    await page.locator('input[maxlength="500"]').fill('bench')
    const begun = performance.now()
    await page.locator('button[type="submit"]').click()
    await page.waitForFunction(count => document.querySelectorAll('tbody tr').length === count, WORKERS)
    const loadedMs = performance.now() - begun
    say(`  ${WORKERS} tracks of ${SHIFT.hours} h loaded in ${whole(loadedMs)} ms`)
    const took = await seeks(page, 'tracks', SEEKS, { within: [8.1 / 24, 15.9 / 24], restMs: LEISURE_MS })
    const what = `${WORKERS} workers × ${SHIFT.hours} h, a fix each 5 s: from the hand to everybody at the instant`
    return line(what, took, `, all tracks loaded in ${whole(loadedMs)} ms`)
  } finally {
    await server.stop()
    folder.remove()
  }
}

function line(what: string, took: readonly number[], more: string): Line {
  const [p50, p95] = [percentile(took, 50), percentile(took, 95)]
  return {
    what,
    gridwatch: `p50 ${ms(p50)}, p95 ${ms(p95)} of ${took.length}${more}`,
    peer: '',
    ratio: '',
    reach: `p95 ≤ ${REACH_MS} ms`,
    holds: p95 <= REACH_MS,
  }
}
