/** What lies round the street, so that it does not end in nothing: arterials that run on, the bridges, the metro. */
import { seededRandom } from '../random.ts'
import type { Road } from './mesh.ts'
import type { Point } from './plane.ts'
import { toLngLat } from './projection.ts'
import type { Town } from './town.ts'

type Line = { readonly properties: object; readonly points: readonly Point[] }

/** Roads that leave the street, by the end (last or first node) where they do. */
const LEAVING: readonly (readonly [name: string, end: 'last' | 'first'])[] = [
  ['柳堤路', 'last'],
  ['书院路', 'last'],
  ['桐荫路', 'last'],
  ['北苑大道', 'last'],
  ['滨河北路', 'last'],
  ['滨河南路', 'last'],
  ['安澜大道', 'last'],
  ['晴川路', 'last'],
  ['书院南路', 'last'],
  ['望江路', 'last'],
  ['锦澜大道', 'last'],
  ['滨河南路', 'first'],
  ['滨河北路', 'first'],
  ['望鹭路', 'first'],
  ['北苑大道', 'first'],
]
const STEP_M = 130
/** How the river rises to the east beyond the street: metres north per metre east. */
export const RIVER_SLOPE = 0.08

export function roadsOutside({ mesh }: Town): Line[] {
  const random = seededRandom('outside')
  const leaving = LEAVING.flatMap(([name, end]) => {
    const road = mesh.roads.find(road => road.name === name)
    return road === undefined
      ? []
      : [{ name, points: onwards(mesh.point.bind(mesh), road, end, random.between(-0.05, 0.05)) }]
  })
  const rings = leaving.flatMap(({ name, points }, i) => {
    const next = leaving[(i + 1) % leaving.length]
    const followsRiver = name.startsWith('滨河') && next?.name.startsWith('滨河')
    if (next === undefined || followsRiver) return []
    return [3, 6].map(step => [points[step], next.points[step]].filter(p => p !== undefined))
  })
  return [...leaving.map(line => line.points), ...rings].map(points => ({
    properties: { class: 'street', name: null, outside: true },
    points,
  }))
}

/** The road's own direction, bending a little more with every step. */
function onwards(point: (node: number) => Point, road: Road, end: 'last' | 'first', bend: number): Point[] {
  const nodes = end === 'last' ? road.nodes.slice(-2) : road.nodes.slice(0, 2).toReversed()
  const [p, q] = [point(nodes[0] ?? -1), point(nodes[1] ?? -1)]
  let angle = Math.atan2(q[1] - p[1], q[0] - p[0])
  const points: Point[] = [q]
  const followsRiver = road.name?.startsWith('滨河') === true
  if (followsRiver) angle = (q[0] < 0 ? Math.PI : 0) + Math.atan(RIVER_SLOPE)
  for (let i = 0; i < 9; i++) {
    const [x, y] = points.at(-1) ?? q
    angle += followsRiver ? 0 : bend
    points.push([x + STEP_M * Math.cos(angle), y + STEP_M * Math.sin(angle)])
  }
  return points
}

/** Bridges once more, on their own, to be drawn over the water. */
export function bridges({ mesh }: Town): Line[] {
  return mesh.roads
    .filter(road => road.name?.endsWith('桥'))
    .map(road => ({ properties: { name: road.name }, points: road.nodes.map(node => mesh.point(node)) }))
}

/** 地铁 2 号线: under the street from west to east, with its stations. */
const METRO: readonly Point[] = [
  [-3000, 640],
  [-2050, 520],
  [-1250, 395],
  [-550, 350],
  [100, 330],
  [850, 430],
  [1500, 560],
  [2200, 700],
  [3100, 820],
]
const STATIONS: readonly (readonly [name: string, x: number])[] = [
  ['白鹭站', -1250],
  ['书院站', 100],
  ['桐荫站', 1500],
]

export function metro(): Line[] {
  const points: Point[] = []
  for (let x = -3000; x <= 3100; x += 50) points.push([x, metroY(x)])
  return [{ properties: { name: '地铁 2 号线' }, points }]
}

export function stations(): readonly { readonly name: string; readonly place: Point }[] {
  return STATIONS.map(([name, x]) => ({ name, place: [x, metroY(x)] }))
}

/** A smooth line through the drawn points (cosine between neighbours). */
function metroY(x: number): number {
  const i = Math.max(
    0,
    METRO.findLastIndex(p => p[0] <= x),
  )
  const [a, b] = [METRO[i] ?? [0, 0], METRO[i + 1] ?? METRO[i] ?? [0, 0]]
  if (b[0] === a[0]) return a[1]
  const t = (1 - Math.cos((Math.PI * (x - a[0])) / (b[0] - a[0]))) / 2
  return a[1] + (b[1] - a[1]) * t
}

export const lineFeature = ({ properties, points }: Line): object => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates: points.map(toLngLat) },
})
