/** A wall of a store, and the bare page that shows the same at the same place, for one line of the table. */
import type { Browser } from 'playwright-core'
import { openScreen, type Size } from '../../e2e/browser.ts'
import type { Folder } from '../harness/folder.ts'
import { startServer } from '../harness/serverChild.ts'
import type { BareScene } from './bare/bareMap.ts'
import { buildBarePage, serveBarePage } from './barePage.ts'
import { bareScene } from './bareScene.ts'

export type Pair = { readonly wall: string; readonly bare: string; readonly url: string }
export type Shown = {
  readonly folder: Folder
  /** What the wall's viewer may see, and which area of it the wall shows. */
  readonly areas: readonly string[]
  readonly root: string
  readonly size: Size
  readonly people?: BareScene['people']
}

export async function beside<Result>(
  browser: Browser,
  { folder, areas, root, size, people = [] }: Shown,
  measure: (pair: Pair) => Promise<Result>,
): Promise<Result> {
  const server = await startServer(folder, [{ role: 'wall', areas }])
  try {
    const { url, tokens } = server.ready
    const token = tokens[0] ?? ''
    const wall = `${url}/wall?area=${root}#token=${token}`
    const probe = await openScreen(browser, wall, size)
    const canvas = probe.page.locator('[data-zone="map"] .maplibregl-canvas').first()
    await canvas.waitFor()
    const box = await canvas.boundingBox()
    await probe.close()
    if (!box) throw new Error('the wall has no map')
    const scene = await bareScene({ url, token, root, box, unitPx: size.height / 1080 }, people)
    const bare = await serveBarePage(await buildBarePage(folder), scene)
    try {
      return await measure({ wall, bare: bare.url, url })
    } finally {
      bare.close()
    }
  } finally {
    await server.stop()
    folder.remove()
  }
}
