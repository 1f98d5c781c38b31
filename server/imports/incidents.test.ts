import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { areaTree } from '#domain/area/areaTree.ts'
import { type CsvRow, openCsv } from './csvRows.ts'
import type { PlanContext } from './incidentRows.ts'
import { type Planned, planIncidents } from './incidents.ts'
import { incidentsMapping } from './mapping.ts'

const folder = new URL('../../fixtures/sf-fire-calls-2020/', import.meta.url).pathname
const sfMap = incidentsMapping.parse(JSON.parse(readFileSync(`${folder}map.json`, 'utf8')))
const context: PlanContext = {
  areas: areaTree([]),
  categories: new Map(),
  workers: new Map(),
  timezone: 'America/Los_Angeles',
  datum: 'wgs84',
  now: Date.parse('2026-01-01T00:00:00Z'),
}

async function planFixture(): Promise<Planned[]> {
  const csv = await openCsv(`${folder}invented.csv`)
  const planned: Planned[] = []
  for await (const one of planIncidents(csv.header, () => csv.rows(), sfMap, context)) planned.push(one)
  return planned
}

test('rows of one incident are put together wherever they stand in the file', async () => {
  const planned = await planFixture()
  const first = planned.find(p => p.kind === 'incident' && p.number === '90000001')
  expect(first?.kind === 'incident' && first.facts.map(f => [f.type, new Date(f.at).toISOString(), f.data])).toEqual([
    [
      'reported',
      '2020-04-11T06:50:00.000Z',
      {
        number: '90000001',
        category: 'Medical Incident',
        source: '911',
        tier: null,
        policy: null,
        place: { lng: -122.42, lat: 37.76 },
        path: ['SF', 'SF-mission'],
      },
    ],
    ['dispatched', '2020-04-11T06:51:00.000Z', { assignee: 'X01' }],
    ['dispatched', '2020-04-11T06:52:00.000Z', { assignee: 'X03' }],
    ['arrived', '2020-04-11T06:57:00.000Z', { assignee: 'X01' }],
    ['arrived', '2020-04-11T07:02:30.000Z', { assignee: 'X03' }],
    ['resolved', '2020-04-11T08:10:00.000Z', {}],
    ['closed', '2020-04-11T08:10:00.000Z', {}],
  ])
})

test('a row whose times contradict each other is refused and named; its incident goes on without it', async () => {
  const planned = await planFixture()
  expect(planned.filter(p => p.kind === 'refused')).toEqual([
    {
      kind: 'refused',
      line: 6,
      field: 'Available DtTm',
      value: '04/11/2020 01:05:00 AM',
      reason: expect.stringContaining('before On Scene DtTm (04/11/2020 01:06:00 AM)'),
    },
  ])
  expect(planned.flatMap(p => (p.kind === 'incident' ? p.rows.length : []))).toEqual([1, 1, 2, 1])
})

test('an incident that no row ends stays open, and one that nobody reached has no arrival', async () => {
  const planned = await planFixture()
  const types = (number: string) =>
    planned.flatMap(p => (p.kind === 'incident' && p.number === number ? p.facts.map(f => f.type) : []))
  expect(types('90000004')).toEqual(['reported', 'dispatched', 'arrived'])
  expect(types('90000002')).toEqual(['reported', 'dispatched', 'resolved', 'closed'])
})

test('an unknown neighbourhood places the incident in the root area alone', async () => {
  const planned = await planFixture()
  const pier = planned.find(p => p.kind === 'incident' && p.number === '90000003')
  expect(pier?.kind === 'incident' && pier.rows[0]?.path).toEqual(['SF'])
  expect(pier?.kind === 'incident' && pier.texts.title).toBe('Outside Fire · PIER 0, "THE END"')
})

test('the same file and mapping give the same ids again', async () => {
  const ids = (planned: Planned[]) => planned.flatMap(p => (p.kind === 'incident' ? p.id : []))
  expect(ids(await planFixture())).toEqual(ids(await planFixture()))
})

const small = incidentsMapping.parse({
  kind: 'incidents',
  name: 'small',
  group: { by: 'no' },
  number: { column: 'no', prefix: 'K-' },
  source: { value: 'hotline' },
  category: { from: { column: 'kind', values: { 火: 'fire' } }, create: true },
  place: { lng: 'x', lat: 'y' },
  milestones: { reported: { column: 'in' }, arrived: { column: 'there' }, resolved: { column: 'out', take: 'last' } },
  worker: { from: { column: 'who' }, create: true },
})
const header = ['no', 'kind', 'x', 'y', 'in', 'there', 'out', 'who']
const good = [
  '1',
  '火',
  '121.5',
  '31.2',
  '2025-05-01T10:00:00+08:00',
  '2025-05-01 10:04:00',
  '2025-05-01 11:00:00',
  'w1',
]

async function planRows(...rows: string[][]): Promise<Planned[]> {
  const csvRows: CsvRow[] = rows.map((cells, i) => ({ line: i + 2, cells, fault: null }))
  const planned: Planned[] = []
  const shanghai: PlanContext = { ...context, timezone: 'Asia/Shanghai', datum: 'gcj02' }
  for await (const one of planIncidents(header, () => csvRows, small, shanghai)) planned.push(one)
  return planned
}
const changed = (column: string, value: string) => good.map((cell, i) => (header[i] === column ? value : cell))

test('a place in another datum is converted, and kept as it came', async () => {
  const [planned] = await planRows(good)
  const row = planned?.kind === 'incident' ? planned.rows[0] : undefined
  expect(row?.originalPlace).toEqual({ lng: 121.5, lat: 31.2, datum: 'gcj02' })
  expect(row?.place?.lng).toBeCloseTo(121.4955, 3)
  expect(planned?.kind === 'incident' && [planned.number, planned.rows[0]?.category]).toEqual(['K-1', 'fire'])
})

test.each([
  ['no', '', 'which incident'],
  ['kind', '', 'needs a category'],
  ['x', 'east', 'decimal degrees'],
  ['y', '121', 'outside the globe'],
  ['in', 'yesterday', 'not a time'],
  ['in', '', 'when it was reported'],
  ['in', '2027-01-01T00:00:00Z', 'in the future'],
  ['there', '2025-05-01 09:59:59', 'before in ('],
  ['out', '2025-05-01 10:03:59', 'before there ('],
  ['who', '', 'who was sent'],
])('a row with %s “%s” is refused with its reason', async (column, value, reason) => {
  const planned = await planRows(changed(column, value))
  expect(planned).toEqual([
    expect.objectContaining({ kind: 'refused', line: 2, reason: expect.stringContaining(reason) }),
  ])
})

test('a row that contradicts its incident’s end, told by another row, is refused', async () => {
  const later = changed('there', '2025-05-01 12:00:00').map((cell, i) => (header[i] === 'out' ? '' : cell))
  const planned = await planRows(good, later)
  expect(planned).toEqual([
    expect.objectContaining({
      kind: 'refused',
      line: 3,
      reason: expect.stringContaining('after the incident was resolved'),
    }),
    expect.objectContaining({ kind: 'incident', number: 'K-1' }),
  ])
})

test('equal times are not a contradiction', async () => {
  const planned = await planRows(changed('out', '2025-05-01 10:04:00'))
  expect(planned.map(p => p.kind)).toEqual(['incident'])
})
