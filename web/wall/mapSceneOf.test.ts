import { expect, test } from 'vitest'
import { clockOf, incidentOf, liveOf, NOON } from '../sla/sample.ts'
import { withTrails } from '../stores/trails.ts'
import type { WallFix, WallWorker } from '../stores/wallState.ts'
import { bboxOfView, nearestWorkers, viewOfBbox } from './focus.ts'
import { hotGrids } from './hotGrid.ts'
import { bboxOf, mapIncidents, mapWorkers } from './mapSceneOf.ts'

const symbols = new Map([['waste', '环']])
const worker = (id: string, onDuty: boolean, incident: string | null = null): WallWorker => ({
  id,
  name: id,
  role: 'fullTime',
  onDuty,
  incident,
  area: null,
})
const fix = (lng: number): WallFix => ({ at: NOON, lng, lat: 30, courseDeg: null, speedMps: null })

test('what has a place stands on the map with the state that its queue row has', () => {
  const open = [liveOf('a', clockOf('respond', 300, 250)), liveOf('b', clockOf('respond', 300, 10), { place: null })]
  const awaiting = [incidentOf('c', null, { status: 'RESOLVED' })]
  const marks = mapIncidents(open, awaiting, symbols, NOON)
  expect(marks.map(({ id, state, symbol, remainingMs }) => [id, state, symbol, remainingMs])).toEqual([
    ['c', 'awaiting', '环', null],
    ['a', 'atRisk', '环', 50_000],
  ])
  expect(marks[1]?.fraction).toBeCloseTo(1 / 6, 12)
})

test('a change of state pulses while it is new', () => {
  const at = (elapsed: number) =>
    mapIncidents([liveOf('a', clockOf('respond', 300, elapsed))], [], symbols, NOON)[0]?.pulseSince
  expect(at(242)).toBe(NOON - 2000)
  expect(at(250)).toBeNull()
  expect(at(10)).toBeNull()
})

test('only who is on duty and has a place is shown, with the way to a task not yet reached', () => {
  const incidents = new Map([['i', incidentOf('i', null, { status: 'ACCEPTED' })]])
  const fixes = new Map([
    ['on', fix(104)],
    ['off', fix(104)],
  ])
  const shown = mapWorkers(
    [worker('on', true, 'i'), worker('off', false), worker('nowhere', true)],
    fixes,
    withTrails(new Map(), fixes),
    incidents,
    false,
  )
  expect(shown).toMatchObject([{ id: 'on', assigned: true, target: [104.05, 30.66], trail: [[104, 30]] }])
  const arrived = new Map([['i', incidentOf('i', null, { status: 'ARRIVED' })]])
  expect(mapWorkers([worker('on', true, 'i')], fixes, new Map(), arrived, false)[0]?.target).toBeNull()
})

test('a bbox has four numbers or is none', () => {
  expect(bboxOf([1, 2, 3, 4])).toEqual([1, 2, 3, 4])
  expect(bboxOf([1, 2])).toBeNull()
  expect(bboxOf(null)).toBeNull()
})

test('a focus view holds its area, and its bracket is what it shows', () => {
  const view = viewOfBbox([104, 30, 104.01, 30.01], 1000, 500)
  const [west, south, east, north] = bboxOfView(view, 1000, 500)
  expect(west < 104 && south < 30 && east > 104.01 && north > 30.01).toBe(true)
  expect((west + east) / 2).toBeCloseTo(104.005, 9)
})

test('the nearest on duty come first', () => {
  const fixes = new Map([
    ['far', fix(104.2)],
    ['near', fix(104.1)],
    ['off', fix(104)],
  ])
  const near = nearestWorkers(
    { lng: 104, lat: 30 },
    [worker('far', true), worker('near', true), worker('off', false)],
    fixes,
    4,
  )
  expect(near.map(each => each.worker.id)).toEqual(['near', 'far'])
})

test('the hot grid is the one with the most breached, then the most open', () => {
  const areas = ['g1', 'g2'].map(code => ({
    code,
    name: code,
    level: 'grid',
    parent: null,
    households: null,
    residents: null,
    hectares: null,
    bbox: null,
    geometry: null,
  }))
  const at = (id: string, grid: string, elapsed: number) =>
    liveOf(id, clockOf('respond', 300, elapsed), { path: [grid] })
  expect(hotGrids(areas, [at('a', 'g1', 1), at('b', 'g1', 1), at('c', 'g2', 400)])).toEqual(['g2', 'g1'])
  expect(hotGrids(areas, [at('a', 'g1', 1), at('b', 'g1', 1), at('c', 'g2', 1)])).toEqual(['g1', 'g2'])
  expect(hotGrids(areas, [])).toEqual([])
})
