/** Ten thousand workers, a fix each per 5 s, 50 walls: from a phone's POST to what the wall's page gave its layers. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { openWall, startBrowser } from '../../e2e/browser.ts'
import { buildPages } from '../../server/buildPages.ts'
import { startChild } from '../harness/child.ts'
import { quietStreet, STREET } from '../harness/folder.ts'
import { cpuSeconds } from '../harness/processUse.ts'
import type { Options, Row } from '../harness/row.ts'
import { startServer } from '../harness/serverChild.ts'
import { ms, percentile, whole } from '../harness/statistics.ts'
import { putPeople } from './people.ts'
import type { Walk, Walked } from './phones.ts'
import type { OpenWalls, Seen } from './walls.ts'

const WORKERS = 10_000
const SOCKETS = 49
const WARM_UP_MS = 20_000
const MEASURED_MS = 60_000
/** How often the page's layers are looked at; it adds to what is measured. */
const LOOK_EVERY_MS = 100

export const workers: Row = { name: 'workers', run }

async function run({ say }: Options) {
  await buildPages(say, false)
  const folder = await quietStreet()
  const phones = await putPeople(folder, WORKERS)
  const phonesFile = join(folder.path, 'phones.json')
  writeFileSync(phonesFile, JSON.stringify(phones))
  const server = await startServer(folder, [{ role: 'wall', areas: [STREET] }])
  const { url, tokens } = server.ready
  const token = tokens[0] ?? ''
  const walls = await startChild<object>(join(import.meta.dirname, 'walls.ts'), {})
  await walls.ask({ url, token, count: SOCKETS } satisfies OpenWalls)
  const load = await startChild<object>(join(import.meta.dirname, 'phones.ts'), {})
  const browser = await startBrowser()
  try {
    const { page } = await openWall(browser, `${url}/wall#token=${token}`)
    say('  the wall is live')
    await watch(page)
    const walking = load.ask<Walked>({ url, phonesFile, forMs: WARM_UP_MS + MEASURED_MS } satisfies Walk, 300_000)
    await wait(WARM_UP_MS)
    await seen(page)
    await walls.ask<Seen>({ kind: 'seen' })
    const [cpu, at] = [cpuSeconds(server.pid), performance.now()]
    await wait(MEASURED_MS)
    const cores = (cpuSeconds(server.pid) - cpu) / ((performance.now() - at) / 1000)
    const latencies = await seen(page)
    const { agesMs } = await walls.ask<Seen>({ kind: 'seen' })
    const { sent, refused, skipped, answerMs } = await walking
    const p95 = percentile(latencies, 95)
    const p50 = percentile(latencies, 50)
    const what = `${whole(WORKERS)} workers, a fix each per 5 s, ${SOCKETS + 1} walls`
    const answers = `to a socket p95 ${ms(percentile(agesMs, 95))}; ${whole(sent)} fixes sent, ${refused} refused, ${skipped} not sent; POST answered p95 ${ms(percentile(answerMs, 95))}`
    return [
      {
        what: `${what}: from POST to the page's layer data`,
        gridwatch: `p50 ${ms(p50)}, p95 ${ms(p95)} of ${whole(latencies.length)} seen (${answers})`,
        peer: '',
        ratio: '',
        reach: 'p95 ≤ 1 s',
        holds: p95 <= 1000 && refused + skipped === 0,
      },
      {
        what: `${what}: CPU of the server`,
        gridwatch: `${cores.toFixed(2)} CPU-seconds per second`,
        peer: '',
        ratio: '',
        reach: '≤ 1.0',
        holds: cores <= 1 && refused + skipped === 0,
      },
    ]
  } finally {
    await browser.close()
    for (const child of [load, walls, server]) await child.stop()
    folder.remove()
  }
}

declare global {
  interface Window {
    benchSeen: number[]
  }
}

/** A fix says when it was posted: its `at`. The first look that finds it tells how old it was by then. */
function watch(page: Page): Promise<void> {
  return page.evaluate(everyMs => {
    window.benchSeen = []
    const known = new Map<string, number>()
    setInterval(() => {
      const now = Date.now()
      for (const { id, at } of window.gridwatch?.inspect()?.workers ?? []) {
        if (known.get(id) === at) continue
        known.set(id, at)
        window.benchSeen.push(now - at)
      }
    }, everyMs)
  }, LOOK_EVERY_MS)
}

const seen = (page: Page): Promise<number[]> => page.evaluate(() => window.benchSeen.splice(0))
