import { beforeEach, expect, test } from 'vitest'
import { decodeHeat } from '#domain/heat/codec.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { tokens } from '../access/tokens.ts'
import type { Role } from '../access/viewer.ts'
import {
  EAST_1,
  fillStreet,
  HOUR,
  IN_WEST_1,
  IN_WEST_2,
  STREET,
  STREET_AREAS,
  T0,
  viewer,
  WEST,
} from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { heatRoute } from './heatRoute.ts'
import { storeHeat } from './storeHeat.ts'

const TIBET: LngLat = { lng: 85, lat: 31 }
const dispatcher = viewer('dispatcher')

/** A street of which nobody has drawn the boundaries. */
const undrawn = () =>
  testApp(async store => {
    await fillStreet(store)
    await store.reference.putAreas(STREET_AREAS.map(area => ({ ...area, geometry: null })))
  })

async function ask(street: TestApp, role: Role, areas: readonly string[], query = '') {
  const access = tokens(street.app, 'a secret of at least 32 characters')
  const token = await access.issue({ role, areas, worker: null, device: null, name: null, expiresAt: null })
  const iso = (at: number) => new Date(at).toISOString()
  const url = `http://x/heat/counts?from=${iso(T0 - HOUR)}&to=${iso(T0 + HOUR)}${query}`
  const request = new Request(url, { headers: { authorization: `Bearer ${token}` } })
  const response = await heatRoute(street.app, access, storeHeat(street.app))(request, new URL(url), '')
  if (response?.status !== 200) return { status: response?.status }
  const { counts } = decodeHeat(new Uint8Array(await response.arrayBuffer()))
  return { status: 200, n: counts.n, level: counts.level, leftOut: response.headers.get('gridwatch-left-out') }
}

let street: TestApp
beforeEach(async () => {
  street = await undrawn()
  for (const place of [IN_WEST_1, IN_WEST_2])
    await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: WEST, place })
})

test('a place at the other end of the country is left out and counted where the areas have boundaries', async () => {
  await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: WEST, place: TIBET })
  await street.app.store.reference.putAreas(STREET_AREAS)
  const { level } = await ask(street, 'wall', [STREET])
  expect(await ask(street, 'wall', [STREET])).toEqual({ status: 200, n: 2, level, leftOut: '1' })
  expect(await ask(street, 'wall', [WEST])).toEqual({ status: 200, n: 2, level, leftOut: '1' })
})

test('where nothing has a boundary every place counts, on a coarser lattice if need be', async () => {
  const near = await ask(street, 'wall', [STREET], '&bandwidth=20')
  await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: WEST, place: TIBET })
  const far = await ask(street, 'wall', [STREET], '&bandwidth=20')
  expect([near.n, far.n, far.leftOut]).toEqual([2, 3, '0'])
  expect(far.level).toBeLessThan(near.level ?? 0)
})

test('a part without a boundary keeps what lies in it', async () => {
  await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: EAST_1, place: TIBET })
  const isUndrawn = (code: string) => code === STREET || code.startsWith(EAST_1)
  await street.app.store.reference.putAreas(
    STREET_AREAS.filter(area => area.code !== STREET && area.code !== EAST_1.slice(0, 9) && !isUndrawn(area.code)),
  )
  expect(await ask(street, 'wall', [STREET])).toMatchObject({ status: 200, n: 3, leftOut: '0' })
})

test('as of an instant what began later is not there yet, and by what was known then neither is what was told later', async () => {
  const minute = 60_000
  street.clock.now = T0 + 20 * minute
  await street.does(dispatcher, {
    verb: 'report',
    category: 'rubbish',
    area: WEST,
    place: IN_WEST_1,
    at: T0 + 5 * minute,
  })
  const at = (instant: number) => new Date(instant).toISOString()
  const counted = async (query: string) => (await ask(street, 'wall', [STREET], query)).n
  const then = at(T0 + 10 * minute)
  expect(await counted(`&asOf=${at(T0 + minute)}`)).toBe(2)
  expect(await counted(`&asOf=${then}`)).toBe(3)
  expect(await counted(`&asOf=${then}&knownAt=${then}`)).toBe(2)
  expect(await counted(`&knownAt=${then}`)).toBe(2)
  expect(await counted(`&knownAt=${at(T0 + 20 * minute)}`)).toBe(3)
})

test('who may not read gets nothing', async () => {
  expect(await ask(street, 'reporter', [STREET])).toEqual({ status: 403 })
})

test('an answer that is still true is not sent again; after any fact it is', async () => {
  const access = tokens(street.app, 'a secret of at least 32 characters')
  const token = await access.issue({
    role: 'wall',
    areas: [STREET],
    worker: null,
    device: null,
    name: null,
    expiresAt: null,
  })
  const route = heatRoute(street.app, access, storeHeat(street.app))
  const get = (path: string, etag = '') => {
    const url = `http://x/heat/${path}?from=2026-03-01T00:00:00Z&to=2026-03-05T00:00:00Z`
    const headers = { authorization: `Bearer ${token}`, 'if-none-match': etag }
    return route(new Request(url, { headers }), new URL(url), '')
  }
  for (const path of ['counts', 'times']) {
    const tag = (await get(path))?.headers.get('etag') ?? ''
    expect((await get(path, tag))?.status).toBe(304)
    await street.does(dispatcher, { verb: 'report', category: 'rubbish', area: WEST, place: IN_WEST_1 })
    const again = await get(path, tag)
    expect([again?.status, again?.headers.get('etag') === tag]).toEqual([200, false])
  }
})

test.each(['tier=tiny', 'bandwidth=1', 'hour=25', 'bounds=1,2'])('%s is refused in words', async wrong => {
  expect(await ask(street, 'wall', [STREET], `&${wrong}`)).toEqual({ status: 400 })
})
