/** Gives the river to somebody: half its width to the bank above, half to the bank below, so that the grids cover the street. */
import { pairs } from './mesh.ts'
import type { Skeleton } from './skeleton.ts'

export type Strip = { readonly face: number; readonly of: number } // `of`: the face on the bank
export type River = {
  readonly strips: readonly Strip[]
  readonly isMiddle: (a: number, b: number) => boolean // is the edge a piece of the river's middle line?
}

/** Call after the last cut: the strips take every node that the cuts put on the banks. */
export function riverStrips({ mesh, banks, bridges, river }: Skeleton): River {
  const bank = { north: mesh.roads[banks.north]?.nodes ?? [], south: mesh.roads[banks.south]?.nodes ?? [] }
  const middle = new Map<number, number>() // x in decimetres → node, so that both banks find the same one
  for (const node of [...bank.north, ...bank.south]) {
    const [x] = mesh.point(node)
    const key = Math.round(x * 10)
    if (!middle.has(key)) middle.set(key, mesh.addNode([x, river(x)]))
  }
  const xs = [...middle.keys()].sort((a, b) => a - b)
  const middleOf = (node: number) => middle.get(Math.round(mesh.point(node)[0] * 10)) ?? -1
  const strips: Strip[] = []
  for (const [a, b] of pairs(bank.north)) {
    const of = mesh.faceOfEdge(a, b)
    if (of !== undefined) strips.push({ face: mesh.addFace([...between(a, b), b, a]), of })
  }
  for (const [a, b] of pairs(bank.south)) {
    const of = mesh.faceOfEdge(b, a)
    if (of !== undefined) strips.push({ face: mesh.addFace([a, b, ...between(a, b).toReversed()]), of })
  }
  for (const { name, north, south } of bridges) mesh.addRoad({ class: 'main', name }, [north, middleOf(north), south])
  const middles = new Set(middle.values())
  return { strips, isMiddle: (a, b) => middles.has(a) && middles.has(b) }

  function between(a: number, b: number): number[] {
    const [from, to] = [Math.round(mesh.point(a)[0] * 10), Math.round(mesh.point(b)[0] * 10)]
    return xs.filter(x => x >= from && x <= to).map(x => middle.get(x) ?? -1)
  }
}
