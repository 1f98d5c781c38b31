/** Areas of the five levels and the district above, from the blocks up, with their plates (四至, households, hectares). */
import type { Random } from '../random.ts'
import type { Block } from './block.ts'
import { dissolve } from './dissolve.ts'
import { type Mesh, pairs } from './mesh.ts'
import { centroid, type Point, signedArea } from './plane.ts'
import { toLngLat } from './projection.ts'
import type { River } from './riverStrips.ts'
import { COMMUNITIES } from './skeleton.ts'

export type GridPlan = { readonly community: string; readonly microGrids: readonly (readonly Block[])[] }
export type Sides = {
  readonly north: string | null
  readonly east: string | null
  readonly south: string | null
  readonly west: string | null
}
export type AreaFeature = {
  readonly type: 'Feature'
  readonly id: string
  readonly properties: {
    readonly code: string
    readonly parent: string | null
    readonly level: 'district' | 'street' | 'community' | 'grid' | 'microGrid' | 'buildingGroup'
    readonly name: string
    readonly households: number
    readonly residents: number
    readonly hectares: number
    readonly sides?: Sides
  }
  readonly geometry: {
    readonly type: 'Polygon'
    readonly coordinates: readonly (readonly (readonly [number, number])[])[]
  }
}

// 99 is no province of GB/T 2260: these codes have the real form and can never be a real place.
const DISTRICT = '990106'
const STREET = `${DISTRICT}008`

export function areaFeatures(mesh: Mesh, grids: readonly GridPlan[], river: River, random: Random) {
  const areas: AreaFeature[] = []
  const codeOfBlock = new Map<number, string>()
  const stripsOf = Map.groupBy(river.strips, strip => strip.of)
  const whole = (blocks: readonly Block[]) =>
    blocks.flatMap(({ face }) => [face, ...(stripsOf.get(face) ?? []).map(strip => strip.face)])
  const add = (
    level: AreaFeature['properties']['level'],
    code: string,
    parent: string | null,
    name: string,
    blocks: readonly Block[],
  ) => {
    const faces = level === 'buildingGroup' ? blocks.map(block => block.face) : whole(blocks)
    const ring = dissolve(mesh, faces)
    const households = blocks.reduce((sum, block) => sum + block.households, 0)
    const index = areas.push({
      type: 'Feature',
      id: code,
      properties: {
        code,
        parent,
        level,
        name,
        households,
        residents: 0,
        hectares: Math.round(faces.reduce((sum, face) => sum + signedArea(mesh.ring(face)), 0) / 100) / 100,
        ...(level === 'grid' || level === 'community' || level === 'microGrid'
          ? { sides: sidesOf(mesh, river, ring) }
          : {}),
      },
      geometry: polygon(mesh, ring),
    })
    return (residents: number) => {
      const area = areas[index - 1]
      if (area !== undefined) areas[index - 1] = { ...area, properties: { ...area.properties, residents } }
      return residents
    }
  }
  const all = grids.flatMap(grid => grid.microGrids.flat())
  const district = add('district', DISTRICT, null, '锦澜区', all)
  const street = add('street', STREET, DISTRICT, '锦汀街道', all)
  let inStreet = 0
  COMMUNITIES.forEach((community, c) => {
    const code = `${STREET}${digits(c + 1, 3)}`
    const own = grids.filter(grid => grid.community === community.name)
    const setCommunity = add(
      'community',
      code,
      STREET,
      `${community.name}社区`,
      own.flatMap(grid => grid.microGrids.flat()),
    )
    let inCommunity = 0
    for (const [g, grid] of inReadingOrder(mesh, own, plan => plan.microGrids.flat()).entries()) {
      const gridCode = `${code}${digits(g + 1, 3)}`
      const number = digits(g + 1, 2)
      const setGrid = add('grid', gridCode, code, `${number}网格`, grid.microGrids.flat())
      let inGrid = 0
      for (const [m, blocks] of inReadingOrder(mesh, grid.microGrids, plan => plan).entries()) {
        const microCode = `${gridCode}${digits(m + 1, 2)}`
        const setMicro = add('microGrid', microCode, gridCode, `${number}-${m + 1}微网格`, blocks)
        let inMicro = 0
        let group = 0
        for (const block of inReadingOrder(mesh, blocks, plan => [plan])) {
          codeOfBlock.set(block.face, microCode)
          if (block.households === 0) continue
          group++
          const groupCode = `${microCode}${digits(group, 2)}`
          codeOfBlock.set(block.face, groupCode)
          inMicro += add('buildingGroup', groupCode, microCode, `${group}号楼组`, [block])(
            Math.round(block.households * random.between(2.1, 2.9)),
          )
        }
        inGrid += setMicro(inMicro)
      }
      inCommunity += setGrid(inGrid)
    }
    inStreet += setCommunity(inCommunity)
  })
  district(inStreet)
  street(inStreet)
  return { areas, codeOfBlock }
}

/** From the north-west, in rows: the way people number things on a plan. */
function inReadingOrder<T>(mesh: Mesh, items: readonly T[], blocksOf: (item: T) => readonly Block[]): T[] {
  const middle = (item: T): Point => {
    const points = blocksOf(item).map(block => centroid(mesh.ring(block.face)))
    return [points.reduce((s, p) => s + p[0], 0) / points.length, points.reduce((s, p) => s + p[1], 0) / points.length]
  }
  const rank = (item: T) => {
    const [x, y] = middle(item)
    return x * 0.55 - y
  }
  return [...items].sort((a, b) => rank(a) - rank(b))
}

/** What bounds an area on each side: the road or river with the most metres whose outside lies that way. */
function sidesOf(mesh: Mesh, river: River, ring: readonly number[]): Sides {
  const metres = {
    north: new Map<string, number>(),
    east: new Map<string, number>(),
    south: new Map<string, number>(),
    west: new Map<string, number>(),
  }
  for (const [a, b] of pairs([...ring, ring[0] ?? -1])) {
    const name = river.isMiddle(a, b) ? '锦汀河' : mesh.roadOfEdge(a, b)?.name
    if (!name) continue
    const [p, q] = [mesh.point(a), mesh.point(b)]
    const [dx, dy] = [q[0] - p[0], q[1] - p[1]]
    const side = Math.abs(dx) > Math.abs(dy) ? (dx < 0 ? 'north' : 'south') : dy > 0 ? 'east' : 'west'
    metres[side].set(name, (metres[side].get(name) ?? 0) + Math.hypot(dx, dy))
  }
  const longest = (names: ReadonlyMap<string, number>) => [...names].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  return {
    north: longest(metres.north),
    east: longest(metres.east),
    south: longest(metres.south),
    west: longest(metres.west),
  }
}

function polygon(mesh: Mesh, ring: readonly number[]): AreaFeature['geometry'] {
  const points = ring.map(node => toLngLat(mesh.point(node)))
  const distinct = points.filter((p, i) => p.join() !== points[(i + points.length - 1) % points.length]?.join())
  return { type: 'Polygon', coordinates: [[...distinct, distinct[0] ?? [0, 0]]] }
}

export const digits = (n: number, width: number) => String(n).padStart(width, '0')
