import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { tokens } from '../access/tokens.ts'
import type { Role } from '../access/viewer.ts'
import { fillStreet, STREET } from '../testing/street.ts'
import { testApp } from '../testing/testApp.ts'
import { basemapRoute } from './basemap.ts'

test.each<[Role, number]>([
  ['wall', 200],
  ['auditor', 200],
  ['reporter', 403],
  ['device', 403],
])('the basemap for a %s: %i', async (role, status) => {
  const { app } = await testApp(async store => {
    await fillStreet(store)
    await store.reference.putSetting('demo', true)
  })
  const access = tokens(app, 'a secret of at least 32 characters')
  const route = basemapRoute(app, access, fileURLToPath(new URL('../../data/demo', import.meta.url)))
  const url = new URL('http://x/basemap/water.geojson')
  const get = (authorization: string) => route(new Request(url, { headers: { authorization } }), url, '')
  const token = await access.issue({ role, areas: [STREET], worker: null, device: null, name: null, expiresAt: null })
  expect((await get(`Bearer ${token}`))?.status).toBe(status)
  expect((await get('Bearer x'))?.status).toBe(401)
})
