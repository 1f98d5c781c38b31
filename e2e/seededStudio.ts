/** A browser and a server on the seeded street, for one file of tests. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Size, startBrowser, type Wall } from './browser.ts'
import { makeToken, type ServerProcess, startServer } from './serverProcess.ts'
import { STILL, STREET } from './stores.ts'
import { openStudio, seededStreet } from './studio.ts'

export type SeededStudio = {
  readonly browser: Browser
  readonly server: ServerProcess
  readonly folder: string
  /** Of the screen that was opened last. */
  readonly page: Page
  open(query: string, size?: Size): Promise<Wall>
  /** Nothing that the page threw went uncaught. */
  close(): Promise<void>
}

/** To be called where tests are collected: what it gives is there while they run. */
export function seededStudio(seed: typeof seededStreet = seededStreet): SeededStudio {
  let folder: Awaited<ReturnType<typeof seededStreet>>
  let server: ServerProcess
  let token: string
  let browser: Browser
  let screen: Wall
  beforeAll(async () => {
    folder = await seed()
    server = await startServer(folder.path, STILL)
    token = await makeToken(folder.path, 'analyst', STREET)
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    folder?.remove()
  })
  return {
    get browser() {
      return browser
    },
    get server() {
      return server
    },
    get folder() {
      return folder.path
    },
    get page() {
      return screen.page
    },
    async open(query, size) {
      screen = await openStudio(browser, `${server.url}/studio?${query}#token=${token}`, size)
      return screen
    },
    async close() {
      expect(screen.failures).toEqual([])
      await screen.close()
    },
  }
}
