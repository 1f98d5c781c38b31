/** The hand-drawn bones of the invented 锦汀街道: outline, river, arterial roads, and the eight communities between them. */
import type { Random } from '../random.ts'
import { Mesh } from './mesh.ts'
import type { Point } from './plane.ts'

/** Metres from the middle of the street. Drawn by hand, then scaled so that the street has its 7.8 km². */
const SCALE = 1.073
const RIVER: readonly Point[] = [
  [-1830, -40],
  [-1480, 34],
  [-1090, 48],
  [-700, 6],
  [-350, -92],
  [0, -158],
  [420, -172],
  [800, -112],
  [1150, -10],
  [1500, 58],
  [1930, 110],
]
const RIVER_STEPS = 62
/** From the river's middle to the road on its bank, and to the water's edge. */
const BANK_M = 52
const WATER_M = 36

type Arterial = { readonly name: string; readonly via: readonly Point[] }
// Roads of the outline, from the river's west end over the north to its east end, and back over the south.
const NORTH_EDGE: readonly Arterial[] = [
  {
    name: '西环路',
    via: [
      [-1838, 20],
      [-1945, 350],
    ],
  },
  {
    name: '望鹭路',
    via: [
      [-1945, 350],
      [-1250, 835],
    ],
  },
  {
    name: '北苑大道',
    via: [
      [-1250, 835],
      [-860, 940],
      [-180, 1075],
      [740, 1040],
      [1580, 935],
    ],
  },
  {
    name: '东堤路',
    via: [
      [1580, 935],
      [1800, 240],
      [1930, 165],
    ],
  },
]
const SOUTH_EDGE: readonly Arterial[] = [
  {
    name: '安澜大道',
    via: [
      [1936, 50],
      [1945, -655],
    ],
  },
  {
    name: '锦澜大道',
    via: [
      [1945, -655],
      [1060, -965],
      [30, -1080],
      [-765, -985],
      [-1560, -810],
    ],
  },
  {
    name: '西环南路',
    via: [
      [-1560, -810],
      [-1822, -90],
    ],
  },
]
/** Arterials between the river (at a bridge) and a corner of the outline. */
const CROSS = [
  {
    bridge: '柳堤桥',
    x: -960,
    north: { name: '柳堤路', to: [-860, 940] },
    south: { name: '望江路', to: [-765, -985] },
  },
  {
    bridge: '书院桥',
    x: -110,
    north: { name: '书院路', to: [-180, 1075] },
    south: { name: '书院南路', to: [30, -1080] },
  },
  { bridge: '桐荫桥', x: 820, north: { name: '桐荫路', to: [740, 1040] }, south: { name: '晴川路', to: [1060, -965] } },
] as const
export const COMMUNITIES = [
  { name: '白鹭', grids: 5 },
  { name: '柳堤', grids: 7 },
  { name: '书院', grids: 9 },
  { name: '桐荫', grids: 8 },
  { name: '沙渚', grids: 6 },
  { name: '望江', grids: 7 },
  { name: '晴川', grids: 7 },
  { name: '安澜', grids: 7 },
] as const

export type Skeleton = {
  readonly mesh: Mesh
  readonly communities: readonly {
    readonly name: string
    readonly grids: number
    readonly face: number
    readonly north: boolean
  }[]
  readonly river: (x: number) => number // the middle of the river: y at x
  readonly banks: { readonly north: number; readonly south: number } // their roads
  readonly bridges: readonly { readonly name: string; readonly north: number; readonly south: number }[] // bank nodes
  readonly waterM: number
}

export function skeleton(random: Random): Skeleton {
  const mesh = new Mesh()
  const xs = riverXs()
  const bank = (offset: number) => xs.map(x => mesh.addNode([x, riverY(x) + offset]))
  const north = bank(BANK_M)
  const south = bank(-BANK_M)
  const banks = {
    north: mesh.addRoad({ class: 'main', name: '滨河北路' }, north),
    south: mesh.addRoad({ class: 'main', name: '滨河南路' }, south),
  }
  const corner = new Map<string, number>()
  const nodeAt = (p: Point) => {
    const key = p.join()
    const node = corner.get(key) ?? mesh.addNode(scaled(p))
    corner.set(key, node)
    return node
  }
  const draw = (name: string, nodes: readonly number[]) => {
    const path = nodes.flatMap((to, i) => {
      const from = nodes[i - 1]
      return from === undefined
        ? [to]
        : [...wobble(mesh.point(from), mesh.point(to), random).map(p => mesh.addNode(p)), to]
    })
    mesh.addRoad({ class: 'main', name }, path)
    return path
  }
  const edge = (arterials: readonly Arterial[], start: number, end: number) =>
    arterials.flatMap(({ name, via }, i) => {
      const nodes = via.map(nodeAt)
      if (i === 0) nodes[0] = start
      if (i === arterials.length - 1) nodes[nodes.length - 1] = end
      const path = draw(name, nodes)
      return i === 0 ? path : path.slice(1)
    })
  const west = 0
  const east = xs.length - 1
  const top = edge(NORTH_EDGE, north[west] ?? -1, north[east] ?? -1) // clockwise
  const bottom = edge(SOUTH_EDGE, south[east] ?? -1, south[west] ?? -1) // clockwise
  const cross = CROSS.map(c => {
    const i = xs.indexOf(c.x * SCALE)
    return {
      i,
      up: draw(c.north.name, [north[i] ?? -1, nodeAt(c.north.to)]),
      down: draw(c.south.name, [south[i] ?? -1, nodeAt(c.south.to)]),
    }
  })
  // Each community is a column between two arterials; the outermost ones end with the outline itself.
  const faces: number[] = []
  for (let k = 0; k <= cross.length; k++) {
    const [l, r] = [cross[k - 1], cross[k]]
    const river = north.slice(l?.i ?? west, (r?.i ?? east) + 1)
    const from = r === undefined ? top.length : top.indexOf(r.up.at(-1) ?? -1)
    const to = l === undefined ? 0 : top.indexOf(l.up.at(-1) ?? -1)
    const roof = top.slice(to, from + 1).toReversed()
    faces.push(mesh.addFace(unique([...river, ...(r?.up ?? []), ...roof, ...(l?.up.toReversed() ?? [])])))
  }
  for (let k = 0; k <= cross.length; k++) {
    const [l, r] = [cross[k - 1], cross[k]]
    const river = south.slice(l?.i ?? west, (r?.i ?? east) + 1).toReversed()
    const from = r === undefined ? 0 : bottom.indexOf(r.down.at(-1) ?? -1)
    const to = l === undefined ? bottom.length : bottom.indexOf(l.down.at(-1) ?? -1)
    const floor = bottom.slice(from, to + 1).toReversed()
    faces.push(mesh.addFace(unique([...river, ...(l?.down ?? []), ...floor, ...(r?.down.toReversed() ?? [])])))
  }
  const bridges = [
    { name: '西环桥', i: west },
    ...CROSS.map((c, k) => ({ name: c.bridge, i: cross[k]?.i ?? -1 })),
    { name: '安澜桥', i: east },
  ].map(({ name, i }) => ({ name, north: north[i] ?? -1, south: south[i] ?? -1 }))
  const communities = COMMUNITIES.map((c, i) => ({ ...c, face: faces[i] ?? -1, north: i < 4 }))
  return { mesh, communities, river: riverY, banks, bridges, waterM: WATER_M }
}

/** Every arterial's bridge stands on a sample, so that both banks and the middle share its x. */
function riverXs(): number[] {
  const [first, last] = [RIVER[0]?.[0] ?? 0, RIVER.at(-1)?.[0] ?? 0]
  const xs = Array.from({ length: RIVER_STEPS + 1 }, (_, i) => first + ((last - first) * i) / RIVER_STEPS)
  for (const { x } of CROSS) {
    const nearest = xs.reduce(
      (best, candidate, i) => (Math.abs(candidate - x) < Math.abs((xs[best] ?? 0) - x) ? i : best),
      0,
    )
    xs[nearest] = x
  }
  return xs.map(x => x * SCALE)
}

/** The river's middle line: Catmull-Rom through the drawn points, whose spacing is near enough to even. */
function riverY(x: number): number {
  const drawn = x / SCALE
  const i = Math.max(
    0,
    Math.min(
      RIVER.length - 2,
      RIVER.findLastIndex(p => p[0] <= drawn),
    ),
  )
  const at = (k: number) => RIVER[Math.max(0, Math.min(RIVER.length - 1, k))] ?? [0, 0]
  const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
  const t = (drawn - p1[0]) / (p2[0] - p1[0])
  const y =
    p1[1] +
    0.5 *
      t *
      (p2[1] - p0[1] + t * (2 * p0[1] - 5 * p1[1] + 4 * p2[1] - p3[1] + t * (3 * (p1[1] - p2[1]) + p3[1] - p0[1])))
  return y * SCALE
}

/** Points between two corners of an arterial: nearly straight, never ruled. */
function wobble(from: Point, to: Point, random: Random): Point[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  const length = Math.hypot(dx, dy)
  const steps = Math.max(1, Math.round(length / 110))
  const bow = random.between(-0.03, 0.03) * length
  const wave = random.between(-0.015, 0.015) * length
  return Array.from({ length: steps - 1 }, (_, i) => {
    const t = (i + 1) / steps
    const off = bow * Math.sin(Math.PI * t) + wave * Math.sin(2 * Math.PI * t)
    return [from[0] + dx * t - (dy / length) * off, from[1] + dy * t + (dx / length) * off]
  })
}

const scaled = ([x, y]: Point): Point => [x * SCALE, y * SCALE]
const unique = (nodes: readonly number[]) => nodes.filter((n, i) => nodes.indexOf(n) === i)
