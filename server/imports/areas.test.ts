import { expect, test } from 'vitest'
import { areaTree } from '#domain/area/areaTree.ts'
import type { AreaVersion } from '#domain/area/areaVersion.ts'
import { fromWgs84 } from '#domain/geo/datum.ts'
import type { AreaRow } from '../store/eventStore.ts'
import { type AreasContext, readAreas } from './areas.ts'
import { type AreasMapping, areasMapping, areasMappingSchema } from './areasMapping.ts'

const context: AreasContext = { datum: 'wgs84', timezone: 'Asia/Shanghai', known: [] }
const square = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
/** A root, unless the properties say otherwise. */
const feature = (properties: object, geometry: unknown = null) => ({
  type: 'Feature',
  properties: { parent: null, ...properties },
  geometry,
})
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })
const mapping = (layer: object, more: object = {}): AreasMapping =>
  areasMapping.parse({
    kind: 'areas',
    name: 'test',
    ...more,
    layers: [
      { level: { property: 'level' }, code: 'code', areaName: 'name', parent: { property: 'parent' }, ...layer },
    ],
  })
const locate = (areas: readonly AreaRow[], lng: number, lat: number, at = 0) =>
  areaTree(areas as unknown as AreaVersion[]).locate({ lng, lat }, at)

test('a GeoJSON of mixed levels becomes a tree', () => {
  const content = JSON.stringify(
    collection(
      feature({ code: 'G1', name: '一格', level: 'grid', parent: 'S', households: 120, note: 'x' }, square(0, 0, 1, 1)),
      feature({ code: 'S', name: '街道', level: 'street', parent: null }, square(0, 0, 2, 2)),
      feature({ code: 7, name: '二格', level: 'grid', parent: 'S', households: '80' }),
    ),
  )
  const { areas, refused, told } = readAreas(content, mapping({ households: 'households', keep: ['note'] }), context)
  expect(refused).toEqual([])
  expect(told).toEqual(['1 feature has no geometry: taken as areas without one.'])
  expect(
    areas.map(({ code, parent, level, households, properties }) => ({ code, parent, level, households, properties })),
  ).toEqual([
    { code: 'G1', parent: 'S', level: 'grid', households: 120, properties: { note: 'x' } },
    { code: 'S', parent: null, level: 'street', households: null, properties: {} },
    { code: '7', parent: 'S', level: 'grid', households: 80, properties: {} },
  ])
  expect(locate(areas, 0.5, 0.5)).toEqual(['S', 'G1'])
})

test('a TopoJSON with shared arcs gives levels by code prefix, with or without objects of their own', () => {
  // Two villages side by side: they share the arc 0 from (1, 0) to (1, 1).
  const topology = {
    type: 'Topology',
    transform: { scale: [1, 1], translate: [100, 30] },
    arcs: [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 1],
        [-1, 0],
        [0, -1],
        [1, 0],
      ],
      [
        [1, 0],
        [1, 0],
        [0, 1],
        [-1, 0],
      ],
    ],
    objects: {
      villages: {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Polygon', arcs: [[0, 1]], properties: { code: '10001', name: 'west', town: 'T', county: 'C' } },
          { type: 'Polygon', arcs: [[2, -1]], properties: { code: '10002', name: 'east', town: 'T', county: 'C' } },
        ],
      },
      towns: {
        type: 'GeometryCollection',
        geometries: [{ type: 'Polygon', arcs: [[1, 2]], properties: { code: '100', name: 'town' } }],
      },
    },
  }
  const villages = { object: 'villages', level: { value: 'village' }, code: 'code', areaName: 'name' }
  const derive = [
    { level: 'county', codePrefix: 2, areaName: 'county' },
    { level: 'town', codePrefix: 3, areaName: 'town' },
  ]
  const made = readAreas(
    topology,
    areasMapping.parse({ kind: 'areas', name: 't', layers: [{ ...villages, derive }] }),
    context,
  )
  expect(made.refused).toEqual([])
  expect(made.areas.map(area => [area.code, area.parent, area.level, area.name])).toEqual([
    ['10', null, 'county', 'C'],
    ['100', '10', 'town', 'T'],
    ['10001', '100', 'village', 'west'],
    ['10002', '100', 'village', 'east'],
  ])
  expect(locate(made.areas, 101, 30.5)).toEqual(['10', '100', '10002'])
  expect(locate(made.areas, 100.5, 30.5)).toEqual(['10', '100', '10001'])
  const layers = [
    { ...villages, object: 'towns', level: { value: 'town' } },
    { ...villages, parent: { codePrefix: 3 } },
  ]
  const own = readAreas(topology, areasMapping.parse({ kind: 'areas', name: 't', layers }), context)
  expect(own.areas.map(area => [area.code, area.parent, area.geometry !== null])).toEqual([
    ['100', null, true],
    ['10001', '100', true],
    ['10002', '100', true],
  ])
  expect(() =>
    readAreas(
      topology,
      areasMapping.parse({ kind: 'areas', name: 't', layers: [{ ...villages, object: 'wards' }] }),
      context,
    ),
  ).toThrow(/no object “wards”; it has villages, towns/)
  expect(() =>
    readAreas(
      topology,
      areasMapping.parse({ kind: 'areas', name: 't', layers: [{ ...villages, object: undefined }] }),
      context,
    ),
  ).toThrow(/name one/)
})

test('what cannot be taken is refused with its line, field, value and reason', () => {
  const base = { level: 'grid', name: 'n' }
  const content = collection(
    feature({ ...base, code: 'A' }, square(0, 0, 1, 1)),
    feature({ ...base, code: 'A' }, square(1, 0, 2, 1)),
    feature({ ...base }, square(0, 0, 1, 1)),
    feature({ ...base, code: 'B', parent: 'Z' }),
    feature({ ...base, code: 'C', parent: 'B' }),
    feature(
      { ...base, code: 'D' },
      {
        type: 'Polygon',
        coordinates: [
          [
            [31, 121],
            [31, 122],
            [32, 122],
            [31, 121],
          ],
        ],
      },
    ),
    feature({ ...base, code: 'E' }, { type: 'Point', coordinates: [1, 2] }),
    feature({ ...base, code: 'F', name: '' }),
    feature({ ...base, code: 'G', households: 'many' }),
    feature({ ...base, code: 'H', from: 'soon' }),
    feature({ ...base, code: 'I', parent: 'J' }),
    feature({ ...base, code: 'J', parent: 'I' }),
  )
  const { areas, refused } = readAreas(
    content,
    mapping({ households: 'households', validFrom: { property: 'from' } }),
    context,
  )
  expect(areas.map(area => area.code)).toEqual(['A'])
  expect(refused.map(({ line, field, value }) => [line, field, value])).toEqual([
    [2, 'code', 'A'],
    [3, 'code', ''],
    [4, 'parent', 'Z'],
    [5, 'parent', 'B'],
    [6, 'geometry', 'D'],
    [7, 'geometry', 'E'],
    [8, 'name', ''],
    [9, 'households', 'many'],
    [10, 'from', 'soon'],
    [11, 'parent', 'J'],
    [12, 'parent', 'I'],
  ])
  const reasons = refused.map(row => row.reason)
  expect(reasons[2]).toBe('area B has an unknown parent Z')
  expect(reasons[3]).toBe('area C has an unknown parent B')
  expect(reasons[4]).toBe('latitude 121 is out of range: longitude and latitude look swapped, at 31, 121')
  expect(reasons[9]).toBe('area I is its own ancestor: I › J › I')
})

test('a repair that changes the area by more than 1 % is told by name; a smaller one is counted', () => {
  const bowTie = {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
        [0, 0],
      ],
    ],
  }
  const open = {
    type: 'Polygon',
    coordinates: [
      [
        [5, 5],
        [6, 5],
        [6, 6],
      ],
    ],
  }
  const content = collection(
    feature({ code: 'A', name: '甲', level: 'grid' }, bowTie),
    feature({ code: 'B', name: '乙', level: 'grid' }, open),
  )
  const { areas, told } = readAreas(content, mapping({}), context)
  expect(areas.length).toBe(2)
  expect(told[0]).toMatch(/^Area A 甲 was repaired \(the ring crosses itself, at 1, 1\) and its area /)
  expect(told[1]).toBe('1 geometry was repaired; no area changed by more than 1 %.')
})

test('a redraw ends the earlier version where the new one begins, at local midnight, and moves nothing before', () => {
  const first = readAreas(
    collection(feature({ code: 'A', name: 'a', level: 'grid' }, square(0, 0, 2, 2))),
    mapping({}),
    context,
  ).areas
  const redrawn = collection(
    feature({ code: 'A', name: 'a', level: 'grid' }, square(0, 0, 1, 2)),
    feature({ code: 'B', name: 'b', level: 'grid' }, square(1, 0, 2, 2)),
  )
  const from = Date.parse('2026-01-01T00:00:00+08:00')
  const { areas, refused, told } = readAreas(redrawn, mapping({}, { validFrom: { value: '2026-01-01' } }), {
    ...context,
    known: first,
  })
  expect(refused).toEqual([])
  expect(told).toEqual(['1 earlier version of these areas end where the new ones begin.'])
  expect(areas.map(({ code, validFrom, validTo }) => [code, validFrom, validTo])).toEqual([
    ['A', null, from],
    ['A', from, null],
    ['B', from, null],
  ])
  expect(locate(areas, 1.5, 1, from - 1)).toEqual(['A'])
  expect(locate(areas, 1.5, 1, from)).toEqual(['B'])
  expect(
    readAreas(redrawn, mapping({}, { validFrom: { value: '2026-01-01' } }), { ...context, known: areas }).refused,
  ).toEqual([])
})

test('a parent may be in the store already', () => {
  const known = readAreas(collection(feature({ code: 'S', name: 's', level: 'street' })), mapping({}), context).areas
  const content = collection(feature({ code: 'G', name: 'g', level: 'grid', parent: 'S' }))
  expect(readAreas(content, mapping({}), { ...context, known }).areas.map(area => area.code)).toEqual(['G'])
  expect(readAreas(content, mapping({}), context).refused.length).toBe(1)
})

test('another datum is converted, said and kept', () => {
  const shift = ([lng, lat]: number[]) => Object.values(fromWgs84({ lng: lng!, lat: lat! }, 'gcj02'))
  const wgs84 = square(121.4, 31.2, 121.41, 31.21)
  const gcj02 = { type: 'Polygon', coordinates: wgs84.coordinates.map(ring => ring.map(shift)) }
  const { areas, told } = readAreas(collection(feature({ code: 'A', name: 'a', level: 'grid' }, gcj02)), mapping({}), {
    ...context,
    datum: 'gcj02',
  })
  const [[lng, lat]] = (areas[0]!.geometry as { coordinates: number[][][] }).coordinates[0] as [[number, number]]
  expect([lng, lat].map(each => each.toFixed(7))).toEqual(['121.4000000', '31.2000000'])
  expect(areas[0]!.properties).toMatchObject({ originalGeometry: gcj02, originalDatum: 'gcj02' })
  expect(told[0]).toMatch(/converted from gcj02/)
})

test('a file that is something else is unusable, and says why', () => {
  expect(() => readAreas('{', mapping({}), context)).toThrow(/not JSON/)
  expect(() => readAreas('[]', mapping({}), context)).toThrow(/neither a GeoJSON/)
  const projected = { ...collection(), crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4549' } } }
  expect(() => readAreas(projected, mapping({}), context)).toThrow(/EPSG::4549: convert it/)
  expect(() => readAreas(collection(), mapping({ object: 'x' }), context)).toThrow(/the file is GeoJSON/)
})

test('a property that no feature has is a slip in the mapping, and nothing is read', () => {
  const content = collection(feature({ code: 'A', name: 'a', level: 'grid', kind: 'x' }))
  const wrong = (layer: object) => () => readAreas(content, mapping(layer), context)
  expect(wrong({ code: 'CODE' })).toThrow(/No feature has the property “CODE” .* they have parent, code, name, level/)
  expect(wrong({ households: 'hh', keep: ['note'] })).toThrow('“hh”, “note”')
  expect(wrong({ parent: { property: 'above' } })).toThrow('“above”')
  expect(wrong({ where: { property: 'sort', oneOf: ['x'] } })).toThrow('“sort”')
  expect(wrong({ where: { property: 'kind', oneOf: ['y'] } })).not.toThrow()
})

test('the mapping refuses words that it does not know, and has a JSON Schema', () => {
  expect(areasMapping.safeParse({ kind: 'areas', name: 'x', layers: [] }).success).toBe(false)
  expect(areasMapping.safeParse({ ...mapping({}), projection: 'x' }).success).toBe(false)
  expect(areasMappingSchema()).toMatchObject({ type: 'object', required: ['kind', 'name', 'layers'] })
})
