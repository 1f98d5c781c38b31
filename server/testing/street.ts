/** The invented street that the server's tests stand on: two communities with two grids each, side by side, 0.01° wide. */
import type { LngLat } from '#domain/incident/facts.ts'
import type { Policy } from '#domain/sla/policy.ts'
import type { Role, Viewer } from '../access/viewer.ts'
import type { AreaRow, EventStore, WorkerRow } from '../store/eventStore.ts'

/** 2026-03-02 10:00 in Shanghai. */
export const T0 = Date.parse('2026-03-02T10:00:00+08:00')
export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000

export const STREET = '310101'
export const WEST = '310101001'
export const EAST = '310101002'
export const WEST_1 = '31010100101'
export const WEST_2 = '31010100102'
export const EAST_1 = '31010100201'
export const EAST_2 = '31010100202'

/** A point in the middle of each grid, and one in none. */
export const IN_WEST_1: LngLat = { lng: 121.405, lat: 31.21 }
export const IN_WEST_2: LngLat = { lng: 121.415, lat: 31.21 }
export const IN_EAST_1: LngLat = { lng: 121.425, lat: 31.21 }
export const IN_EAST_2: LngLat = { lng: 121.435, lat: 31.21 }
export const NOWHERE: LngLat = { lng: 121.5, lat: 31.21 }

export const POLICY: Policy = {
  id: '1-5-15',
  version: 1,
  validFrom: 0,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  choice: {},
  clocks: {
    discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
}
/** What is a hard matter gets a week. */
export const HARD_POLICY: Policy = {
  ...POLICY,
  id: 'hard',
  choice: { tier: 'hard' },
  clocks: { resolve: { from: 'reported', to: 'resolved', target: 'P7D' } },
}

const WORKERS: readonly WorkerRow[] = [
  { id: 'w1', name: '魏一', role: 'fullTime', area: WEST_1, leads: [WEST_1], telephone: '13800000001' },
  { id: 'w2', name: '文二', role: 'fullTime', area: WEST_2, leads: [], telephone: '13800000002' },
  { id: 'w3', name: '董三', role: 'partTime', area: EAST_1, leads: [], telephone: '13800000003' },
  { id: 'w4', name: '邓四', role: 'police', area: EAST_2, leads: [], telephone: null },
]

export async function fillStreet({ reference }: EventStore): Promise<void> {
  await reference.putSetting('timezone', 'Asia/Shanghai')
  await reference.putSetting('name', '试街')
  await reference.putAreas(STREET_AREAS)
  await reference.putCategories([
    { id: 'rubbish', name: '暴露垃圾', symbol: '圾', autoConfirm: false },
    { id: 'fire', name: '火情', symbol: '火', autoConfirm: true },
  ])
  await reference.putPolicies([POLICY, HARD_POLICY])
  await reference.putWorkers(WORKERS)
  await reference.putDevices([
    { key: 'phone-1', worker: 'w1', validFrom: T0 - 24 * HOUR, validTo: null },
    { key: 'phone-2', worker: 'w2', validFrom: T0 - 24 * HOUR, validTo: null },
  ])
}

export function viewer(role: Role, areas: readonly string[] = [STREET], over: Partial<Viewer> = {}): Viewer {
  return { tokenId: role, role, areas, worker: null, leads: [], device: null, name: null, ...over }
}

/** The worker as his own telephone shows him: he sees his community and leads what the rows say. */
export function workerViewer(id: string, over: Partial<Viewer> = {}): Viewer {
  const row = WORKERS.find(worker => worker.id === id)
  const areas = [row?.area?.slice(0, WEST.length) ?? STREET]
  return viewer('worker', areas, { tokenId: `token-${id}`, worker: id, leads: row?.leads ?? [], ...over })
}

export const STREET_AREAS: readonly AreaRow[] = [
  area(STREET, null, 'street', '试街街道', 121.4, 121.44),
  area(WEST, STREET, 'community', '西苑', 121.4, 121.42),
  area(EAST, STREET, 'community', '东苑', 121.42, 121.44),
  area(WEST_1, WEST, 'grid', '西苑一格', 121.4, 121.41),
  area(WEST_2, WEST, 'grid', '西苑二格', 121.41, 121.42),
  area(EAST_1, EAST, 'grid', '东苑一格', 121.42, 121.43),
  area(EAST_2, EAST, 'grid', '东苑二格', 121.43, 121.44),
]

function area(code: string, parent: string | null, level: string, name: string, west: number, east: number): AreaRow {
  const [south, north] = [31.2, 31.22]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  const geometry = { type: 'Polygon', coordinates: [ring] }
  return {
    code,
    parent,
    level,
    name,
    households: 400,
    validFrom: null,
    validTo: null,
    geometry,
    properties: { residents: 1000 },
  }
}
