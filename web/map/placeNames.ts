/** Sets each name on the free place nearest to the middle of its area. Pixels in, pixels out. */
import type { Position } from 'geojson'
import { inRing } from './areaShapes.ts'

export type Box = readonly [left: number, top: number, right: number, bottom: number]
export type NameToPlace = { id: string; x: number; y: number; width: number; height: number; ring: readonly Position[] }
export type Obstacle = { box: Box; weight: number }

export function placeNames(
  names: readonly NameToPlace[],
  obstacles: readonly Obstacle[],
  unitPx: number,
): Map<string, { x: number; y: number }> {
  const taken = [...obstacles]
  const placed = new Map<string, { x: number; y: number }>()
  for (const name of names) {
    const spot = bestSpot(name, taken, unitPx)
    placed.set(name.id, spot)
    taken.push({ box: boxAt(name, spot.x, spot.y), weight: 8 })
  }
  return placed
}

const offsets: readonly { dx: number; dy: number; cost: number }[] = (() => {
  const all: { dx: number; dy: number; cost: number }[] = []
  for (let dy = -150; dy <= 150; dy += 10) {
    for (let dx = -190; dx <= 190; dx += 10) all.push({ dx, dy, cost: Math.hypot(dx, dy * 1.3) * 4 })
  }
  return all.sort((a, b) => a.cost - b.cost || a.dx - b.dx || a.dy - b.dy)
})()

function bestSpot(name: NameToPlace, taken: readonly Obstacle[], unitPx: number): { x: number; y: number } {
  let best = { x: name.x, y: name.y, score: Number.POSITIVE_INFINITY }
  for (const { dx, dy, cost } of offsets) {
    if (cost >= best.score) break // the rest is farther than what is found
    const x = name.x + dx * unitPx
    const y = name.y + dy * unitPx
    if (!fits(name, x, y)) continue
    let covered = 0
    const box = boxAt(name, x, y)
    for (const other of taken) covered += overlap(box, other.box) * other.weight
    const score = (covered / (unitPx * unitPx)) * 6 + cost
    if (score < best.score) best = { x, y, score }
  }
  return { x: best.x, y: best.y }
}

function fits(name: NameToPlace, x: number, y: number): boolean {
  const w = name.width * 0.52
  const h = name.height * 0.55
  return (
    inRing(name.ring, x - w, y) &&
    inRing(name.ring, x + w, y) &&
    inRing(name.ring, x, y - h) &&
    inRing(name.ring, x, y + h)
  )
}

const boxAt = (name: NameToPlace, x: number, y: number): Box => [
  x - name.width / 2,
  y - name.height / 2,
  x + name.width / 2,
  y + name.height / 2,
]

function overlap(a: Box, b: Box): number {
  const x = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const y = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  return x > 0 && y > 0 ? x * y : 0
}
