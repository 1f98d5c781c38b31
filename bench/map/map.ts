/** The wall's map beside a bare MapLibre page: when its first picture is there. */
import type { Browser } from 'playwright-core'
import { startBrowser } from '../../e2e/browser.ts'
import { buildPages } from '../../server/buildPages.ts'
import { type Folder, quietStreet, STREET } from '../harness/folder.ts'
import type { Line, Options, Row } from '../harness/row.ts'
import { startServer } from '../harness/serverChild.ts'
import { median, medianRatio, ms, times } from '../harness/statistics.ts'
import { buildBarePage, serveBarePage } from './barePage.ts'
import { bareScene } from './bareScene.ts'
import { type Looked, look } from './eyes.ts'

const ROUNDS = 9
const REACH = 1.3

export const map: Row = { name: 'map', run }

async function run({ say }: Options): Promise<readonly Line[]> {
  await buildPages(say, false)
  const browser = await startBrowser()
  try {
    const street = await quietStreet()
    const first = await beside(browser, street, STREET, async open => {
      const [own, peer] = [[] as number[], [] as number[]]
      await (await open.wall()).close() // warm
      await (await open.bare()).close()
      for (let round = 0; round < ROUNDS; round++) {
        own.push(await pictureMs(open.wall))
        peer.push(await pictureMs(open.bare))
        say(`  first picture: ${ms(own.at(-1) ?? 0)}, bare ${ms(peer.at(-1) ?? 0)}`)
      }
      return line(
        'first wall picture: from navigation to the first frame with boundaries, nothing cached',
        'median',
        own,
        peer,
      )
    })
    return [first]
  } finally {
    await browser.close()
  }
}

type Open = { wall(): Promise<Looked>; bare(): Promise<Looked> }

async function beside(
  browser: Browser,
  folder: Folder,
  root: string,
  measure: (open: Open) => Promise<Line>,
): Promise<Line> {
  const server = await startServer(folder, [{ role: 'wall', areas: [root] }])
  try {
    const { url, tokens } = server.ready
    const token = tokens[0] ?? ''
    const wall = () => look(browser, `${url}/wall#token=${token}`)
    const probe = await wall()
    const box = await probe.page.locator('[data-zone="map"] .maplibregl-canvas').first().boundingBox()
    await probe.close()
    if (!box) throw new Error('the wall has no map')
    const bare = await serveBarePage(await buildBarePage(folder), await bareScene(url, token, root, box))
    try {
      return await measure({ wall, bare: () => look(browser, bare.url) })
    } finally {
      bare.close()
    }
  } finally {
    await server.stop()
    folder.remove()
  }
}

async function pictureMs(open: () => Promise<Looked>): Promise<number> {
  const looked = await open()
  await looked.close()
  return looked.pictureMs
}

function line(what: string, figure: string, own: readonly number[], peer: readonly number[]): Line {
  const ratio = medianRatio(own, peer)
  return {
    what,
    gridwatch: `${figure} ${ms(median(own))}`,
    peer: `bare MapLibre: ${figure} ${ms(median(peer))}`,
    ratio: times(ratio),
    reach: `≤ ${REACH} ×`,
    holds: ratio <= REACH,
  }
}
