import { beforeEach, expect, test } from 'vitest'
import { handOver } from '../access/deviceHolder.ts'
import { type Tokens, tokens } from '../access/tokens.ts'
import type { Route } from '../http/router.ts'
import { createMetrics, type Metrics } from '../metrics.ts'
import { positionService, type TimedPositionService } from '../positions/positionService.ts'
import { IN_WEST_1, MINUTE, SECOND, STREET, T0, workerViewer } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { feedRoute } from './feedRoute.ts'

let street: TestApp
let access: Tokens
let metrics: Metrics
let positions: TimedPositionService
let route: Route
let phone: string
beforeEach(async () => {
  street = await testApp()
  access = tokens(street.app, 'a secret of at least 32 characters')
  metrics = createMetrics(() => 0)
  positions = positionService(street.app, metrics)
  route = feedRoute(street.app, access, positions, metrics)
  phone = await tokenFor('phone-1', 'w1')
})

const tokenFor = (device: string, worker: string) =>
  access.issue({ role: 'device', areas: [STREET], worker, device, name: null, expiresAt: null })
const setDuty = (worker: string, onDuty: boolean) =>
  positions.setDuty(workerViewer(worker), worker, onDuty, { commandId: street.app.random.uuid() })

async function post(path: string, body: string, authorization?: string): Promise<Response> {
  const url = `http://gridwatch.test/feeds/${path}`
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
  const response = await route(new Request(url, { method: 'POST', body, headers }), new URL(url), '')
  return response!
}
const basic = (token: string) => `Basic ${Buffer.from(`w1:${token}`).toString('base64')}`

function owntracks(at: number, over: object = {}): string {
  const { lat, lng } = IN_WEST_1
  return JSON.stringify({ _type: 'location', lat, lon: lng, tst: at / 1000, topic: 'owntracks/w1/phone-1', ...over })
}

async function stored(): Promise<{ worker: string; at: number }[]> {
  const snapshot = await street.app.store.snapshot()
  const fixes = await snapshot.positions({ from: 0, to: Number.MAX_SAFE_INTEGER }).finally(() => snapshot.close())
  return fixes.map(({ worker, at }) => ({ worker, at }))
}
const counted = (outcome: string, feed = 'owntracks') =>
  metrics.text(0).includes(`gridwatch_feed_messages_total{feed="${feed}",outcome="${outcome}"} 1\n`)

test('a path that is no feed is left to others, and an unknown feed is not found', async () => {
  const url = new URL('http://gridwatch.test/graphql')
  expect(await route(new Request(url), url, '')).toBeNull()
  expect((await post('gopher', '')).status).toBe(404)
})

test.each<[string, (token: string) => [string, string?]]>([
  ['as Basic password', token => ['owntracks/pub', basic(token)]],
  ['as Bearer', token => ['owntracks/pub?u=w1&d=phone-1', `Bearer ${token}`]],
  ['in the path', token => [`owntracks/t/${token}/pub`]],
  ['in the path without a tail', token => [`owntracks/t/${token}`]],
])('a token %s is taken, and a good fix is stored for the worker', async (_, sent) => {
  await setDuty('w1', true)
  const [path, authorization] = sent(phone)
  const response = await post(path, owntracks(T0), authorization)
  expect([response.status, await response.text()]).toEqual([200, '[]'])
  expect(await stored()).toEqual([{ worker: 'w1', at: T0 }])
  expect(counted('accepted')).toBe(true)
})

test.each<[string, () => Promise<string | undefined>]>([
  ['no token', async () => undefined],
  ['a wrong token', async () => basic('x')],
  ['Basic without a password', async () => 'Basic'],
  [
    'a person’s token',
    async () =>
      basic(
        await access.issue({
          role: 'worker',
          areas: [STREET],
          worker: 'w1',
          device: null,
          name: null,
          expiresAt: null,
        }),
      ),
  ],
  [
    'a revoked token',
    async () => {
      await access.revoke((await access.viewer(phone))!.tokenId)
      return basic(phone)
    },
  ],
])('%s: 401, counted, nothing stored', async (_, authorization) => {
  await setDuty('w1', true)
  const response = await post('owntracks/pub', owntracks(T0), await authorization())
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toContain('Basic')
  expect(counted('unauthorized')).toBe(true)
  expect(await stored()).toEqual([])
})

test('a path that is no text: 401', async () => {
  expect((await post('owntracks/t/%E0%A4%A/', owntracks(T0))).status).toBe(401)
})

test('the token of another device: 403, counted, nothing stored', async () => {
  await setDuty('w1', true)
  await setDuty('w2', true)
  const response = await post('owntracks/pub', owntracks(T0), basic(await tokenFor('phone-2', 'w2')))
  expect(response.status).toBe(403)
  expect(counted('otherDevice')).toBe(true)
  expect(await stored()).toEqual([])
})

test.each<[string, string, string]>([
  ['off duty', owntracks(T0 - MINUTE), 'offDuty'],
  ['in the future', owntracks(T0 + 3 * MINUTE), 'future'],
  ['too fast', owntracks(T0 + SECOND, { lat: IN_WEST_1.lat + 0.01 }), 'tooFast'],
  ['at null island', owntracks(T0, { lat: 0, lon: 0 }), 'nullIsland'],
  ['at null island, whose zeros OwnTracks leaves out', owntracks(T0, { lat: undefined, lon: undefined }), 'nullIsland'],
  ['at the same instant elsewhere', owntracks(T0, { lat: IN_WEST_1.lat + 0.0001 }), 'conflictingFix'],
  ['that came before', owntracks(T0), 'duplicate'],
  ['impossible', owntracks(T0 + SECOND, { lat: 91 }), 'badInput'],
  ['of another type', JSON.stringify({ _type: 'waypoint', topic: 'owntracks/w1/phone-1' }), 'otherType'],
  ['encrypted', JSON.stringify({ _type: 'encrypted', topic: 'owntracks/w1/phone-1' }), 'encrypted'],
  ['empty', '', 'empty'],
])('a message %s is answered with success, not stored, and counted', async (_, body, outcome) => {
  await setDuty('w1', true)
  await post('owntracks/pub', owntracks(T0), basic(phone))
  const response = await post('owntracks/pub', body, basic(phone))
  expect([response.status, await response.text()]).toEqual([200, '[]'])
  expect(counted(outcome)).toBe(true)
  expect(await stored()).toEqual([{ worker: 'w1', at: T0 }])
})

test('Traccar and OsmAnd are stored as they send', async () => {
  await setDuty('w1', true)
  const { lat, lng } = IN_WEST_1
  const location = { timestamp: new Date(T0).toISOString(), coords: { latitude: lat, longitude: lng, accuracy: 5 } }
  const first = await post('traccar', JSON.stringify({ device_id: 'phone-1', location }), `Bearer ${phone}`)
  const query = `id=phone-1&timestamp=${T0 / 1000 + 60}&lat=${lat}&lon=${lng}`
  street.clock.now += MINUTE
  const second = await post(`osmand/t/${phone}/?${query}`, '')
  expect([first.status, second.status, await first.text(), await second.text()]).toEqual([200, 200, '', ''])
  expect((await stored()).map(({ at }) => at)).toEqual([T0, T0 + MINUTE])
  expect((await post(`osmand/t/${phone}/`, 'lat=1&lon=1')).status).toBe(400)
  expect(counted('malformed', 'osmand')).toBe(true)
})

test('a telephone on its own time falls off duty without stopping: its queue drains', async () => {
  const response = await post('owntracks/pub', owntracks(T0), basic(phone))
  expect(response.status).toBe(200)
  expect(counted('offDuty')).toBe(true)
})

test('a fix belongs to the worker who had the device then', async () => {
  await setDuty('w1', true)
  await setDuty('w2', true)
  street.clock.now = T0 + 10 * MINUTE
  const { reference } = street.app.store
  await reference.putDevices(handOver(await reference.devices(), 'phone-1', 'w2', street.clock.now))
  street.clock.now = T0 + 20 * MINUTE
  for (const minute of [5, 15]) await post('owntracks/pub', owntracks(T0 + minute * MINUTE), basic(phone))
  await post('owntracks/pub', owntracks(T0 - 48 * 60 * MINUTE), basic(phone))
  expect(await stored()).toEqual([
    { worker: 'w1', at: T0 + 5 * MINUTE },
    { worker: 'w2', at: T0 + 15 * MINUTE },
  ])
  expect(counted('noHolder')).toBe(true)
})

test('a message of more than a million bytes is too large, and is not read to its end', async () => {
  expect((await post('owntracks/pub', 'x'.repeat(1_000_001), basic(phone))).status).toBe(413)
  let given = 0
  const endless = new ReadableStream({
    pull(controller) {
      given += 100_000
      controller.enqueue(new Uint8Array(100_000))
    },
  })
  const url = 'http://gridwatch.test/feeds/owntracks/pub'
  const init = { method: 'POST', body: endless, duplex: 'half', headers: { authorization: basic(phone) } } as const
  expect((await route(new Request(url, init), new URL(url), ''))?.status).toBe(413)
  expect(given).toBeLessThan(2_000_000)
})

test('a message that comes in pieces is read whole, letters cut in two included', async () => {
  await setDuty('w1', true)
  const bytes = new TextEncoder().encode(owntracks(T0, { note: '网格员' }))
  const pieces = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
      controller.close()
    },
  })
  const url = 'http://gridwatch.test/feeds/owntracks/pub'
  const init = { method: 'POST', body: pieces, duplex: 'half', headers: { authorization: basic(phone) } } as const
  expect((await route(new Request(url, init), new URL(url), ''))?.status).toBe(200)
  expect(await stored()).toEqual([{ worker: 'w1', at: T0 }])
})

test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is no unit of speed', async unit => {
  await setDuty('w1', true)
  const query = `id=phone-1&timestamp=${T0 / 1000}&lat=${IN_WEST_1.lat}&lon=${IN_WEST_1.lng}&speed=3&speedUnit=${unit}`
  expect((await post(`osmand/t/${phone}/?${query}`, '')).status).toBe(400)
  expect(await stored()).toEqual([])
})

test.each<unknown>([{ a: 1 }, ['owntracks/w1/phone-1'], { toString: 1 }, 5])(
  'a topic that is no text names no device: %j',
  async topic => {
    expect((await post('owntracks/pub', owntracks(T0, { topic }), basic(phone))).status).toBe(200)
  },
)
