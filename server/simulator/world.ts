/** The demo street as the simulator sees it, from the files of data/demo. */
import { readFileSync } from 'node:fs'
import type { LngLat } from '#domain/incident/facts.ts'
import { type Metres, type RoadGraph, type RoadLine, roadGraph } from './routes.ts'
import type { AreaFeature } from './street/areas.ts'
import type { Person } from './street/people.ts'
import type { HotSpot, Sensor } from './street/places.ts'
import { contains, distanceToEdges } from './street/plane.ts'

export type SimCategory = {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly autoConfirm: boolean
  readonly share: number
  readonly titles: readonly string[]
}
export type World = {
  readonly timezone: string
  readonly graph: RoadGraph
  readonly people: readonly Person[]
  readonly categories: readonly SimCategory[]
  readonly hotSpots: readonly HotSpot[]
  readonly sensors: readonly Sensor[]
  readonly homes: readonly { readonly place: Metres; readonly households: number }[] // building groups
  isInStreet(place: Metres): boolean
  community(place: Metres): string | null // its name
  /** Road nodes of an area (a grid or a community), its bounding roads among them. */
  nodesOf(area: string): ReadonlySet<number>
}

const DEMO_FOLDER = new URL('../../data/demo/', import.meta.url)

export function demoWorld(folder: URL = DEMO_FOLDER): World {
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
  const roads: readonly (RoadLine & { readonly properties: { readonly outside?: boolean } })[] =
    read('roads.geojson').features
  const graph = roadGraph(roads.filter(road => road.properties.outside !== true))
  const areas: readonly AreaFeature[] = read('areas.geojson').features
  const ring = (area: AreaFeature): Metres[] =>
    (area.geometry.coordinates[0] ?? []).slice(0, -1).map(([lng, lat]) => graph.toMetres({ lng, lat }))
  const ofLevel = (level: string) =>
    areas.filter(area => area.properties.level === level).map(area => ({ ...area.properties, ring: ring(area) }))
  const communities = ofLevel('community')
  const street = ofLevel('street')[0]
  const nodes = new Map<string, ReadonlySet<number>>()
  for (const { code, ring } of [...communities, ...ofLevel('grid')]) nodes.set(code, nodesWithin(graph, ring))
  return {
    timezone: read('settings.json').timezone,
    graph,
    people: read('people.json'),
    categories: read('categories.json'),
    hotSpots: read('places.json'),
    sensors: read('sensors.json'),
    homes: ofLevel('buildingGroup').map(({ ring, households }) => ({ place: middle(ring), households })),
    isInStreet: place => street !== undefined && contains(street.ring, place),
    community: place => communities.find(community => contains(community.ring, place))?.name ?? null,
    nodesOf: area => nodes.get(area) ?? new Set(),
  }
}

function nodesWithin(graph: RoadGraph, ring: readonly Metres[]): Set<number> {
  const xs = ring.map(p => p[0])
  const ys = ring.map(p => p[1])
  const [west, east, south, north] = [
    Math.min(...xs) - 5,
    Math.max(...xs) + 5,
    Math.min(...ys) - 5,
    Math.max(...ys) + 5,
  ]
  const inside = new Set<number>()
  graph.points.forEach((point, node) => {
    const [x, y] = point
    if (x < west || x > east || y < south || y > north) return
    if (contains(ring, point) || distanceToEdges(ring, point) < 2) inside.add(node)
  })
  return inside
}

const middle = (ring: readonly Metres[]): Metres => [
  ring.reduce((sum, p) => sum + p[0], 0) / ring.length,
  ring.reduce((sum, p) => sum + p[1], 0) / ring.length,
]

export const toPlace = (world: World, point: Metres): LngLat => {
  const { lng, lat } = world.graph.toPlace(point)
  return { lng: Math.round(lng * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 }
}
