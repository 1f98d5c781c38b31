/** Cuts a face into so many parts of about given weights, along roads that bend a little, as a grown town does. */
import type { Random } from '../random.ts'
import type { Mesh, Road } from './mesh.ts'
import { contains, distanceToEdges, longAxis, type Point, perimeter, segmentsCross, signedArea } from './plane.ts'

type End = { readonly a: number; readonly b: number; readonly t: number } // a point on the edge a→b
type Cut = { readonly ends: readonly [End, End]; readonly score: number }

/** How a level of roads looks: ends nearer than `snapM` to a crossing join it; `bend` is the sagitta as a share of the length. */
export type RoadStyle = Omit<Road, 'nodes'> & { readonly snapM: number; readonly bend: number }

/** Returns the faces (the given one among them), cut so that each has about the same area. */
export function subdivide(mesh: Mesh, face: number, parts: number, style: RoadStyle, random: Random): number[] {
  if (parts <= 1) return [face]
  const few = Math.floor(parts / 2)
  const other = bisect(mesh, face, few / parts, style, random)
  const faceIsSmaller = signedArea(mesh.ring(face)) < signedArea(mesh.ring(other)) || few * 2 === parts
  return [
    ...subdivide(mesh, face, faceIsSmaller ? few : parts - few, style, random),
    ...subdivide(mesh, other, faceIsSmaller ? parts - few : few, style, random),
  ]
}

function bisect(mesh: Mesh, face: number, share: number, style: RoadStyle, random: Random): number {
  const loop = mesh.loop(face)
  const ring = mesh.ring(face)
  const axis = longAxis(ring)
  const cuts: Cut[] = []
  for (const turn of [0, 0.09, -0.09, 0.2, -0.2, 0.35, -0.35, Math.PI / 2, 0.8, -0.8]) {
    for (const part of [share, 1 - share]) {
      const cut = straightCut(loop, ring, axis + Math.PI / 2 + turn + random.between(-0.05, 0.05), part, style.snapM)
      if (cut !== null) cuts.push(cut)
    }
  }
  cuts.sort((a, b) => a.score - b.score)
  const best = cuts[0]
  if (best === undefined) throw new Error(`face ${face} cannot be cut`)
  const [from, to] = best.ends.map(end => nodeAt(mesh, end)) as [number, number]
  const path = [from, ...bentPath(mesh, face, from, to, style.bend, random).map(p => mesh.addNode(p)), to]
  mesh.addRoad({ class: style.class, name: style.name }, path)
  return mesh.splitFace(face, path)
}

/** The straight cut at `angle` that leaves `share` of the area on its right, or null where it does not cross cleanly. */
function straightCut(loop: readonly number[], ring: readonly Point[], angle: number, share: number, snapM: number) {
  const normal: Point = [-Math.sin(angle), Math.cos(angle)]
  const offsets = ring.map(p => p[0] * normal[0] + p[1] * normal[1])
  let low = Math.min(...offsets)
  let high = Math.max(...offsets)
  const whole = signedArea(ring)
  for (let i = 0; i < 30; i++) {
    const middle = (low + high) / 2
    if (areaBelow(ring, offsets, middle) < share * whole) low = middle
    else high = middle
  }
  const crossings: { end: End; along: number }[] = []
  for (let i = 0; i < ring.length; i++) {
    const j = (i + 1) % ring.length
    const [p, q, dp, dq] = [ring[i], ring[j], offsets[i], offsets[j]]
    const [a, b] = [loop[i], loop[j]]
    if (p === undefined || q === undefined || dp === undefined || dq === undefined) continue
    if (a === undefined || b === undefined || dp > low === dq > low) continue
    const t = (low - dp) / (dq - dp)
    const x = p[0] + (q[0] - p[0]) * t
    const y = p[1] + (q[1] - p[1]) * t
    const length = Math.hypot(q[0] - p[0], q[1] - p[1])
    const snapped = t * length < snapM && t <= 0.5 ? 0 : (1 - t) * length < snapM ? 1 : t
    crossings.push({ end: { a, b, t: snapped }, along: x * Math.cos(angle) + y * Math.sin(angle) })
  }
  if (crossings.length !== 2) return null
  crossings.sort((a, b) => a.along - b.along)
  const [first, second] = crossings
  if (first === undefined || second === undefined) return null
  const rings = halves(loop, ring, first.end, second.end)
  if (rings === null) return null
  const [right, left] = rings
  const [rightArea, leftArea] = [signedArea(right), signedArea(left)]
  if (Math.min(rightArea, leftArea) < 0.3 * share * whole) return null
  const shape = perimeter(right) / Math.sqrt(rightArea) + perimeter(left) / Math.sqrt(leftArea)
  const uneven = Math.abs(Math.min(rightArea, leftArea) / whole - Math.min(share, 1 - share))
  return { ends: [first.end, second.end] as const, score: shape + 9 * uneven }
}

/** The two rings that a straight cut would make, to judge it before anything is changed. */
function halves(loop: readonly number[], ring: readonly Point[], first: End, second: End): [Point[], Point[]] | null {
  const at = (end: End) => {
    const i = loop.indexOf(end.a)
    const p = ring[i] as Point
    const q = ring[(i + 1) % ring.length] as Point
    const point: Point = [p[0] + (q[0] - p[0]) * end.t, p[1] + (q[1] - p[1]) * end.t]
    return {
      point,
      next: (end.t < 1 ? i + 1 : i + 2) % ring.length,
      before: end.t > 0 ? i : (i + ring.length - 1) % ring.length,
    }
  }
  const [p, q] = [at(first), at(second)]
  const span = (from: number, to: number) => {
    const out: Point[] = []
    for (let i = from; ; i = (i + 1) % ring.length) {
      const point = ring[i]
      if (point !== undefined) out.push(point)
      if (i === to) return out
      if (out.length > ring.length) return []
    }
  }
  const right = [p.point, ...span(p.next, q.before), q.point]
  const left = [q.point, ...span(q.next, p.before), p.point]
  return right.length < 4 || left.length < 4 || signedArea(right) <= 0 || signedArea(left) <= 0 ? null : [right, left]
}

function areaBelow(ring: readonly Point[], offsets: readonly number[], limit: number): number {
  const kept: Point[] = []
  for (let i = 0; i < ring.length; i++) {
    const j = (i + 1) % ring.length
    const [p, q, dp, dq] = [ring[i], ring[j], offsets[i], offsets[j]]
    if (p === undefined || q === undefined || dp === undefined || dq === undefined) continue
    if (dp <= limit) kept.push(p)
    if (dp <= limit !== dq <= limit) {
      const t = (limit - dp) / (dq - dp)
      kept.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t])
    }
  }
  return kept.length < 3 ? 0 : signedArea(kept)
}

function nodeAt(mesh: Mesh, end: End): number {
  return end.t <= 0 ? end.a : end.t >= 1 ? end.b : mesh.splitEdge(end.a, end.b, end.t)
}

/** Points between two nodes of a face on a gentle curve; straighter and straighter until it stays well inside the face. */
function bentPath(mesh: Mesh, face: number, from: number, to: number, bend: number, random: Random): Point[] {
  const ring = mesh.ring(face)
  const [ax, ay] = mesh.point(from)
  const [bx, by] = mesh.point(to)
  const length = Math.hypot(bx - ax, by - ay)
  const steps = Math.max(1, Math.round(length / 65))
  const sagitta = random.between(-bend, bend) * length
  const wave = random.between(-bend, bend) * length * 0.4
  for (let strength = 1; strength > 0.1; strength *= 0.6) {
    const path: Point[] = []
    for (let i = 1; i < steps; i++) {
      const t = i / steps
      const off = strength * (sagitta * Math.sin(Math.PI * t) + wave * Math.sin(2 * Math.PI * t))
      path.push([ax + (bx - ax) * t - ((by - ay) / length) * off, ay + (by - ay) * t + ((bx - ax) / length) * off])
    }
    if (staysInside(ring, [[ax, ay], ...path, [bx, by]])) return path
  }
  return []
}

function staysInside(ring: readonly Point[], path: readonly Point[]): boolean {
  for (let i = 1; i < path.length; i++) {
    const [p, q] = [path[i - 1], path[i]]
    if (p === undefined || q === undefined) return false
    if (i < path.length - 1 && (!contains(ring, q) || distanceToEdges(ring, q) < 10)) return false
    for (let k = 0; k < ring.length; k++) {
      const [c, d] = [ring[k], ring[(k + 1) % ring.length]]
      if (c !== undefined && d !== undefined && segmentsCross(p, q, c, d)) return false
    }
  }
  return true
}
