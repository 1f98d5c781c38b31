/** An invented city: ten million incidents of three years, the same ones on every run. */
import type { LngLat, Tier } from '#domain/incident/facts.ts'
import type { ClockState } from '#domain/sla/clocks.ts'
import { seededRandom } from '../../server/simulator/random.ts'

export const ROOT = '31'
export const TIMEZONE = 'Asia/Shanghai'
/** 2023-01-01, local midnight. */
export const BEGIN_MS = Date.parse('2023-01-01T00:00:00+08:00')
export const DAYS = 1096
export const DAY_MS = 86_400_000
export const CENTRE: LngLat = { lng: 121.47, lat: 31.23 }
export const CATEGORIES = ['fire', 'occupation', 'parking', 'facility', 'help', 'quarrel', 'environment']
export const SOURCES = ['hotline', 'patrol', 'sensor', 'camera', 'resident']
export const TIERS: readonly Tier[] = ['minor', 'major', 'hard']
export const OUTCOMES: readonly ClockState[] = ['met', 'breached', 'notApplicable']
/** Five districts of ten communities of ten grids, numbered so that a subtree is a range (which suits the peer). */
export const DISTRICTS = 5
export const GRIDS = DISTRICTS * 100

export type CityIncident = LngLat & {
  readonly at: number
  readonly grid: number // 0…499
  readonly category: number
  readonly source: number
  readonly tier: number
  readonly respond: number
}

const M_PER_DEGREE = 111_195
const CLUSTERS = 300

/** The incidents of a day, of which there are `n` on average over the city's life. */
export function cityDay(day: number, incidents: number): CityIncident[] {
  const n = Math.floor((incidents * (day + 1)) / DAYS) - Math.floor((incidents * day) / DAYS)
  const chance = seededRandom(day + 1).next
  return Array.from({ length: n }, () => {
    const cluster = places[Math.floor(chance() * CLUSTERS)] ?? { ...CENTRE, sigmaM: 500, grid: 0 }
    // By day four times as many as by night.
    const hour = chance() < 0.8 ? 7 + chance() * 15 : chance() * 24
    return {
      ...moved(cluster, gauss(chance) * cluster.sigmaM, gauss(chance) * cluster.sigmaM),
      at: BEGIN_MS + day * DAY_MS + Math.floor(hour * 3_600_000),
      grid: (cluster.grid + Math.floor(chance() * 3)) % GRIDS,
      category: Math.floor(chance() ** 2 * CATEGORIES.length),
      source: Math.floor(chance() * SOURCES.length),
      tier: Math.floor(chance() ** 3 * TIERS.length),
      respond: chance() < 0.85 ? 0 : chance() < 0.7 ? 1 : 2,
    }
  })
}

/** The path of a grid, from the root. */
export function gridPath(grid: number): string[] {
  const digits = String(grid).padStart(3, '0')
  return [ROOT, `${ROOT}${digits.slice(0, 1)}`, `${ROOT}${digits.slice(0, 2)}`, `${ROOT}${digits}`]
}

/** North and east in metres, near enough. */
export function moved({ lng, lat }: LngLat, eastM: number, northM: number): LngLat {
  return { lng: lng + eastM / M_PER_DEGREE / Math.cos((lat * Math.PI) / 180), lat: lat + northM / M_PER_DEGREE }
}

function gauss(chance: () => number): number {
  return Math.sqrt(-2 * Math.log(chance() + 1e-12)) * Math.cos(2 * Math.PI * chance())
}

const placing = seededRandom(20260101).next
const places = Array.from({ length: CLUSTERS }, (_, i) => ({
  ...moved(CENTRE, gauss(placing) * 8_000, gauss(placing) * 8_000),
  sigmaM: 100 + placing() * 800,
  grid: Math.floor((i * GRIDS) / CLUSTERS),
}))
