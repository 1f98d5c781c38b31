import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { socketServer, subscription } from '../graphql/testSocket.ts'
import { DISPATCHER, EAST, handScheduler, T0, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import { createMetrics } from '../metrics.ts'
import { positionService } from '../positions/positionService.ts'
import { referenceCache } from '../reference.ts'
import { duty as dutyFact } from '../store/contractSamples.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { openStore } from '../store/openStore.ts'
import { createLive } from './live.ts'

type Batch = { snapshot: boolean; workers: { worker: string; at: string; lng: number }[]; left: string[] }
const QUERY = 'subscription($area: ID) { positions(area: $area) { snapshot workers { worker at lng lat } left } }'

let world: World
let server: Awaited<ReturnType<typeof socketServer>>
beforeEach(async () => {
  world = await testWorld()
  server = await socketServer(world)
})
afterEach(async () => {
  await server.close()
  await world.close()
})

const self = (worker: string) => ({ ...DISPATCHER, role: 'worker' as const, worker })
const duty = (worker: string, on: boolean) =>
  world.positions.setDuty(self(worker), worker, on, { commandId: world.app.random.uuid() })
const fix = async (worker: string, at: number, place = WEST) => {
  const outcome = await world.positions.record(
    self(worker),
    worker,
    [{ ...place, at, datum: 'wgs84', source: 'app' }],
    null,
  )
  expect(outcome).toMatchObject({ ok: true, accepted: 1 })
}

async function watch(areas = ['310101'], variables: Record<string, unknown> = {}) {
  const client = server.client(await world.token('wall', areas))
  const stream = subscription<{ positions: Batch }>(client, QUERY, variables)
  return { ...stream, batches: () => stream.got.map(data => data.positions) }
}

async function tick(condition: () => boolean): Promise<void> {
  while (!condition()) {
    world.scheduler.advance(1000)
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
  }
}

test('it begins with everybody on duty and goes on with what moved, one fix each', async () => {
  await duty('w-west', true)
  world.clock.now = T0 + 1
  await fix('w-west', T0 + 1)
  const wall = await watch()
  await wall.until(() => wall.batches().length === 1)
  expect(wall.batches()[0]).toMatchObject({ snapshot: true, workers: [{ worker: 'w-west', lng: WEST.lng }], left: [] })
  world.clock.now = T0 + 60_000
  await fix('w-west', T0 + 30_000, { lng: WEST.lng + 0.001, lat: WEST.lat })
  await fix('w-west', T0 + 60_000, { lng: WEST.lng + 0.002, lat: WEST.lat })
  await fix('w-west', T0 + 45_000, { lng: WEST.lng + 0.0015, lat: WEST.lat }) // late: the dot does not go back
  await tick(() => wall.batches().length === 2)
  expect(wall.batches()[1]).toMatchObject({ snapshot: false, workers: [{ lng: WEST.lng + 0.002 }], left: [] })
})

test('who goes off duty has left, and is not in the next snapshot', async () => {
  await duty('w-west', true)
  world.clock.now = T0 + 1
  await fix('w-west', T0 + 1)
  const wall = await watch()
  await wall.until(() => wall.batches().length === 1)
  world.clock.now = T0 + 1000
  await duty('w-west', false)
  await tick(() => wall.batches().length === 2)
  expect(wall.batches()[1]).toMatchObject({ workers: [], left: ['w-west'] })
  const later = await watch()
  await later.until(() => later.batches().length === 1)
  expect(later.batches()[0]).toMatchObject({ snapshot: true, workers: [] })
})

test('only workers of the scope and of the area are shown', async () => {
  await duty('w-west', true)
  await duty('w-east', true)
  world.clock.now = T0 + 1
  await fix('w-west', T0 + 1)
  await fix('w-east', T0 + 1, EAST)
  const west = await watch(['310101001'])
  const inEast = await watch(['310101'], { area: '310101002' })
  await Promise.all([west, inEast].map(stream => stream.until(() => stream.batches().length === 1)))
  expect(west.batches()[0]?.workers.map(({ worker }) => worker)).toEqual(['w-west'])
  expect(inEast.batches()[0]?.workers.map(({ worker }) => worker)).toEqual(['w-east'])
})

test("positions that another process recorded move the dots, also when nobody's duty changes", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-live-'))
  const url = `file:${folder}/store.db`
  const [server, importer] = [await openStore(url), await openStore(url)]
  const worker = { id: 'w1', name: '张三', role: 'fullTime', area: '310101', leads: [], telephone: null }
  const street = { code: '310101', parent: null, level: 'street', name: '试街', households: null, geometry: null }
  await server.reference.putAreas([{ ...street, validFrom: null, validTo: null, properties: {} }])
  await server.reference.putWorkers([worker])
  const fixAt = (at: number): PositionFix => {
    const unknown = { accuracyM: null, speedMps: null, courseDeg: null, batteryPct: null, original: null }
    return { worker: 'w1', at, ...WEST, ...unknown, source: 'import', datum: 'wgs84', recordedAt: at }
  }
  await importer.append(dutyFact('w1', 'dutyStarted', T0))
  const scheduler = handScheduler()
  const app = { ...world.app, store: server, reference: referenceCache(server, () => 0) }
  const live = createLive(
    app,
    positionService(
      app,
      createMetrics(() => 0),
    ),
    () => scheduler.now(),
    scheduler,
  )
  const viewer = { ...DISPATCHER, role: 'wall' as const }
  const stream = live.positions({ viewer, area: null, recheck: async () => {} })
  expect((await stream.next()).value).toMatchObject({ snapshot: true, workers: [] })
  for (const at of [T0 + 5000, T0 + 10_000]) {
    await importer.recordPositions({ fixes: [fixAt(at)], command: null })
    const next = stream.next()
    for (let ms = 0; ms < 1000; ms += 500) {
      scheduler.advance(500)
      for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
    }
    expect((await next).value).toMatchObject({ workers: [{ worker: 'w1', at }] })
  }
  live.close()
  await Promise.all([server.close(), importer.close()])
  rmSync(folder, { recursive: true })
})

test('a watcher that was too slow for a tick is told where all are now', async () => {
  await duty('w-west', true)
  world.clock.now = T0 + 1
  const viewer = { ...DISPATCHER, role: 'wall' as const }
  const stream = world.live.positions({ viewer, area: null, recheck: async () => {} })
  expect((await stream.next()).value).toMatchObject({ snapshot: true, workers: [] })
  for (let second = 1; second <= 5; second++) {
    world.clock.now = T0 + second * 1000
    await fix('w-west', world.clock.now, { lng: WEST.lng + second / 10_000, lat: WEST.lat })
    world.scheduler.advance(1000)
  }
  expect((await stream.next()).value).toMatchObject({ workers: [{ worker: 'w-west', at: T0 + 5000 }] })
  await stream.return?.()
})

test('an end of duty that could not be read is read again', async () => {
  await duty('w-west', true)
  world.clock.now = T0 + 1
  await fix('w-west', T0 + 1)
  let isDown = false
  const snapshot = async () => {
    const read = await world.store.snapshot()
    return { ...read, workerStates: () => (isDown ? Promise.reject(new Error('no answer')) : read.workerStates()) }
  }
  const scheduler = handScheduler()
  const app = { ...world.app, store: { ...world.store, snapshot } }
  const live = createLive(app, world.positions, scheduler.now, scheduler)
  const viewer = { ...DISPATCHER, role: 'wall' as const }
  const stream = live.positions({ viewer, area: null, recheck: async () => {} })
  expect((await stream.next()).value).toMatchObject({ snapshot: true, workers: [{ worker: 'w-west' }] })
  const next = stream.next()
  isDown = true
  world.clock.now = T0 + 1000
  await duty('w-west', false)
  const pass = async () => {
    scheduler.advance(500)
    for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
  }
  for (let times = 0; times < 4; times++) await pass()
  isDown = false
  for (let times = 0; times < 4; times++) await pass()
  expect((await next).value).toMatchObject({ workers: [], left: ['w-west'] })
  await stream.return?.()
  live.close()
})
