import { afterEach, beforeEach, expect, test } from 'vitest'
import { decodeFixes } from '#domain/replay/fixCodec.ts'
import type { Role } from '../access/viewer.ts'
import { DISPATCHER, EAST, MINUTE, T0, testWorld, WEST, type World } from '../graphql/testWorld.ts'
import { replayRoute } from './replayRoute.ts'

let world: World
beforeEach(async () => {
  world = await testWorld()
})
afterEach(() => world.close())

const iso = (at: number) => new Date(at).toISOString()

async function duty(worker: string, onDuty: boolean): Promise<void> {
  const request = { commandId: world.app.random.uuid() }
  expect((await world.positions.setDuty(DISPATCHER, worker, onDuty, request)).ok).toBe(true)
}

/** The worker tells where he is; `east` hundredths of a thousandth of a degree further on each time. */
async function tell(worker: string, place: typeof WEST, east: number): Promise<void> {
  const fix = { worker, at: world.clock.now, lng: place.lng + east / 1e5, lat: place.lat }
  const rest = { accuracyM: 5, speedMps: null, courseDeg: 90, batteryPct: null, source: 'app', datum: 'wgs84' }
  const batch = { fixes: [{ ...fix, ...rest, original: null, recordedAt: world.clock.now }], command: null }
  expect(await world.store.recordPositions(batch)).toMatchObject({ verdicts: ['accepted'] })
}

async function ask(role: Role, areas: readonly string[], from: number, to: number) {
  const token = await world.token(role, areas)
  const url = new URL(`http://x/replay/fixes?from=${iso(from)}&to=${iso(to)}`)
  const request = new Request(url, { headers: { authorization: `Bearer ${token}` } })
  const response = await replayRoute(world.app, world.access)(request, url, '')
  return decodeFixes(new Uint8Array((await response?.arrayBuffer()) ?? [])).map(({ worker, fixes }) => [
    worker,
    fixes.map(({ at }) => (at - T0) / MINUTE),
  ])
}

test('a stretch holds each fix in it and the last one before, of the spell of duty, for the viewer’s own people', async () => {
  await duty('w-west', true)
  await duty('w-east', true)
  for (let minute = 0; minute < 10; minute++) {
    world.clock.now = T0 + minute * MINUTE
    await tell('w-west', WEST, minute)
    if (minute < 3) await tell('w-east', EAST, minute)
  }
  await duty('w-west', false)
  world.clock.now = T0 + 20 * MINUTE
  await duty('w-west', true)
  world.clock.now = T0 + 30 * MINUTE
  expect(await ask('wall', ['310101'], T0 + 4.5 * MINUTE, T0 + 7 * MINUTE)).toEqual([
    ['w-east', [2]],
    ['w-west', [4, 5, 6, 7]],
  ])
  expect(await ask('wall', ['310101002'], T0 + 4.5 * MINUTE, T0 + 7 * MINUTE)).toEqual([['w-east', [2]]])
  // Of a spell that is over nothing is told in the next one.
  expect(await ask('wall', ['310101001'], T0 + 21 * MINUTE, T0 + 25 * MINUTE)).toEqual([['w-west', []]])
  // An administrator reads nobody's position.
  expect(await ask('admin', ['310101'], T0 + 4.5 * MINUTE, T0 + 7 * MINUTE)).toEqual([])
  // Off duty nobody is anywhere.
  expect(await ask('wall', ['310101001'], T0 + 12 * MINUTE, T0 + 15 * MINUTE)).toEqual([])
})
