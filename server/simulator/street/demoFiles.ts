/** The files of data/demo/ as text: one feature or row per line, so that a change can be read. */
import { seededRandom } from '../random.ts'
import { buildingsOn } from './buildings.ts'
import { people } from './people.ts'
import { hotSpots, sensors } from './places.ts'
import type { Point } from './plane.ts'
import { toLngLat } from './projection.ts'
import { bridges, lineFeature, metro, RIVER_SLOPE, roadsOutside, stations } from './surroundings.ts'
import { buildTown, SEED, type Town } from './town.ts'

export function demoFiles(): ReadonlyMap<string, string> {
  const town = buildTown()
  return new Map([
    ['areas.geojson', collection(town.areas)],
    ['roads.geojson', collection([...roads(town), ...roadsOutside(town).map(lineFeature)])],
    ['bridges.geojson', collection(bridges(town).map(lineFeature))],
    ['rail.geojson', collection(metro().map(lineFeature))],
    ['stations.geojson', collection(stations().map(stationFeature))],
    ['water.geojson', collection([water(town)])],
    ['landuse.geojson', collection(landuse(town))],
    ['buildings.geojson', collection(buildings(town))],
    ['people.json', rows(people(town.areas, SEED))],
    ['places.json', rows(hotSpots(town))],
    ['sensors.json', rows(sensors(town))],
  ])
}

function roads({ mesh }: Town): object[] {
  const order = { main: 0, street: 1, lane: 2 }
  return mesh.roads
    .toSorted((a, b) => order[a.class] - order[b.class])
    .map(road => ({
      type: 'Feature',
      properties: { class: road.class, name: road.name },
      geometry: { type: 'LineString', coordinates: road.nodes.map(node => toLngLat(mesh.point(node))) },
    }))
}

function stationFeature({ name, place }: { readonly name: string; readonly place: Point }): object {
  return { type: 'Feature', properties: { name }, geometry: { type: 'Point', coordinates: toLngLat(place) } }
}

/** The river runs on a kilometre beyond the street, as rivers do. */
function water({ skeleton }: Town): object {
  const [from, to] = [-3100, 3200]
  const xs = Array.from({ length: 106 }, (_, i) => from + (i * (to - from)) / 105)
  const inside = (x: number) => Math.max(-1963, Math.min(2070, x))
  const bank = (offset: number): Point[] =>
    xs.map(x => [x, skeleton.river(inside(x)) + (x - inside(x)) * RIVER_SLOPE + offset])
  const ring = [...bank(-skeleton.waterM), ...bank(skeleton.waterM).toReversed()].map(toLngLat)
  return {
    type: 'Feature',
    properties: { kind: 'river', name: '锦汀河' },
    geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
  }
}

const blocksOf = (town: Town) => town.grids.flatMap(grid => grid.microGrids.flat())

function landuse(town: Town): object[] {
  return blocksOf(town).map(block => {
    const ring = town.mesh.ring(block.face).map(toLngLat)
    return {
      type: 'Feature',
      properties: { kind: block.kind, code: town.codeOfBlock.get(block.face) },
      geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] },
    }
  })
}

function buildings(town: Town): object[] {
  const random = seededRandom(SEED, 'buildings')
  return blocksOf(town).flatMap(block => {
    const { rings, floors } = buildingsOn(town.mesh.ring(block.face), block.kind, random)
    if (rings.length === 0) return []
    const coordinates = rings.map(ring => {
      const points = ring.map(toLngLat)
      return [[...points, points[0]]]
    })
    return {
      type: 'Feature',
      properties: { kind: block.kind, floors, code: town.codeOfBlock.get(block.face) },
      geometry: { type: 'MultiPolygon', coordinates },
    }
  })
}

function collection(features: readonly object[]): string {
  return `{"type":"FeatureCollection","features":[\n${features.map(f => JSON.stringify(f)).join(',\n')}\n]}\n`
}

function rows(items: readonly object[]): string {
  return `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]\n`
}
