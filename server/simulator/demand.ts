/** What goes wrong in a day, where and when: the same for the same seed and day, whenever asked. */
import type { LngLat } from '#domain/incident/facts.ts'
import { type Random, seededRandom } from './random.ts'
import { length, type Metres } from './routes.ts'
import type { HotSpotKind, Sensor } from './street/places.ts'
import { type SimCategory, toPlace, type World } from './world.ts'

export type Source = 'patrol' | 'camera' | 'resident' | 'hotline' | 'sensor'
/** One thing that went wrong. `at`: when somebody or something first tells of it. */
export type Trouble = {
  readonly at: number
  readonly category: SimCategory
  readonly source: Source
  readonly title: string
  readonly point: Metres
  readonly place: LngLat
  readonly sensor: Sensor | null
}

/**
 * Incidents in each local hour. By day like a busy street; at night more than a real one has, because whoever starts the demo
 * at three in the morning must find a street at work: some four are open at any instant.
 */
const BY_HOUR = [30, 28, 28, 28, 28, 30, 34, 55, 75, 73, 66, 64, 59, 62, 66, 67, 68, 69, 70, 64, 53, 44, 34, 31]
const WEEKEND = 0.93

/** How much each kind of place has of each hour, relative to its own mean; between the named hours: straight lines. */
const HOURS_OF: { readonly [kind in HotSpotKind]: readonly (readonly [hour: number, factor: number])[] } = {
  market: [
    [5, 1.2],
    [7, 2.2],
    [10, 1.5],
    [13, 0.7],
    [17, 1.1],
    [20, 0.3],
  ],
  nightMarket: [
    [6, 0.2],
    [11, 0.7],
    [14, 1],
    [18, 1.9],
    [21, 2.4],
    [23, 1],
  ],
  station: [
    [6, 0.8],
    [8, 1.8],
    [11, 0.8],
    [17, 1.6],
    [20, 0.9],
    [23, 0.3],
  ],
  school: [
    [6, 0.3],
    [7.5, 2.6],
    [10, 0.4],
    [12, 1],
    [16.5, 2.6],
    [19, 0.4],
  ],
  hospital: [
    [7, 1],
    [10, 1.6],
    [15, 1.2],
    [20, 0.5],
  ],
  oldTown: [
    [6, 0.9],
    [12, 1],
    [19, 1.2],
  ],
  riverside: [
    [6, 0.8],
    [12, 0.6],
    [19, 1.9],
    [22, 0.8],
  ],
}
const LIKELIER: { readonly [kind in HotSpotKind]: { readonly [category: string]: number } } = {
  market: { streetTrading: 2.2, cityAppearance: 1.5, illegalParking: 1.3, helpRequest: 0.5 },
  nightMarket: { streetTrading: 2.6, cityAppearance: 1.4, fireHazard: 1.6, dispute: 1.3, helpRequest: 0.4 },
  station: { illegalParking: 2.3, streetTrading: 1.4, cityAppearance: 1.2, dispute: 0.6 },
  school: { illegalParking: 2.6, streetTrading: 1.7, helpRequest: 0.7 },
  hospital: { illegalParking: 1.9, helpRequest: 1.5, streetTrading: 1.2 },
  oldTown: { facilityDamage: 1.5, fireHazard: 1.7, dispute: 1.4, helpRequest: 1.3 },
  riverside: { cityAppearance: 1.8, facilityDamage: 1.2, dispute: 1.2 },
}
const SOURCES: { readonly [category: string]: readonly (readonly [Source, number])[] } = {
  cityAppearance: [
    ['patrol', 52],
    ['camera', 26],
    ['resident', 14],
    ['hotline', 6],
    ['sensor', 2],
  ],
  streetTrading: [
    ['patrol', 44],
    ['camera', 40],
    ['resident', 10],
    ['hotline', 6],
  ],
  illegalParking: [
    ['patrol', 34],
    ['camera', 46],
    ['resident', 12],
    ['hotline', 8],
  ],
  facilityDamage: [
    ['patrol', 56],
    ['camera', 8],
    ['resident', 22],
    ['hotline', 12],
    ['sensor', 2],
  ],
  helpRequest: [
    ['patrol', 26],
    ['resident', 46],
    ['hotline', 28],
  ],
  dispute: [
    ['patrol', 34],
    ['resident', 34],
    ['hotline', 32],
  ],
  fireHazard: [
    ['patrol', 54],
    ['camera', 18],
    ['resident', 12],
    ['hotline', 4],
    ['sensor', 12],
  ],
}

/** The troubles of the local day that begins at `dayStart` and has `weekday` (1 Monday … 7 Sunday), in order of time. */
export function troublesOf(world: World, seed: string, day: string, dayStart: number, weekday: number): Trouble[] {
  const random = seededRandom(seed, day, 'demand')
  const busy = (1 + 0.03 * random.normal()) * (weekday >= 6 ? WEEKEND : 1)
  const troubles: Trouble[] = []
  BY_HOUR.forEach((rate, hour) => {
    for (let n = poisson(rate * busy, random); n > 0; n--) {
      troubles.push(trouble(world, hour, dayStart + Math.floor((hour + random.next()) * 3_600_000), random))
    }
  })
  return troubles.sort((a, b) => a.at - b.at)
}

function trouble(world: World, hour: number, at: number, random: Random): Trouble {
  const spot = random.chance(0.5)
    ? weighted(world.hotSpots, s => s.weight * onLine(HOURS_OF[s.kind], hour + 0.5), random)
    : null
  const category = weighted(
    world.categories,
    c => c.share * (spot === null ? 1 : (LIKELIER[spot.kind][c.id] ?? 1)),
    random,
  )
  const source = weighted(SOURCES[category.id] ?? [['sensor', 1] as const], s => s[1], random)[0]
  const point =
    spot === null ? someHome(world, random) : near(world, world.graph.toMetres(spot.place), spot.spreadM, random)
  const sensor = source === 'sensor' || source === 'camera' ? nearestSensor(world, category.id, source, point) : null
  // A sensor knows its own place; a camera sees some way down the street.
  const where = source === 'sensor' && sensor !== null ? world.graph.toMetres(sensor.place) : point
  return {
    at,
    category,
    source,
    title: random.pick(category.titles),
    point: where,
    place: toPlace(world, where),
    sensor,
  }
}

function someHome(world: World, random: Random): Metres {
  return near(world, weighted(world.homes, home => home.households, random).place, 30, random)
}

function near(world: World, [x, y]: Metres, spreadM: number, random: Random): Metres {
  for (let attempt = 0; attempt < 20; attempt++) {
    const point: Metres = [x + spreadM * random.normal(), y + spreadM * random.normal()]
    if (world.isInStreet(point)) return point
  }
  return [x, y]
}

function nearestSensor(world: World, category: string, source: Source, point: Metres): Sensor | null {
  let best: Sensor | null = null
  let bestM = Number.POSITIVE_INFINITY
  for (const sensor of world.sensors) {
    if (source === 'camera' ? sensor.kind !== 'camera' : sensor.category !== category || sensor.kind === 'camera')
      continue
    const metres = length(world.graph.toMetres(sensor.place), point)
    if (metres < bestM && sensor.health !== 'fault') [best, bestM] = [sensor, metres]
  }
  return best
}

function weighted<T>(items: readonly T[], weight: (item: T) => number, random: Random): T {
  let left = random.next() * items.reduce((sum, item) => sum + weight(item), 0)
  for (const item of items) {
    left -= weight(item)
    if (left <= 0) return item
  }
  return random.pick(items)
}

function onLine(points: readonly (readonly [number, number])[], x: number): number {
  const after = points.findIndex(p => p[0] >= x)
  const [a, b] = after <= 0 ? [points.at(-1), points[0]] : [points[after - 1], points[after]]
  if (a === undefined || b === undefined) return 1
  const span = (b[0] - a[0] + 24) % 24 || 24
  return a[1] + ((b[1] - a[1]) * ((x - a[0] + 24) % 24)) / span
}

/** Knuth's method: rates here stay below 100. */
function poisson(rate: number, random: Random): number {
  const limit = Math.exp(-rate)
  let n = 0
  for (let p = random.next(); p > limit; p *= random.next()) n++
  return n
}
