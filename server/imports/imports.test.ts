import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import type { Policy } from '#domain/sla/policy.ts'
import type { App } from '../app.ts'
import { referenceCache } from '../reference.ts'
import { openStore } from '../store/openStore.ts'
import { importIncidents } from './importIncidents.ts'
import { importPositions } from './importPositions.ts'
import { importWorkers } from './importWorkers.ts'
import { incidentsMapping, positionsMapping, workersMapping } from './mapping.ts'

const fixture = new URL('../../fixtures/sf-fire-calls-2020/', import.meta.url).pathname
const calls = `${fixture}invented.csv`
const mapText = readFileSync(`${fixture}map.json`, 'utf8')
const map = incidentsMapping.parse(JSON.parse(mapText))
const now = Date.parse('2026-01-01T00:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'gridwatch-imports-'))
afterAll(() => rmSync(folder, { recursive: true }))

const apps: App[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.store.close()
})

async function openApp(): Promise<App> {
  const store = await openStore(':memory:')
  let drawn = 0
  const hex = () => String(++drawn).padStart(32, '0')
  const app: App = {
    store,
    time: { now: () => now, speed: 1, lastStep: () => null },
    reference: referenceCache(store, () => 0),
    random: { uuid: hex, hex },
    log: () => {},
  }
  apps.push(app)
  return app
}

async function withPolicy(): Promise<App> {
  const app = await openApp()
  const policy = JSON.parse(readFileSync(`${fixture}policy.json`, 'utf8'))
  await app.store.reference.putPolicies([{ ...policy, validFrom: Date.parse(policy.validFrom) } as Policy])
  return app
}

function fileOf(...lines: string[]): string {
  const file = join(folder, 'rows.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}

test('a file of incidents becomes facts, areas, categories, workers and breaches', async () => {
  const app = await withPolicy()
  const report = await importIncidents(app, calls, map)
  expect(report).toMatchObject({ rows: 6, taken: 5, replayed: 0, incidents: 4 })
  expect(report.created).toEqual({ areas: 3, categories: 3, workers: 3 })
  expect(report.refused.map(row => row.line)).toEqual([6])
  expect(report.told).toEqual([
    'The store is now “San Francisco Fire Department”, its display zone America/Los_Angeles.',
    '1 incident stays open, because no row says when it ended: 90000004.',
  ])
  const snapshot = await app.store.snapshot()
  const mission = await snapshot.incidents({ areas: ['SF-mission'] })
  expect(mission.map(r => [r.incident.number, r.incident.status, r.title])).toEqual([
    ['90000004', 'arrived', 'Medical Incident · 100 Block of INVENTED ST'],
    ['90000001', 'closed', 'Medical Incident · 100 Block of INVENTED ST'],
  ])
  const late = await snapshot.incidents({ text: '90000003' })
  expect(late[0]?.incident.policy).toEqual({ id: 'sf-arrival', version: 1 })
  expect(late[0]?.incident.facts.at(-1)).toMatchObject({
    type: 'clockBreached',
    at: Date.parse('2020-04-11T03:10:00-07:00'),
    data: { clock: 'arrive', policyVersion: 1 },
  })
  const neverReached = await snapshot.incidents({ text: '90000002' })
  expect(neverReached[0]?.incident.facts.map(f => f.type)).toEqual([
    'reported',
    'dispatched',
    'resolved',
    'closed',
    'clockBreached',
  ])
  await snapshot.close()
  expect(await app.store.verify()).toEqual([])
})

test('a repeated import takes nothing twice', async () => {
  const app = await withPolicy()
  await importIncidents(app, calls, map)
  const head = await app.store.head()
  const again = await importIncidents(app, calls, map)
  expect(again).toMatchObject({ taken: 0, replayed: 5, incidents: 0, created: { areas: 0, categories: 0, workers: 0 } })
  expect(await app.store.head()).toBe(head)
})

test('an import that was cut off goes on where it was', async () => {
  const app = await withPolicy()
  const text = readFileSync(calls, 'utf8')
  const firstFive = text.split('\n').slice(0, 6)
  await importIncidents(app, fileOf(...firstFive), map)
  expect(await importIncidents(app, calls, map)).toMatchObject({ taken: 1, replayed: 4, incidents: 1 })
})

test('rows that change an incident which is there already are refused, and the incident stays', async () => {
  const app = await withPolicy()
  await importIncidents(app, calls, map)
  const head = await app.store.head()
  const changed = fileOf(
    ...readFileSync(calls, 'utf8').trim().replace('04/11/2020 12:05:00 AM', '04/11/2020 12:06:00 AM').split('\n'),
  )
  const report = await importIncidents(app, changed, map)
  expect(report.refused.map(row => [row.line, row.reason.slice(0, 36)])).toEqual([
    [3, 'this incident was imported before fr'],
    [6, expect.any(String)],
  ])
  expect(await app.store.head()).toBe(head)
})

test('a dry run reports the same and writes nothing', async () => {
  const app = await withPolicy()
  const report = await importIncidents(app, calls, map, { dryRun: true })
  expect(report).toMatchObject({ taken: 5, incidents: 4, created: { areas: 3, categories: 3, workers: 3 } })
  expect(await app.store.head()).toBe(0)
  expect(await app.store.reference.areas()).toEqual([])
  expect(await app.store.reference.settings()).toEqual({})
})

test('a demo store, an unknown column, zone or datum are refused before anything is done', async () => {
  const app = await withPolicy()
  await expect(importIncidents(app, calls, map, { timezone: 'Mars/Base' })).rejects.toThrow('Mars/Base')
  await expect(importIncidents(app, calls, map, { datum: 'osgb' })).rejects.toThrow('osgb')
  const other = incidentsMapping.parse(JSON.parse(mapText.replace('"Unit ID"', '"Unit"')))
  await expect(importIncidents(app, calls, other)).rejects.toThrow('the column “Unit”')
  expect([await app.store.head(), await app.store.reference.settings()]).toEqual([0, {}])
  await app.store.reference.putSetting('demo', true)
  await expect(importIncidents(app, calls, map)).rejects.toThrow('GRIDWATCH_DATABASE_URL=')
})

const workersMap = workersMapping.parse({
  kind: 'workers',
  name: 'staff',
  id: { column: '工号' },
  workerName: { column: '姓名' },
  role: { column: '岗位', values: { 专职: 'fullTime' } },
  leads: { column: '网格' },
})

test('workers are taken, brought up to date, and refused with a reason', async () => {
  const app = await openApp()
  const bare = { validFrom: null, validTo: null, parent: null, households: null, geometry: null, properties: {} }
  await app.store.reference.putAreas([{ ...bare, code: 'g1', level: 'grid', name: '一' }])
  const file = fileOf('工号,姓名,岗位,网格', 'w1,张三,专职,g1', 'w2,李四,专职,g9', ',王五,专职,', 'w1,张三,专职,')
  const report = await importWorkers(app, file, workersMap)
  expect(report).toMatchObject({ rows: 4, taken: 1, created: { workers: 1 } })
  expect(report.refused.map(row => [row.line, row.value])).toEqual([
    [3, 'g9'],
    [4, ''],
    [5, 'w1'],
  ])
  expect(await app.store.reference.workers()).toEqual([
    { id: 'w1', name: '张三', role: 'fullTime', area: null, leads: ['g1'], telephone: null },
  ])
  expect(await importWorkers(app, file, workersMap)).toMatchObject({ taken: 0, replayed: 1 })
})

const positionsMap = positionsMapping.parse({
  kind: 'positions',
  name: 'track',
  timezone: 'Asia/Shanghai',
  datum: 'wgs84',
  worker: { column: 'w' },
  at: 't',
  place: { lng: 'x', lat: 'y' },
  onDuty: { gapMinutes: 30 },
})

test('positions are kept on the duty that the mapping states; impossible ones are refused', async () => {
  const app = await openApp()
  const worker = { id: 'w1', name: 'W', role: 'fullTime', area: null, leads: [], telephone: null }
  await app.store.reference.putWorkers([worker])
  const file = fileOf(
    'w,t,x,y',
    'w1,2025-05-01 08:00:00,121.5000,31.2000',
    'w1,2025-05-01 08:00:10,121.6000,31.2000', // 9.5 km in 10 s
    'w1,2025-05-01 08:00:20,121.5001,31.2001',
    'w1,2025-05-01 12:00:00,121.5100,31.2000',
    'w1,2025-05-01 12:01:00,0,0',
    'w9,2025-05-01 12:01:00,121.5,31.2',
    'w1,noon,121.5,31.2',
    'w1,2027-05-01 12:00:00,121.5,31.2',
    'w1,2025-05-01 12:00:00,121.5,31.2',
  )
  const report = await importPositions(app, file, positionsMap)
  expect(report.refused.map(row => [row.line, row.reason.split(':')[0]])).toEqual([
    [3, 'tooFast'],
    [6, 'nullIsland'],
    [7, 'badInput'],
    [8, 'badInput'],
    [9, 'future'],
    [10, 'conflictingFix'],
  ])
  expect(report.taken).toBe(3)
  const snapshot = await app.store.snapshot()
  const spans = await snapshot.dutySpans({ worker: 'w1', from: 0, to: now * 2 })
  expect(spans.map(span => new Date(span.from).toISOString())).toEqual([
    '2025-05-01T00:00:00.000Z',
    '2025-05-01T04:00:00.000Z',
  ])
  await snapshot.close()
  const head = await app.store.head()
  expect(await importPositions(app, file, positionsMap)).toMatchObject({ taken: 0, replayed: 3 })
  expect(await app.store.head()).toBe(head)
})

test('without a stated duty, fixes are off duty', async () => {
  const app = await openApp()
  const worker = { id: 'w1', name: 'W', role: 'fullTime', area: null, leads: [], telephone: null }
  await app.store.reference.putWorkers([worker])
  const { onDuty: _, ...silent } = positionsMap
  const report = await importPositions(app, fileOf('w,t,x,y', 'w1,2025-05-01 08:00:00,121.5,31.2'), silent)
  expect(report.refused.map(row => row.reason.split(':')[0])).toEqual(['offDuty'])
})
