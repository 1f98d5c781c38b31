/** Rows of buildings on a block: turned with the block, well back from its roads. */
import type { Random } from '../random.ts'
import type { BlockKind } from './block.ts'
import { centroid, contains, distanceToEdges, longAxis, type Point } from './plane.ts'

type Form = {
  readonly wide: number
  readonly deep: number
  readonly gapX: number
  readonly gapY: number
  readonly floors: readonly [number, number]
  readonly kept: number
}
const FORMS: { readonly [kind in BlockKind]: Form | null } = {
  oldTown: { wide: 12, deep: 9, gapX: 3, gapY: 4, floors: [2, 4], kept: 0.9 },
  slab: { wide: 30, deep: 11, gapX: 6, gapY: 11, floors: [5, 7], kept: 0.95 },
  tower: { wide: 22, deep: 17, gapX: 11, gapY: 16, floors: [18, 33], kept: 0.95 },
  office: { wide: 30, deep: 24, gapX: 8, gapY: 9, floors: [6, 24], kept: 0.8 },
  market: { wide: 56, deep: 24, gapX: 6, gapY: 7, floors: [1, 3], kept: 0.95 },
  school: { wide: 40, deep: 13, gapX: 9, gapY: 20, floors: [4, 5], kept: 0.7 },
  hospital: { wide: 48, deep: 20, gapX: 9, gapY: 14, floors: [5, 12], kept: 0.9 },
  park: null,
}
const SETBACK_M = 6

export function buildingsOn(
  ring: readonly Point[],
  kind: BlockKind,
  random: Random,
): { readonly rings: Point[][]; readonly floors: number } {
  const form = FORMS[kind]
  if (form === null) return { rings: [], floors: 0 }
  // Houses here face south: of the block's two directions the one nearer to east–west.
  let angle = longAxis(ring)
  while (angle > Math.PI / 4) angle -= Math.PI / 2
  while (angle < -Math.PI / 4) angle += Math.PI / 2
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [cx, cy] = centroid(ring)
  const place = (u: number, v: number): Point => [cx + u * cos - v * sin, cy + u * sin + v * cos]
  const reach = Math.max(...ring.map(([x, y]) => Math.hypot(x - cx, y - cy)))
  const rings: Point[][] = []
  for (let v = -reach; v < reach; v += form.deep + form.gapY) {
    let u = -reach + random.between(0, form.wide)
    while (u < reach) {
      const wide = form.wide * random.between(0.7, 1.25)
      const deep = form.deep * random.between(0.85, 1.15)
      const corners = [place(u, v), place(u + wide, v), place(u + wide, v + deep), place(u, v + deep)]
      const fits = corners.every(p => contains(ring, p) && distanceToEdges(ring, p) >= SETBACK_M)
      if (fits && random.chance(form.kept)) {
        rings.push(corners)
        u += wide + form.gapX
      } else u += fits ? wide + form.gapX : 4
    }
  }
  return { rings, floors: random.integer(...form.floors) }
}
