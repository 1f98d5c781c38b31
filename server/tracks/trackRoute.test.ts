import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTrackLine, type TrackLine } from '#domain/worker/trackLine.ts'
import type { Role } from '../access/viewer.ts'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import { trackRoute } from './trackRoute.ts'

let world: World
beforeEach(async () => {
  world = await testWorld()
  for (const [worker, place] of [
    ['w-west', WEST],
    ['w-east', EAST],
  ] as const) {
    world.clock.now = T0
    await world.positions.setDuty(DISPATCHER, worker, true, { commandId: world.app.random.uuid() })
    for (let i = 0; i < 60; i++) await tell(worker, { lng: place.lng + i / 1e5, lat: place.lat }, T0 + i * 5000)
  }
  world.clock.now = T0 + 5 * MINUTE
})
afterEach(() => world.close())

async function tell(worker: string, place: typeof WEST, at: number): Promise<void> {
  const rest = { accuracyM: 5, speedMps: null, courseDeg: null, batteryPct: null, source: 'app', datum: 'wgs84' }
  await world.store.recordPositions({
    fixes: [{ worker, at, ...place, ...rest, original: null, recordedAt: at }],
    command: null,
  })
}

async function ask(role: Role, areas: readonly string[], body: object, worker: string | null = null) {
  const token = await world.token(role, areas, worker)
  const asked = {
    from: new Date(T0).toISOString(),
    to: new Date(T0 + 5 * MINUTE).toISOString(),
    reason: '核对巡查',
    ...body,
  }
  const request = new Request('http://x/tracks', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  })
  const response = await trackRoute(world.app, world.access)(request, new URL(request.url), '')
  if (response?.status !== 200) return `${response?.status} ${(await response?.text())?.trim()}`
  const text = await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).text()
  return text
    .trim()
    .split('\n')
    .map(line => readTrackLine(JSON.parse(line) as TrackLine))
}

test('the tracks of several come together, thinned as they say, and each of them sees who looked and why', async () => {
  const told = await ask('leader', ['310101'], { workers: ['w-west', 'w-east', 'w-west'] })
  expect(told).toMatchObject([
    { worker: 'w-west', n: 60, toleranceM: 3 },
    { worker: 'w-east', n: 60, toleranceM: 3 },
  ])
  const [west] = told as ReturnType<typeof readTrackLine>[]
  expect(west!.fixes.length).toBeLessThan(10)
  expect(west!.fixes.at(0)).toMatchObject({ at: T0, ...WEST })
  for (const worker of ['w-west', 'w-east']) {
    const looks = await world.store.reference.looks(worker)
    expect(looks).toMatchObject([{ worker, role: 'leader', reason: '核对巡查', fromAt: T0, toAt: T0 + 5 * MINUTE }])
  }
})

test('own tracks are read without a look; those of others by nobody but the few', async () => {
  expect(await ask('worker', ['310101001'], { workers: ['w-west'] }, 'w-west')).toMatchObject([{ n: 60 }])
  expect(await world.store.reference.looks('w-west')).toEqual([])
  const refused = '403 tracks are shown to leaders, dispatchers and auditors, and to the worker'
  for (const role of ['wall', 'analyst', 'admin', 'section'] as const)
    expect(await ask(role, ['310101'], { workers: ['w-west'] })).toBe(refused)
  expect(await ask('worker', ['310101'], { workers: ['w-west', 'w-east'] }, 'w-west')).toBe(refused)
  expect(await world.store.reference.looks('w-west')).toEqual([])
})

test('nobody outside the viewer’s areas is told of, and no look is recorded of what was refused', async () => {
  const asked = await ask('leader', ['310101001'], { workers: ['w-west', 'w-east'] })
  expect(asked).toBe('404 there is no worker w-east in your areas')
  expect(await world.store.reference.looks('w-west')).toEqual([])
})

test('without a reason, for more than a day or for too many there is nothing', async () => {
  expect(await ask('leader', ['310101'], { workers: ['w-west'], reason: '  ' })).toBe(
    '400 say why you look at these tracks',
  )
  expect(
    await ask('leader', ['310101'], { workers: ['w-west'], to: new Date(T0 + 28 * 60 * MINUTE).toISOString() }),
  ).toBe('400 ask for at most one day')
  const many = Array.from({ length: 201 }, (_, i) => `w${i}`)
  const wanted = '400 workers (1 to 200 ids), from, to and reason are wanted'
  expect(await ask('leader', ['310101'], { workers: many })).toBe(wanted)
  expect(await ask('leader', ['310101'], { workers: [] })).toBe(wanted)
})
