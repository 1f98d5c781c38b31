/**
 * A planar subdivision: faces share nodes, so neighbours share exact edges whatever is cut later. A cut inserts its ends
 * into every face and road that holds the edge, which is what keeps the partition clean at every level.
 */
import type { Point } from './plane.ts'

export type RoadClass = 'main' | 'street' | 'lane'
export type Road = { readonly class: RoadClass; name: string | null; readonly nodes: number[] }

export class Mesh {
  readonly points: Point[] = []
  readonly faces: number[][] = []
  readonly roads: Road[] = []
  readonly #faceOfEdge = new Map<number, number>()
  readonly #roadOfEdge = new Map<number, number>()

  addNode(point: Point): number {
    return this.points.push(point) - 1
  }

  addFace(loop: readonly number[]): number {
    const face = this.faces.push([]) - 1
    this.#setLoop(face, [...loop])
    return face
  }

  addRoad(road: Omit<Road, 'nodes'>, nodes: readonly number[]): number {
    const id = this.roads.push({ ...road, nodes: [...nodes] }) - 1
    for (const [a, b] of pairs(nodes)) this.#roadOfEdge.set(undirected(a, b), id)
    return id
  }

  point(node: number): Point {
    const point = this.points[node]
    if (point === undefined) throw new Error(`no node ${node}`)
    return point
  }

  loop(face: number): readonly number[] {
    const loop = this.faces[face]
    if (loop === undefined) throw new Error(`no face ${face}`)
    return loop
  }

  ring(face: number): Point[] {
    return this.loop(face).map(node => this.point(node))
  }

  faceOfEdge(a: number, b: number): number | undefined {
    return this.#faceOfEdge.get(directed(a, b))
  }

  roadOfEdge(a: number, b: number): Road | undefined {
    const id = this.#roadOfEdge.get(undirected(a, b))
    return id === undefined ? undefined : this.roads[id]
  }

  splitEdge(a: number, b: number, t: number): number {
    const [ax, ay] = this.point(a)
    const [bx, by] = this.point(b)
    const node = this.addNode([ax + (bx - ax) * t, ay + (by - ay) * t])
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const face = this.faceOfEdge(from, to)
      if (face === undefined) continue
      const loop = [...this.loop(face)]
      loop.splice(loop.indexOf(from) + 1, 0, node)
      this.#setLoop(face, loop)
    }
    const roadId = this.#roadOfEdge.get(undirected(a, b))
    const road = roadId === undefined ? undefined : this.roads[roadId]
    if (roadId !== undefined && road !== undefined) {
      const i = road.nodes.findIndex((n, k) => undirected(n, road.nodes[k + 1] ?? -1) === undirected(a, b))
      road.nodes.splice(i + 1, 0, node)
      this.#roadOfEdge.set(undirected(a, node), roadId)
      this.#roadOfEdge.set(undirected(node, b), roadId)
    }
    return node
  }

  /** Cuts a face along `path` (its ends on the face's loop). The face keeps the part left of the path; the other is new. */
  splitFace(face: number, path: readonly number[]): number {
    const loop = this.loop(face)
    const first = path[0] ?? -1
    const last = path[path.length - 1] ?? -1
    const between = path.slice(1, -1)
    const left = [...walk(loop, last, first), ...between]
    const right = [...walk(loop, first, last), ...between.toReversed()]
    this.#setLoop(face, left)
    return this.addFace(right)
  }

  #setLoop(face: number, loop: number[]): void {
    this.faces[face] = loop
    for (const [a, b] of pairs([...loop, loop[0] ?? -1])) this.#faceOfEdge.set(directed(a, b), face)
  }
}

/** The nodes of a loop from one node forward to another, both included. */
function walk(loop: readonly number[], from: number, to: number): number[] {
  const start = loop.indexOf(from)
  const turned = [...loop.slice(start), ...loop.slice(0, start)]
  return turned.slice(0, turned.indexOf(to) + 1)
}

export function pairs(nodes: readonly number[]): [number, number][] {
  const out: [number, number][] = []
  for (let i = 1; i < nodes.length; i++) out.push([nodes[i - 1] ?? -1, nodes[i] ?? -1])
  return out
}

const directed = (a: number, b: number) => a * 1_000_000 + b
const undirected = (a: number, b: number) => (a < b ? directed(a, b) : directed(b, a))
