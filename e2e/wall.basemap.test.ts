/** The base map that an operator gives: drawn under what happens, and told in words where it can't be. */
import { rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventedArchive } from '../server/testing/inventedArchive.ts'
import { inventedTile } from '../server/testing/inventedTile.ts'
import { createApi } from './api.ts'
import { appears, openWall, startBrowser, WAIT_MS } from './browser.ts'
import { colourShare } from './pixels.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { IN_COMMUNITY, quietStreet, STILL, STREET } from './stores.ts'

/** `map-water` of the map's dark palette. */
const WATER = '#0b1216'
/** 256 × 256 white pixels. */
const WHITE_PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAQAAAAEAAQAAAAB0CZXLAAAAM0lEQVR42u3KoQEAAAwCIP9/Wk9YXYBMeoggCIIgCIIgCIIgCIIgCIIgCIIgCIIgCIIgCMLvMPPS4dI8z/G7AAAAAElFTkSuQmCC'
/** The whole street lies in this tile: all of it water. */
const TILE = { z: 9, x: 429, y: 210 }

let folder: Awaited<ReturnType<typeof quietStreet>>
let browser: Browser
let token: string
let server: ServerProcess | undefined
let incident: string

const archive = () =>
  inventedArchive({
    tiles: [
      {
        ...TILE,
        bytes: inventedTile([
          {
            name: 'water',
            features: [
              {
                type: 'polygon',
                points: [
                  [-64, -64],
                  [4160, -64],
                  [4160, 4160],
                  [-64, 4160],
                ],
                properties: { kind: 'ocean' },
              },
            ],
          },
        ]),
      },
    ],
    metadata: { attribution: '&copy; 某市测绘院', vector_layers: [{ id: 'water' }] },
  })

beforeAll(async () => {
  folder = await quietStreet()
  const first = await startServer(folder.path, STILL)
  const desk = createApi(first.url, await makeToken(folder.path, 'dispatcher', STREET))
  incident = await desk.give('report', { category: 'dispute', title: '物业费争议', place: IN_COMMUNITY })
  token = await makeToken(folder.path, 'wall', STREET)
  await first.stop()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  folder?.remove()
})

async function wallWith(environment: { readonly [name: `GRIDWATCH_${string}`]: string }) {
  await server?.stop()
  server = await startServer(folder.path, { ...STILL, ...environment })
  return openWall(browser, `${server.url}/wall#token=${token}`)
}

const shareOf = async (page: Page, colour: string) =>
  colourShare(browser, await page.locator('[data-zone="map"]').screenshot(), colour)

test('a vector archive is drawn under the incidents, with its makers named', async () => {
  const file = join(folder.path, 'city.pmtiles')
  writeFileSync(file, archive())
  const wall = await wallWith({ GRIDWATCH_BASEMAP: file })
  await appears(wall.page, 'map', incident)
  await wall.page.locator('[data-basemap="archive"]', { hasText: '© 某市测绘院' }).waitFor()
  await expect.poll(() => shareOf(wall.page, WATER), { timeout: WAIT_MS, interval: 2000 }).toBeGreaterThan(0.4)
  expect(await wall.page.locator('[data-trouble]').count()).toBe(0)
  expect(wall.failures).toEqual([])
  await wall.close()
})

test.each<[string, Buffer | null, string]>([
  ['a corrupt archive', archive().fill(0, 127, 140), '底图文件已损坏'],
  ['a missing one', null, '找不到底图文件'],
])(
  'with %s the wall shows what happens, the streets it has, and says why there is no more',
  async (_, bytes, words) => {
    const file = join(folder.path, 'city.pmtiles')
    if (bytes) writeFileSync(file, bytes)
    else rmSync(file, { force: true })
    const wall = await wallWith({ GRIDWATCH_BASEMAP: file })
    await appears(wall.page, 'map', incident)
    await appears(wall.page, 'queue', incident)
    await wall.page.locator('[data-zone="map"] [data-trouble]', { hasText: words }).waitFor()
    expect(server?.output()).toContain('the base map cannot be read')
    expect(wall.failures).toEqual([])
    await wall.close()
  },
)

test("Tianditu's pictures come by way of the server; without them the wall goes on and says so", async () => {
  const picture = Buffer.from(WHITE_PNG, 'base64')
  let isWell = true
  const asked: string[] = []
  const mirror = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (isWell) response.setHeader('content-type', 'image/png').end(picture)
    else response.writeHead(403).end()
  }).listen(0, '127.0.0.1')
  await new Promise(resolve => mirror.once('listening', resolve))
  const url = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`
  try {
    const environment = { GRIDWATCH_TIANDITU_URL: url, GRIDWATCH_TIANDITU_KEY: 'the-key' } as const
    const wall = await wallWith(environment)
    await wall.page.locator('[data-basemap="tianditu"]').waitFor()
    await expect.poll(() => asked.some(path => path.startsWith('/cva_w/wmts?')), { timeout: WAIT_MS }).toBe(true)
    expect(wall.requests.filter(address => address.includes(url) || address.includes('the-key'))).toEqual([])
    await wall.close()

    isWell = false
    const without = await wallWith(environment)
    await appears(without.page, 'map', incident)
    await without.page.locator('[data-trouble="tianditu.refused"]').waitFor()
    expect(without.failures).toEqual([])
    await without.close()
  } finally {
    mirror.closeAllConnections()
    mirror.close()
  }
})
