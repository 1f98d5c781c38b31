import { expect, test } from 'vitest'
import type { FlowBin, Summary, WallArea, WallFigures, WallWorker } from '../stores/wallState.ts'
import {
  categoryRows,
  communityRows,
  dutyRows,
  flowFigures,
  flowHours,
  levelBelow,
  matrix,
  openTotal,
} from './panels.ts'

const DAY = Date.UTC(2026, 10, 19, 16) // midnight in Shanghai
const HOUR = 3_600_000
const row = (key: string | null, clock: string, met: number, breached: number, cohort = met + breached): Summary => ({
  key,
  clock,
  cohort,
  met,
  breached,
  attainment: met + breached === 0 ? null : met / (met + breached),
  p50Ms: null,
  p90Ms: null,
})
const bin = (hour: number, more: Partial<FlowBin>): FlowBin => ({
  from: DAY + hour * HOUR,
  to: DAY + (hour + 1) * HOUR,
  reported: 0,
  resolved: 0,
  closed: 0,
  open: 0,
  breached: 0,
  rated: 0,
  satisfied: 0,
  ...more,
})
const figures = (more: Partial<WallFigures>): WallFigures => ({
  at: DAY + 2.5 * HOUR,
  from: DAY,
  to: DAY + 24 * HOUR,
  overall: [],
  byArea: [],
  byCategory: [],
  flow: [],
  ...more,
})
const area = (code: string, parent: string | null, level: string, name = code): WallArea => ({
  code,
  name,
  level,
  parent,
  households: null,
  residents: null,
  hectares: null,
  bbox: null,
  geometry: null,
})
const areas = [
  area('s', null, 'street'),
  area('a', 's', 'community', '安澜社区'),
  area('b', 's', 'community', '白鹭社区'),
]
const category = (id: string) => ({ id, name: id, symbol: id })

test('the flow adds up its bins, and nobody rated means no rate', () => {
  const flow = [
    bin(0, { reported: 3, resolved: 1, rated: 2, satisfied: 1 }),
    bin(1, { reported: 2, resolved: 4, rated: 2, satisfied: 2 }),
  ]
  expect(flowFigures(flow)).toEqual({ reported: 5, resolved: 5, rated: 4, satisfied: 3, satisfaction: 0.75 })
  expect(flowFigures([]).satisfaction).toBeNull()
})

test('hours that have not begun are not drawn', () => {
  const flow = [bin(0, { reported: 1 }), bin(1, { resolved: 2 }), bin(2, { reported: 4 }), bin(3, { reported: 9 })]
  expect(flowHours(figures({ flow }))).toEqual([
    { reported: 1, resolved: 0 },
    { reported: 0, resolved: 2 },
    { reported: 4, resolved: 0 },
  ])
})

test('categories stand by frequency, with what has no room added up', () => {
  const byCategory = [
    row('x', 'respond', 1, 0),
    row('x', 'resolve', 1, 0),
    row('y', 'respond', 6, 0),
    row('z', 'respond', 3, 0),
  ]
  const day = figures({ byCategory })
  const categories = ['x', 'y', 'z', 'none'].map(category)
  expect(categoryRows(day, categories, 5)).toMatchObject({
    rows: [
      { id: 'y', n: 6, share: 0.6 },
      { id: 'z', n: 3 },
      { id: 'x', n: 1 },
    ],
    rest: { kinds: 0, n: 0 },
    total: 10,
  })
  expect(categoryRows(day, categories, 2)).toMatchObject({ rows: [{ id: 'y' }], rest: { kinds: 2, n: 4 } })
})

test('the least attaining area comes first, and few incidents make none low and none the first', () => {
  const day = figures({
    overall: [row(null, 'resolve', 90, 10)],
    byArea: [row('a', 'resolve', 8, 4), row('b', 'resolve', 1, 1), row('a', 'respond', 12, 0)],
  })
  const byHour = [row('01', 'resolve', 1, 1)]
  const { rows, whole } = communityRows(day, [{ code: 'a', byHour, byCategory: [] }], areas, 'resolve', 'Asia/Shanghai')
  expect(whole).toBe(0.9)
  expect(rows.map(({ name, n, isLow }) => [name, n, isLow])).toEqual([
    ['安澜', 12, true],
    ['白鹭', 2, false],
  ])
  expect(rows[0]?.hours).toEqual([null, 0.5, null])
})

test('the matrix has a row per area in order and a sum', () => {
  const byCategory = [row('x', 'respond', 2, 0), row('y', 'respond', 1, 0)]
  const days = [
    { code: 'b', byHour: [], byCategory: [] },
    { code: 'a', byHour: [], byCategory },
  ]
  expect(matrix(days, areas, ['y', 'x'].map(category), 2).rows).toEqual([
    { code: 'a', name: '安澜', cells: [2, 1], sum: 3 },
    { code: 'b', name: '白鹭', cells: [0, 0], sum: 0 },
  ])
  // What has no column of its own is part of the sum all the same.
  const narrow = matrix(days, areas, ['y', 'x'].map(category), 1)
  expect(narrow.categories.map(each => each.id)).toEqual(['x'])
  expect(narrow.rows[0]).toMatchObject({ cells: [2], sum: 3 })
})

test('who is out is on duty, and who is off duty is in the establishment only', () => {
  const worker = (id: string, role: string, onDuty: boolean, incident: string | null): WallWorker => ({
    id,
    name: id,
    role,
    onDuty,
    incident,
    area: null,
  })
  expect(
    dutyRows([
      worker('1', 'police', false, null),
      worker('2', 'fullTime', true, 'i'),
      worker('3', 'fullTime', true, null),
    ]),
  ).toEqual([
    { role: 'fullTime', onDuty: 2, busy: 1, all: 2 },
    { role: 'police', onDuty: 0, busy: 0, all: 1 },
  ])
})

test('areas below that share a level have a name together', () => {
  expect(levelBelow(areas, 's')).toBe('community')
  expect(levelBelow([...areas, area('x', 's', 'grid')], 's')).toBeNull()
})

test('the open ones that a snapshot left out are counted, not lost', () => {
  const told = figures({ flow: [bin(1, { open: 1200 }), bin(2, { open: 1234 }), bin(3, { open: 9 })] })
  expect(openTotal(1000, 234, told)).toBe(1234)
  expect(openTotal(1000, 0, told)).toBe(1000) // nothing was left out: what is listed is newer
  expect(openTotal(1300, 5, told)).toBe(1300)
  expect(openTotal(1000, 234, null)).toBe(1000)
})
