import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { App } from '../app.ts'
import { referenceCache } from '../reference.ts'
import { openStore } from '../store/openStore.ts'
import { importPolicies } from './importPolicies.ts'

const now = Date.parse('2026-01-01T00:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'gridwatch-policies-'))
afterAll(() => rmSync(folder, { recursive: true }))
const apps: App[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.store.close()
})
async function openApp(): Promise<App> {
  const store = await openStore(':memory:')
  const app: App = {
    store,
    time: { now: () => now, speed: 1, lastStep: () => null },
    reference: referenceCache(store, () => 0),
    random: { uuid: () => '', hex: () => '' },
    log: () => {},
  }
  apps.push(app)
  return app
}
function fileOf(content: unknown): string {
  const file = join(folder, 'policies.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const bare = {
  id: '1-5-15',
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  clocks: { respond: { from: 'reported', to: 'responded', target: 'PT5M' } },
}
const faster = { ...bare, clocks: { respond: { from: 'reported', to: 'responded', target: 'PT4M' } } }

test('a policy that names no version is the first, in force since ever; the same again changes nothing', async () => {
  const app = await openApp()
  expect(await importPolicies(app, fileOf(bare))).toMatchObject({ rows: 1, taken: 1, refused: [] })
  expect(await app.store.reference.policies()).toEqual([{ ...bare, version: 1, validFrom: 0, choice: {} }])
  expect(await importPolicies(app, fileOf([bare]))).toMatchObject({ taken: 0, replayed: 1 })
})

test('changed content without a version is the next version, in force from now on', async () => {
  const app = await openApp()
  await importPolicies(app, fileOf(bare))
  expect((await importPolicies(app, fileOf(faster))).told).toEqual([
    '1-5-15 version 2 is in force since 2026-01-01T00:00:00.000Z.',
  ])
  expect(await importPolicies(app, fileOf(faster))).toMatchObject({ taken: 0, replayed: 1 })
})

test('a version never changes, and a wrong policy is refused beside the good ones', async () => {
  const app = await openApp()
  await importPolicies(app, fileOf(bare))
  const file = fileOf([
    { ...faster, version: 1 },
    { ...bare, id: 'x', timezone: 'Mars' },
    { ...bare, id: 'y' },
  ])
  const report = await importPolicies(app, file)
  expect(report.taken).toBe(1)
  expect(report.refused.map(row => [row.line, row.field])).toEqual([
    [1, 'version'],
    [2, 'timezone'],
  ])
})

test('a file that is not JSON is unusable', async () => {
  await expect(importPolicies(await openApp(), fileOf('{'))).rejects.toThrow('JSON')
})
