/** Stores that the browser's tests begin with. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Viewer } from '../server/access/viewer.ts'
import { incidentCommands } from '../server/commands/incidentCommands.ts'
import type { IncidentRequest } from '../server/commands/types.ts'
import { fillDemo } from '../server/demo/fillDemo.ts'
import { simulatorPort } from '../server/demo/simulatorPort.ts'
import { createMetrics } from '../server/metrics.ts'
import { openApp } from '../server/openApp.ts'
import { positionService } from '../server/positions/positionService.ts'
import { backfill } from '../server/simulator/backfill.ts'
import { demoWorld } from '../server/simulator/world.ts'
import { openStore } from '../server/store/openStore.ts'
import type { Place } from './api.ts'
import { type Environment, makeFolder, ROOT } from './serverProcess.ts'

export const STREET = '990106'
export const COMMUNITY = '990106008001'
/** Points well inside a grid of the community above, and of the one next to it. */
export const IN_COMMUNITY: Place = { lng: 121.845786, lat: 30.555549 }
export const IN_NEXT: Place = { lng: 121.851585, lat: 30.556958 }
export const WORKER = 'W001'

/** For a server that shows the street and adds nothing of its own. */
export const STILL: Environment = { GRIDWATCH_DEMO: 'off' }

/** The demo's street with its people and policies, where nothing has happened yet. */
export async function quietStreet() {
  const folder = makeFolder()
  await mkdir(join(folder.path, 'var'))
  const store = await openStore(storeUrl(folder.path))
  try {
    await fillDemo(store, join(ROOT, 'data', 'demo'))
  } finally {
    await store.close()
  }
  return folder
}

/** The instants at which a full street is looked at: the morning, noon, and the evening in full swing. */
export const MOMENTS = ['2026-11-20T08:20:00+08:00', '2026-11-20T12:40:00+08:00', '2026-11-20T18:10:00+08:00'] as const

/** The demo's street with the same day behind it whenever it is asked for: a night, a morning, and on to 18:10. */
export async function fullStreet() {
  const folder = await quietStreet()
  const opened = await openApp({ GRIDWATCH_DATABASE_URL: storeUrl(folder.path) })
  const [from, to] = [Date.parse('2026-11-20T00:00:00+08:00'), Date.parse(MOMENTS[2])]
  const app = { ...opened, time: { ...opened.time, now: () => to } }
  try {
    const commands = incidentCommands(app)
    const positions = positionService(
      app,
      createMetrics(() => 0),
    )
    await backfill(demoWorld(), 'full', simulatorPort(app, commands, positions).backfill, { from, to })
  } finally {
    await opened.store.close()
  }
  return folder
}

/** Lets another process write into the store, as a dispatcher of the whole street. */
export async function writeBeside(folder: string, write: (give: Give) => Promise<void>): Promise<void> {
  const app = await openApp({ GRIDWATCH_DATABASE_URL: storeUrl(folder) })
  const commands = incidentCommands(app)
  const areas = [STREET]
  const viewer: Viewer = {
    tokenId: 'beside',
    role: 'dispatcher',
    areas,
    worker: null,
    leads: [],
    device: null,
    name: null,
  }
  try {
    await write(async request => {
      const outcome = await commands.execute(viewer, { commandId: app.random.uuid(), ...request })
      if (!outcome.ok) throw new Error(`${request.verb}: ${outcome.code} ${outcome.message.en}`)
      return outcome.incident
    })
  } finally {
    await app.store.close()
  }
}
export type Give = (request: Omit<IncidentRequest, 'commandId'>) => Promise<string>

export const storeUrl = (folder: string) => `file:${join(folder, 'var', 'gridwatch.db')}`
