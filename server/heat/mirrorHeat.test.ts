import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { everyIncident, type HeatFilter } from '#domain/heat/heatFilter.ts'
import { seededRandom } from '../simulator/random.ts'
import { EAST, HOUR, IN_WEST_1, POLICY, STREET, STREET_AREAS, T0, viewer, WEST, WEST_1 } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { mirrorKeeper } from './mirror/keeper.ts'
import { live } from './mirror/livedStreet.ts'
import { scanThreads } from './mirror/scanThreads.ts'
import { mirrorHeat } from './mirrorHeat.ts'
import { storeHeat } from './storeHeat.ts'

const always = everyIncident(T0 - 100 * HOUR, T0 + 1000 * HOUR)
const FILTERS: readonly HeatFilter[] = [
  always,
  { ...always, from: T0 + 3 * HOUR, to: T0 + 29 * HOUR },
  { ...always, from: T0 + 5 * HOUR + 1234, to: T0 + 6 * HOUR },
  { ...always, area: WEST },
  { ...always, area: WEST_1, category: ['fire'] },
  { ...always, source: ['hotline', 'sensor'], tier: ['minor', 'hard'] },
  { ...always, clock: 'respond', clockState: ['breached'] },
  { ...always, clock: 'discover', clockState: ['notApplicable', 'met'] },
  { ...always, clockState: ['running', 'paused'] },
  { ...always, hour: [10, 11, 12, 23] },
  { ...always, weekday: [2], category: ['rubbish'] },
  { ...always, bounds: [121.405, 31.203, 121.4213, 31.2171] },
  { ...always, bounds: [121.405, 31.203, 121.4213, 31.2171], hour: [14], tier: ['major'] },
  { ...always, bounds: [100, 30, 100.1, 30.1] },
  { ...always, asOf: T0 + 20 * HOUR },
  { ...always, asOf: T0 + 20 * HOUR, knownAt: T0 + 20 * HOUR },
]

const [west, south, east, north] = [121.41, 31.2, 121.43, 31.22]
/** Drawn anew: what lies to the east and west of it is outside. */
const NARROW = {
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
}

async function mirrored(street: TestApp, file: string | null = null, rowsInPlace?: number) {
  const keeper = mirrorKeeper(street.app, file)
  const threads = scanThreads(2, rowsInPlace)
  onTestFinished(async () => {
    await threads.close()
    await keeper.close()
  })
  await keeper.ready
  return { keeper, heat: mirrorHeat(street.app, keeper, threads) }
}

async function expectSame(street: TestApp, heat: ReturnType<typeof mirrorHeat>) {
  const store = storeHeat(street.app)
  let counted = 0
  for (const areas of [[STREET], [EAST], [WEST_1, EAST]])
    for (const [i, filter] of FILTERS.entries()) {
      const who = viewer('leader', areas)
      // The one makes more cells than a grid holds, the other fewer.
      const bandwidthM = i % 2 === 0 ? 2_000 : 120
      const told = await heat.counts(who, filter, bandwidthM)
      expect(told).toEqual(await store.counts(who, filter, bandwidthM))
      expect(await heat.times(who, filter)).toEqual(await store.times(who, filter))
      counted += told.counts.n
    }
  return counted
}

test('the mirror says what the store says, through everything that can happen to incidents', async () => {
  const street = await testApp()
  const [chance, ids] = [seededRandom(20260302), [] as string[]]
  await live(street, 60, chance, ids)
  // Scanned in threads, however few the rows are.
  const { heat } = await mirrored(street, null, -1)
  for (let round = 0; round < 3; round++) {
    expect(await expectSame(street, heat)).toBeGreaterThan(100)
    await live(street, 60, chance, ids)
  }
  await street.app.store.reference.putAreas(STREET_AREAS.map(area => ({ ...area, geometry: NARROW })))
  await expectSame(street, heat)
  const { outside, unlocated } = await heat.counts(viewer('leader'), always, 120)
  expect(outside).toBeGreaterThan(0)
  expect(unlocated).toBeGreaterThan(0)
  expect(street.complaints).toEqual([])
})

test('a mirror read from its file goes on where it stood, and is the one made anew', async () => {
  const street = await testApp()
  const file = join(street.url.slice('file:'.length), '..', 'heat')
  const [chance, ids] = [seededRandom(7), [] as string[]]
  await live(street, 80, chance, ids)
  const first = await mirrored(street, file)
  const before = await first.keeper.current()
  await first.keeper.close()
  await live(street, 80, chance, ids)
  const second = await mirrored(street, file)
  await expectSame(street, second.heat)
  const [read, made] = [await second.keeper.current(), await (await mirrored(street)).keeper.current()]
  expect(read?.head).toBe(made?.head)
  expect(read?.head).toBeGreaterThan(before?.head ?? 0)
  expect([...(read?.days.values() ?? [])].map(day => [day.day, day.rows, day.located, day.box]).sort()).toEqual(
    [...(made?.days.values() ?? [])].map(day => [day.day, day.rows, day.located, day.box]).sort(),
  )
  expect(street.complaints).toEqual([])
})

test.each([
  ['cut off', 'not whole', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3)],
  ['changed in one bit', 'not whole', (bytes: Buffer) => bytes.with(bytes.length - 5, (bytes.at(-5) ?? 0) ^ 1)],
  ['no mirror at all', 'not whole', () => Buffer.from('hello')],
  ['empty', 'not whole', () => Buffer.alloc(0)],
  ['whole, and of an older format', 'its format is not', ofOlderFormat],
])('a file that is %s is said and made anew', async (_, reason, spoil) => {
  const street = await testApp()
  const file = join(street.url.slice('file:'.length), '..', 'heat')
  await live(street, 30, seededRandom(3), [])
  await (await mirrored(street, file)).keeper.close()
  await writeFile(file, spoil(await readFile(file)))
  const { heat } = await mirrored(street, file)
  await expectSame(street, heat)
  expect(street.complaints).toHaveLength(1)
  expect(JSON.stringify(street.complaints)).toContain('made anew')
  expect(JSON.stringify(street.complaints)).toContain(reason)
})

/** As an earlier release left it: named so, and with the checksum that belongs to it. */
function ofOlderFormat(bytes: Buffer): Buffer {
  const older = Buffer.from(bytes.toString('latin1').replace(/(?<="gridwatch heat mirror )\d/, '2'), 'latin1')
  older.writeUInt32LE(crc32(older.subarray(8)), 4)
  return older
}

test('of incidents whose rows are alike but for their clocks, the one that something happened to is the one that changes', async () => {
  const street = await testApp()
  const [dispatcher, leader] = [viewer('dispatcher'), viewer('leader')]
  const report = () => street.does(dispatcher, { verb: 'report', category: 'fire', area: WEST })
  const accepted = [await report(), await report()]
  const waiting = [await report(), await report(), await report()]
  for (const incident of accepted) {
    await street.does(dispatcher, { verb: 'dispatch', incident, assignee: 'w1' })
    await street.does(dispatcher, { verb: 'accept', incident, assignee: 'w1' })
  }
  const { heat } = await mirrored(street)
  for (const [who, step] of [
    [leader, { verb: 'void', incident: waiting[0], reason: '误报' }],
    [leader, { verb: 'void', incident: accepted[0], reason: '误报' }],
    [dispatcher, { verb: 'resolve', incident: accepted[1] }],
  ] as const) {
    await street.does(who, step)
    for (const clockState of [['running'], ['met']] as const) {
      const filter = { ...always, clock: 'respond', clockState }
      const told = await heat.times(leader, filter)
      expect(told).toEqual(await storeHeat(street.app).times(leader, filter))
      expect(told.unlocated).toBeGreaterThan(0)
    }
  }
  expect(street.complaints).toEqual([])
})

test('a mirror of another log is not taken for this one', async () => {
  const [one, other] = [await testApp(), await testApp()]
  const file = join(one.url.slice('file:'.length), '..', 'heat')
  await live(one, 30, seededRandom(3), [])
  await live(other, 60, seededRandom(4), [])
  await (await mirrored(one, file)).keeper.close()
  const { heat } = await mirrored(other, file)
  await expectSame(other, heat)
  expect(JSON.stringify(other.complaints)).toContain('not of this log')
})

test('a policy that another process brought together with its incidents counts at once', async () => {
  const street = await testApp()
  const held = await street.app.reference()
  const policy = { ...POLICY, id: 'night', choice: { category: 'fire' } }
  await street.app.store.reference.putPolicies([policy])
  await street.does(viewer('dispatcher'), { verb: 'report', category: 'fire', place: IN_WEST_1 })
  const late = { ...street.app, reference: async () => held }
  const keeper = mirrorKeeper(late, null)
  onTestFinished(() => keeper.close())
  await keeper.ready
  const { outcome } = (await keeper.current())?.dictionaries ?? {}
  expect(outcome?.values).toEqual([
    {
      hour: 10,
      clocks: { discover: { state: 'notApplicable' }, respond: { state: 'running' }, resolve: { state: 'running' } },
    },
  ])
})
