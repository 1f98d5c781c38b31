/** A real Chromium, and walls in it whose requests and failures are written down. */
import { type Browser, chromium, type Page } from 'playwright-core'

/** Software GL draws a few frames a second: whoever waits here waits for a condition, and this is its far bound. */
export const WAIT_MS = 120_000

export type Wall = {
  readonly page: Page
  /** Every address that the page asked for, sockets included. */
  readonly requests: readonly string[]
  /** Errors that nobody caught. */
  readonly failures: readonly string[]
  close(): Promise<void>
}
export type Size = { readonly width: number; readonly height: number }
export type Inspected = {
  readonly head: number
  readonly at: number
  readonly incidents: readonly { id: string; lng: number; lat: number; state: string }[]
  readonly workers: readonly { id: string; lng: number; lat: number; at: number }[]
  readonly areas: readonly string[]
  readonly heat: { readonly unit: string; readonly bandwidthM: number; readonly domain: readonly number[] } | null
  readonly gl: { readonly width: number; readonly height: number; readonly lost: boolean }
}

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist'],
  })
}

/** A screen of its own: nothing is kept from another. */
export async function openScreen(browser: Browser, address: string, size: Size = HD, dpr = 1): Promise<Wall> {
  const context = await browser.newContext({ viewport: size, deviceScaleFactor: dpr, reducedMotion: 'reduce' })
  context.setDefaultTimeout(WAIT_MS)
  const page = await context.newPage()
  const requests: string[] = []
  const failures: string[] = []
  page.on('request', request => requests.push(request.url()))
  page.on('websocket', socket => requests.push(socket.url()))
  page.on('pageerror', error => failures.push(error.message))
  await page.goto(address)
  return { page, requests, failures, close: () => context.close() }
}

export const HD: Size = { width: 1920, height: 1080 }

/** Opens a wall and waits until it is live (or replays) and its map is there. */
export async function openWall(browser: Browser, address: string, size: Size = HD, dpr = 1): Promise<Wall> {
  const wall = await openScreen(browser, address, size, dpr)
  await wall.page.waitForFunction(
    () =>
      ['live', 'replay'].includes(document.documentElement.dataset['link'] ?? '') &&
      window.gridwatch?.inspect() != null,
  )
  return wall
}

export async function inspect(page: Page): Promise<Inspected> {
  const inspected = await page.evaluate(() => window.gridwatch?.inspect() ?? null)
  if (inspected === null) throw new Error('the map is not there')
  return inspected
}

export const linkIs = (page: Page, link: string) =>
  page.waitForFunction(is => document.documentElement.dataset['link'] === is, link)

/** The ids that a zone shows, in its order. */
export const idsIn = (page: Page, zone: string): Promise<string[]> =>
  page
    .locator(`[data-zone="${zone}"] [data-incident]`)
    .evaluateAll(elements => elements.map(element => (element as HTMLElement).dataset['incident'] ?? ''))

export const mark = (page: Page, zone: string, id: string) =>
  page.locator(`[data-zone="${zone}"] [data-incident="${id}"]`)

/** In the document: a pin's and a dot's own box has no size. */
export const appears = (page: Page, zone: string, id: string) => mark(page, zone, id).waitFor({ state: 'attached' })

declare global {
  interface Window {
    gridwatch?: { inspect(): Inspected | null }
  }
}
