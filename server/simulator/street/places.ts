/** Where things happen more often than elsewhere: markets, school gates, the station; and the street's sensors. */
import { type Random, seededRandom } from '../random.ts'
import type { Block, BlockKind } from './block.ts'
import { centroid, type Point } from './plane.ts'
import { toLngLat } from './projection.ts'
import type { Town } from './town.ts'

export type HotSpotKind = 'market' | 'nightMarket' | 'station' | 'school' | 'hospital' | 'oldTown' | 'riverside'
export type HotSpot = {
  readonly id: string
  readonly name: string
  readonly kind: HotSpotKind
  readonly place: { readonly lng: number; readonly lat: number }
  readonly spreadM: number // the standard deviation of what happens round it
  readonly weight: number
}
export type Sensor = {
  readonly id: string
  readonly kind: 'camera' | 'smoke' | 'bikeShed' | 'waterMeter' | 'door' | 'binHouse'
  readonly name: string
  readonly area: string // the deepest area it stands in
  readonly place: { readonly lng: number; readonly lat: number }
  readonly category: string // of the signals it raises
  readonly health: 'ok' | 'lowBattery' | 'fault'
}

const HOT: readonly (readonly [
  community: string,
  kind: HotSpotKind,
  name: string,
  on: BlockKind,
  weight: number,
  spreadM: number,
])[] = [
  ['柳堤', 'market', '柳堤农贸市场', 'market', 1.25, 78],
  ['书院', 'station', '书院地铁站', 'office', 1.3, 92],
  ['安澜', 'nightMarket', '安澜夜市', 'market', 1.3, 84],
  ['望江', 'market', '望江早市', 'slab', 1.15, 88],
  ['桐荫', 'school', '桐荫小学', 'school', 0.8, 70],
  ['白鹭', 'oldTown', '白鹭老街', 'oldTown', 0.8, 86],
  ['柳堤', 'riverside', '柳堤滨河步道', 'park', 0.55, 90],
  ['晴川', 'hospital', '晴川社区医院', 'hospital', 0.5, 70],
  ['沙渚', 'school', '沙渚中学', 'school', 0.45, 80],
  ['书院', 'oldTown', '书院里弄', 'oldTown', 0.6, 95],
]
const SENSORS: readonly (readonly [
  kind: Sensor['kind'],
  name: string,
  category: string,
  on: readonly BlockKind[],
  count: number,
])[] = [
  ['camera', '路口摄像机', 'illegalParking', ['slab', 'tower', 'oldTown', 'office', 'market', 'school', 'park'], 64],
  ['smoke', '烟感', 'smokeAlarm', ['oldTown', 'market', 'slab'], 48],
  ['bikeShed', '车棚感知', 'fireHazard', ['slab', 'tower'], 24],
  ['waterMeter', '独居老人水表', 'careVisit', ['oldTown', 'slab'], 30],
  ['door', '智能门禁', 'facilityDamage', ['tower', 'slab'], 20],
  ['binHouse', '垃圾厢房', 'cityAppearance', ['slab', 'tower', 'oldTown'], 18],
]

export function hotSpots(town: Town): HotSpot[] {
  const random = seededRandom('hot spots')
  return HOT.map(([community, kind, name, on, weight, spreadM], i) => {
    const own = town.grids.filter(grid => grid.community === community).flatMap(grid => grid.microGrids.flat())
    const fitting = own.filter(block => block.kind === on)
    const block = random.pick(fitting.length > 0 ? fitting : own)
    return { id: `H${i + 1}`, name, kind, place: lngLat(centroid(town.mesh.ring(block.face))), spreadM, weight }
  })
}

export function sensors(town: Town): Sensor[] {
  const random = seededRandom('sensors')
  const blocks = town.grids.flatMap(grid => grid.microGrids.flat())
  const counter = new Map<string, number>()
  return SENSORS.flatMap(([kind, name, category, on, count]) => {
    const fitting = shuffled(
      blocks.filter(block => on.includes(block.kind)),
      random,
    )
    return fitting.slice(0, count).map(block => {
      const number = (counter.get(kind) ?? 0) + 1
      counter.set(kind, number)
      return {
        id: `${kind}-${String(number).padStart(3, '0')}`,
        kind,
        name: `${name} ${number}`,
        area: town.codeOfBlock.get(block.face) ?? '',
        place: lngLat(standsAt(town, block, kind)),
        category,
        health: random.chance(0.95) ? ('ok' as const) : random.pick(['lowBattery', 'fault'] as const),
      }
    })
  })
}

/** Cameras stand on a corner of their block, all else inside it. */
function standsAt(town: Town, block: Block, kind: Sensor['kind']): Point {
  const ring = town.mesh.ring(block.face)
  const middle = centroid(ring)
  const corner = ring[0]
  if (kind !== 'camera' || corner === undefined) return middle
  return [corner[0] + (middle[0] - corner[0]) * 0.06, corner[1] + (middle[1] - corner[1]) * 0.06]
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map(item => ({ item, key: random.next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function lngLat(point: Point): { lng: number; lat: number } {
  const [lng, lat] = toLngLat(point)
  return { lng, lat }
}
