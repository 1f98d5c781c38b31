/** A quiet street with a known past, and the studio on it. */
import type { Browser, Page } from 'playwright-core'
import type { Viewer } from '../server/access/viewer.ts'
import { incidentCommands } from '../server/commands/incidentCommands.ts'
import type { IncidentRequest } from '../server/commands/types.ts'
import { openApp } from '../server/openApp.ts'
import type { Place } from './api.ts'
import { openScreen, type Size, type Wall } from './browser.ts'
import { IN_COMMUNITY, IN_NEXT, quietStreet, STREET, storeUrl, WORKER } from './stores.ts'

export const DESK: Size = { width: 1440, height: 900 }

/** What the page hands to its maps. */
export type StudioInspected = {
  readonly head: number
  readonly areas: readonly string[]
  readonly heat: { readonly unit: string; readonly bandwidthM: number; readonly domain: readonly number[] }
  readonly gl: { readonly width: number; readonly height: number; readonly lost: boolean }
  readonly isCurrent: boolean
  readonly maps: readonly {
    readonly kind: string
    readonly n: number | null
    readonly peak: number | null
    readonly from: number | null
    readonly to: number | null
    readonly bands: readonly number[]
    readonly less: readonly number[]
    readonly hot: number
  }[]
}

/** Local times of the seeded incidents: 20 in the community on Monday from 8 to 10, 6 next to it on Tuesday evening (met), 4 on one spot on Wednesday noon. */
export const SEEDED = { monday: 20, tuesday: 6, wednesday: 4, all: 30 } as const
export const PAST = 'from=2026-11-02T00:00&to=2026-11-09T00:00'

export const seededStreet = () =>
  streetWith(async ({ report, give }) => {
    for (let i = 0; i < SEEDED.monday; i++)
      await report('streetTrading', `2026-11-02T${i < 10 ? '08' : '09'}:10:00+08:00`, near(IN_COMMUNITY, i))
    for (let i = 0; i < SEEDED.tuesday; i++) {
      const at = '2026-11-03T20:30:00+08:00'
      const incident = await report('dispute', at, near(IN_NEXT, i))
      const soon = new Date(Date.parse(at) + 30_000).toISOString()
      await give(soon, { verb: 'accept', incident, assignee: WORKER })
      await give(soon, { verb: 'resolve', incident })
    }
    for (let i = 0; i < SEEDED.wednesday; i++)
      await report('facilityDamage', '2026-11-04T12:00:00+08:00', { lng: IN_NEXT.lng - 0.0005, lat: IN_NEXT.lat })
  })

/** Where somebody's form puts what nobody placed. */
export const PILE: Place & { readonly n: number } = { lng: 121.8625, lat: 30.5515, n: 14 }

/** A Monday scattered over a community, and a Friday piled up on one coordinate. */
export const piledStreet = () =>
  streetWith(async ({ report }) => {
    for (let i = 0; i < SEEDED.monday; i++)
      await report('streetTrading', '2026-11-02T08:10:00+08:00', near(IN_COMMUNITY, i))
    const { lng, lat, n } = PILE
    for (let i = 0; i < n; i++) await report('dispute', '2026-11-06T15:00:00+08:00', { lng, lat })
  })

/**
 * A Monday on which what was known differs from what was: five reported at 08:10, of which two were voided at 08:12, and three
 * that happened at 12:00 and were told at 12:20.
 */
export const windingStreet = () =>
  streetWith(async ({ give, report }) => {
    const morning: string[] = []
    for (let i = 0; i < 5; i++)
      morning.push(await report('streetTrading', '2026-11-02T08:10:00+08:00', near(IN_COMMUNITY, i)))
    for (const incident of morning.slice(0, 2))
      await give('2026-11-02T08:12:00+08:00', { verb: 'void', incident, reason: '误报' })
    const at = Date.parse('2026-11-02T12:00:00+08:00')
    for (let i = 0; i < 3; i++)
      await give('2026-11-02T12:20:00+08:00', { verb: 'report', category: 'dispute', place: near(IN_NEXT, i), at })
  })

const near = ({ lng, lat }: Place, i: number) => ({
  lng: lng + 0.0003 * (i % 5),
  lat: lat + 0.0003 * Math.floor(i / 5),
})

type Past = {
  /** Acts as a dispatcher when it was `at`, and tells the incident's id. */
  readonly give: (at: string, request: Omit<IncidentRequest, 'commandId'>) => Promise<string>
  readonly report: (category: string, at: string, place: Place) => Promise<string>
}

async function streetWith(live: (past: Past) => Promise<void>) {
  const folder = await quietStreet()
  const opened = await openApp({ GRIDWATCH_DATABASE_URL: storeUrl(folder.path) })
  let now = 0
  const commands = incidentCommands({ ...opened, time: { ...opened.time, now: () => now } })
  const give: Past['give'] = async (at, request) => {
    now = Date.parse(at)
    const outcome = await commands.execute(DISPATCHER, { commandId: opened.random.uuid(), ...request })
    if (!outcome.ok) throw new Error(`${request.verb}: ${outcome.code} ${outcome.message.en}`)
    return outcome.incident
  }
  try {
    await live({ give, report: (category, at, place) => give(at, { verb: 'report', category, place }) })
  } finally {
    await opened.store.close()
  }
  return folder
}

const DISPATCHER: Viewer = {
  tokenId: 'beside',
  role: 'dispatcher',
  areas: [STREET],
  worker: null,
  leads: [],
  device: null,
  name: null,
}

/** Opens the studio and waits until what it shows is what its address asks for. */
export async function openStudio(browser: Browser, address: string, size: Size = DESK): Promise<Wall> {
  const screen = await openScreen(browser, address, size)
  await drawn(screen.page)
  return screen
}

export const drawn = (page: Page) =>
  page.waitForFunction(() => (window.gridwatch?.inspect() as StudioInspected | null)?.isCurrent === true)

/** What is handed to the maps once the picture stands for the address, and meets a condition. */
export async function shown(page: Page): Promise<StudioInspected> {
  await drawn(page)
  return (await page.evaluate(() => window.gridwatch?.inspect() ?? null)) as unknown as StudioInspected
}

export const counts = async (page: Page) => (await shown(page)).maps.map(map => map.n)
export const control = (page: Page, name: string) => page.locator(`[data-control="${name}"]`)
export const parameters = (page: Page) => new URL(page.url()).searchParams
