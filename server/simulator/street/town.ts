/** The invented street as a whole: the mesh, what is built on each block, and the areas from the district down. */
import { type Random, seededRandom } from '../random.ts'
import { type AreaFeature, areaFeatures, type GridPlan } from './areas.ts'
import type { Block, BlockKind } from './block.ts'
import type { Mesh } from './mesh.ts'
import { namer } from './names.ts'
import { signedArea } from './plane.ts'
import { riverStrips } from './riverStrips.ts'
import { type Skeleton, skeleton } from './skeleton.ts'
import { subdivide } from './subdivide.ts'

export const SEED = '锦汀街道'
export type Town = {
  readonly skeleton: Skeleton
  readonly mesh: Mesh
  readonly grids: readonly GridPlan[]
  readonly areas: readonly AreaFeature[]
  readonly codeOfBlock: ReadonlyMap<number, string> // face → code of the deepest area it lies in
}

const HECTARE = 10_000
const STREETS = { class: 'street', name: '', snapM: 45, bend: 0.05 } as const
const LANES = { class: 'lane', name: '', snapM: 30, bend: 0.04 } as const
const ALLEYS = { class: 'lane', name: null, snapM: 22, bend: 0.02 } as const

export function buildTown(seed = SEED): Town {
  const random = seededRandom(seed, 'streets')
  const bones = skeleton(random)
  const { mesh } = bones
  const cut = bones.communities.map(community => ({
    ...community,
    grids: subdivide(mesh, community.face, community.grids, STREETS, random),
  }))
  // Level by level, never grid by grid: a lane may not end on a street that is still to be cut.
  const withMicroGrids = cut.flatMap(community =>
    community.grids.map(face => ({
      community,
      microGrids: subdivide(mesh, face, parts(mesh, face, 5.4, 2, 4), LANES, random),
    })),
  )
  const kinds = seededRandom(seed, 'blocks')
  const grids = withMicroGrids.map(({ community, microGrids }) => {
    const style = kinds.pick(['oldTown', 'slab', 'slab', 'tower'] as const)
    const microGridBlocks = microGrids
      .map(face => subdivide(mesh, face, parts(mesh, face, 1.05, 3, 7), ALLEYS, random))
      .map(faces => settle(mesh, faces, style, kinds))
    return { community: community.name, microGrids: microGridBlocks }
  })
  nameRoads(mesh, seededRandom(seed, 'names'))
  const river = riverStrips(bones)
  const { areas, codeOfBlock } = areaFeatures(mesh, grids, river, seededRandom(seed, 'people'))
  return { skeleton: bones, mesh, grids, areas, codeOfBlock }
}

function parts(mesh: Mesh, face: number, hectaresEach: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.round(signedArea(mesh.ring(face)) / HECTARE / hectaresEach)))
}

/** A micro-grid is meant to hold 300–500 households (W1); a few are over or under, as in life. */
function settle(mesh: Mesh, faces: readonly number[], style: BlockKind, random: Random): Block[] {
  const lived = faces.map((face, i) => {
    const odd = i >= 2 && random.chance(0.3)
    const other = random.chance(0.25) ? random.pick(['oldTown', 'slab', 'tower'] as const) : style
    return {
      face,
      kind: odd
        ? random.pick(['office', 'office', 'park', 'park', 'school', 'market', 'office', 'hospital'] as const)
        : other,
    }
  })
  const weight = ({ face, kind }: { face: number; kind: BlockKind }) =>
    signedArea(mesh.ring(face)) *
    { oldTown: 0.8, slab: 1, tower: 1.7, office: 0.08, market: 0.1, school: 0, hospital: 0, park: 0 }[kind]
  const all = lived.reduce((sum, block) => sum + weight(block), 0)
  const households = Math.max(262, Math.min(545, 392 + 52 * random.normal()))
  return lived.map(block => ({ ...block, households: Math.round((households * weight(block)) / all) }))
}

/** A street that goes straight on over a crossing keeps its name. */
function nameRoads(mesh: Mesh, random: Random): void {
  const names = namer(random)
  for (const road of mesh.roads) {
    if (road.name !== '') continue
    const first = mesh.point(road.nodes[0] ?? -1)
    const last = mesh.point(road.nodes.at(-1) ?? -1)
    const isNorthSouth = Math.abs(last[1] - first[1]) > Math.abs(last[0] - first[0])
    road.name = straightOn(mesh, road) ?? (road.class === 'street' ? names.street(isNorthSouth) : names.lane())
  }
}

function straightOn(mesh: Mesh, road: Mesh['roads'][number]): string | null {
  for (const end of [road.nodes, road.nodes.toReversed()]) {
    for (const other of mesh.roads) {
      if (other === road || other.class !== road.class || !other.name) continue
      for (const far of [other.nodes, other.nodes.toReversed()]) {
        if (far[0] === end[0] && turn(mesh, end[1] ?? -1, end[0] ?? -1, far[1] ?? -1) < 0.45) return other.name
      }
    }
  }
  return null
}

function turn(mesh: Mesh, from: number, at: number, to: number): number {
  const [p, q, r] = [mesh.point(from), mesh.point(at), mesh.point(to)]
  const change = Math.atan2(r[1] - q[1], r[0] - q[0]) - Math.atan2(q[1] - p[1], q[0] - p[0])
  return Math.abs(Math.atan2(Math.sin(change), Math.cos(change)))
}
