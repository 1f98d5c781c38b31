/** The outer ring of a set of faces: the edges whose other side is outside the set, chained. */
import { type Mesh, pairs } from './mesh.ts'

export function dissolve(mesh: Mesh, faces: readonly number[]): number[] {
  const edges = new Set<string>()
  for (const face of faces) {
    const loop = mesh.loop(face)
    for (const [a, b] of pairs([...loop, loop[0] ?? -1])) if (!edges.delete(`${b} ${a}`)) edges.add(`${a} ${b}`)
  }
  const next = new Map<number, number>()
  for (const edge of edges) {
    const [a = -1, b = -1] = edge.split(' ').map(Number)
    if (next.has(a)) throw new Error('faces touch in a point: not one ring')
    next.set(a, b)
  }
  const start = next.keys().next().value ?? -1
  const ring = [start]
  for (let node = next.get(start); node !== undefined && node !== start; node = next.get(node)) ring.push(node)
  if (ring.length !== next.size) throw new Error('faces make more than one ring')
  return ring
}
