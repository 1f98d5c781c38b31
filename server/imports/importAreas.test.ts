import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { STREET_AREAS } from '../testing/street.ts'
import { type TestApp, testApp } from '../testing/testApp.ts'
import { areasMapping } from './areasMapping.ts'
import { importAreas } from './importAreas.ts'

const mappingOf = (over: object = {}, layer: object = {}) =>
  areasMapping.parse({
    ...{ kind: 'areas', name: 'street', datum: 'gcj02', store: { name: '新街', timezone: 'Asia/Shanghai' }, ...over },
    layers: [
      { level: { property: 'level' }, code: 'code', areaName: 'name', parent: { property: 'parent' }, ...layer },
    ],
  })

const street = STREET_AREAS.map(({ geometry, code, parent, level, name }) => ({
  type: 'Feature',
  properties: { code, parent, level, name },
  geometry,
}))

let empty: TestApp
let file: string
beforeEach(async () => {
  empty = await testApp(async () => {})
  const folder = mkdtempSync(join(tmpdir(), 'gridwatch-areas-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  file = join(folder, 'areas.geojson')
  write(street)
})
const write = (features: readonly object[]) =>
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features }))

test('the same file again is taken before, and changes nothing', async () => {
  const { app } = empty
  const n = street.length
  expect(await importAreas(app, file, mappingOf())).toMatchObject({ taken: n, replayed: 0, created: { areas: n } })
  const revision = await app.store.reference.revision()
  expect(await importAreas(app, file, mappingOf())).toMatchObject({ taken: 0, replayed: n, created: { areas: 0 } })
  expect(await app.store.reference.revision()).toBe(revision)
})

test('what changed is taken, and an area that was there is not created again', async () => {
  const { app } = empty
  await importAreas(app, file, mappingOf())
  const renamed = street.map((feature, i) =>
    i > 0 ? feature : { ...feature, properties: { ...feature.properties, name: '新名' } },
  )
  write(renamed)
  const report = await importAreas(app, file, mappingOf())
  expect(report).toMatchObject({ taken: 1, replayed: street.length - 1, created: { areas: 0 } })
  expect((await app.store.reference.areas()).map(({ name }) => name)).toContain('新名')
})

test('a redraw is taken as new versions of what was there; again, it is taken before', async () => {
  const { app } = empty
  await importAreas(app, file, mappingOf())
  const redraw = mappingOf({ validFrom: { value: '2026-04-01' } })
  const report = await importAreas(app, file, redraw)
  expect(report).toMatchObject({ rows: street.length, taken: street.length, replayed: 0, created: { areas: 0 } })
  expect(await importAreas(app, file, redraw)).toMatchObject({ taken: 0, replayed: street.length })
})

test('a mapping that names a property which is not there writes nothing, not even the name of the place', async () => {
  const { app } = empty
  await expect(importAreas(app, file, mappingOf({}, { code: 'CODE' }))).rejects.toThrow('“CODE”')
  expect(await app.store.reference.revision()).toBe(0)
  await importAreas(app, file, mappingOf())
  expect(await app.store.reference.settings()).toMatchObject({ name: '新街' })
})
