import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { seededRandom } from '../random.ts'
import type { AreaFeature } from './areas.ts'
import { demoFiles } from './demoFiles.ts'
import { DEMO_FOLDER } from './generate.ts'
import { contains, type Point } from './plane.ts'

const areas: AreaFeature[] = JSON.parse(readFileSync(new URL('areas.geojson', DEMO_FOLDER), 'utf8')).features
const level = (name: string) => areas.filter(area => area.properties.level === name)
const ring = (area: AreaFeature): Point[] => area.geometry.coordinates[0]!.slice(0, -1) as Point[]

test('the generator writes exactly the committed files', () => {
  for (const [name, text] of demoFiles()) {
    expect(text === readFileSync(new URL(name, DEMO_FOLDER), 'utf8'), name).toBe(true)
    expect(text.length).toBeLessThan(1_500_000)
  }
})

test('the street has 8 communities, 56 grids and about 7.8 km²', () => {
  expect(level('district').length).toBe(1)
  expect(level('community').map(area => area.properties.name)).toEqual(
    ['白鹭', '柳堤', '书院', '桐荫', '沙渚', '望江', '晴川', '安澜'].map(name => `${name}社区`),
  )
  expect(level('grid').length).toBe(56)
  expect(level('street')[0]!.properties.hectares).toBeCloseTo(780, -1)
})

test('every code begins with the code of its parent, and every parent exists', () => {
  const codes = new Set(areas.map(area => area.properties.code))
  expect(codes.size).toBe(areas.length)
  for (const { properties } of areas) {
    if (properties.parent === null) continue
    expect(codes.has(properties.parent)).toBe(true)
    expect(properties.code.startsWith(properties.parent)).toBe(true)
  }
})

test('households and residents of an area are the sums of its children', () => {
  const withChildren = new Set(areas.map(area => area.properties.parent))
  for (const { properties } of areas.filter(area => withChildren.has(area.properties.code))) {
    const children = areas.filter(area => area.properties.parent === properties.code)
    expect(children.reduce((sum, child) => sum + child.properties.households, 0)).toBe(properties.households)
    expect(children.reduce((sum, child) => sum + child.properties.residents, 0)).toBe(properties.residents)
  }
})

test('a point inside the street lies in exactly one grid and one micro-grid; outside in none', () => {
  const random = seededRandom('points')
  const street = ring(level('street')[0]!)
  let inside = 0
  for (let i = 0; i < 6000; i++) {
    const point: Point = [random.between(121.836, 121.884), random.between(30.537, 30.563)]
    const expected = contains(street, point) ? 1 : 0
    inside += expected
    expect(level('grid').filter(grid => contains(ring(grid), point)).length).toBe(expected)
    expect(level('microGrid').filter(grid => contains(ring(grid), point)).length).toBe(expected)
  }
  expect(inside).toBeGreaterThan(3000)
})

test('neighbours share exact edges: every edge of a grid is the reverse of a neighbour’s or lies on the outline', () => {
  for (const name of ['community', 'grid', 'microGrid']) {
    const edges = new Set(level(name).flatMap(area => edgesOf(area)))
    const outline = new Set(edgesOf(level('street')[0]!))
    for (const edge of edges) {
      const reversed = edge.split(' ').reverse().join(' ')
      expect(edges.has(reversed) !== outline.has(edge), edge).toBe(true)
    }
  }
})

test('every grid’s plate names what bounds it on four sides', () => {
  const roads = JSON.parse(readFileSync(new URL('roads.geojson', DEMO_FOLDER), 'utf8')).features
  const names = new Set(['锦汀河', ...roads.map((road: { properties: { name: string } }) => road.properties.name)])
  for (const grid of level('grid')) {
    for (const side of Object.values(grid.properties.sides ?? {})) expect(names.has(side)).toBe(true)
  }
})

function edgesOf(area: AreaFeature): string[] {
  const points = ring(area)
  return points.map((p, i) => `${p.join()} ${points[(i + 1) % points.length]!.join()}`)
}
