import { type AreaGeometry, geometryOf, type Position, type Ring } from '../geo/geojson.ts'
import { type Lattice, positionAt } from './lattice.ts'

type Grid = Lattice & { readonly values: ArrayLike<number> }
type Loop = { readonly points: readonly Position[]; readonly area: number } // in cells, y southwards; a shell's area is positive

/** Where the value is at least each break: one geometry per break, each within the one before. */
export function levelSets(grid: Grid, breaks: readonly number[]): { atLeast: number; geometry: AreaGeometry }[] {
  return checked(breaks).map(atLeast => ({ atLeast, geometry: assembled(grid, loopsAt(grid, atLeast)) }))
}

/** Flat bands that do not overlap: from each break (inclusive) to the next (exclusive); the last has no upper end. */
export function isobands(
  grid: Grid,
  breaks: readonly number[],
): { from: number; to: number | null; geometry: AreaGeometry }[] {
  const loops = checked(breaks).map(level => loopsAt(grid, level))
  return breaks.map((from, i) => {
    const inner = (loops[i + 1] ?? []).map(({ points, area }) => ({ points: points.toReversed(), area: -area }))
    return { from, to: breaks[i + 1] ?? null, geometry: assembled(grid, [...(loops[i] ?? []), ...inner]) }
  })
}

function checked(breaks: readonly number[]): readonly number[] {
  const isAscending = breaks.every((level, i) => level > (breaks[i - 1] ?? 0))
  if (!isAscending) throw new RangeError(`class breaks are positive and ascending, not ${breaks.join(', ')}`)
  return breaks
}

/**
 * For each combination of corners at or above the level (1 north-west, 2 north-east, 4 south-east, 8 south-west), the sides that
 * the contour enters and leaves by (0 north, 1 east, 2 south, 3 west), the higher ground on its left. In the two saddles (5, 10)
 * the middle is low; where it is high they are drawn as their complements, reversed.
 */
const STEPS: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
]
const HIGH_SADDLE: { readonly [corners: number]: readonly (readonly [number, number])[] } = {
  5: [
    [1, 0],
    [3, 2],
  ],
  10: [
    [0, 3],
    [2, 1],
  ],
}

/** Marching squares over the cell centres; what is masked or beyond the grid counts as 0, so every contour closes. */
function loopsAt(grid: Grid, level: number): Loop[] {
  const { width, height } = grid
  const valueAt = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : grid.values[y * width + x] || 0
  // Sides are numbered so that neighbours agree: twice the node for the side that runs east from it, plus one for south.
  const side = (x: number, y: number, isSouthward: number) => 2 * ((y + 1) * (width + 2) + x + 1) + isSouthward
  const next = new Map<number, number>()
  for (let y = -1; y < height; y++)
    for (let x = -1; x < width; x++) {
      const corners =
        Number(valueAt(x, y) >= level) +
        2 * Number(valueAt(x + 1, y) >= level) +
        4 * Number(valueAt(x + 1, y + 1) >= level) +
        8 * Number(valueAt(x, y + 1) >= level)
      if (corners === 0 || corners === 15) continue
      const middle = (valueAt(x, y) + valueAt(x + 1, y) + valueAt(x + 1, y + 1) + valueAt(x, y + 1)) / 4
      const steps = (middle >= level && HIGH_SADDLE[corners]) || STEPS[corners] || []
      const sides = [side(x, y, 0), side(x + 1, y, 1), side(x, y + 1, 0), side(x, y, 1)]
      for (const [enter, leave] of steps) next.set(sides[enter] ?? 0, sides[leave] ?? 0)
    }
  const pointOn = (id: number): Position => {
    const node = id >> 1
    const x = (node % (width + 2)) - 1
    const y = Math.floor(node / (width + 2)) - 1
    const near = valueAt(x, y)
    const far = id & 1 ? valueAt(x, y + 1) : valueAt(x + 1, y)
    // Kept off the nodes themselves, so that rings never touch each other or themselves.
    const along = Math.min(1 - 1e-6, Math.max(1e-6, (level - near) / (far - near)))
    return id & 1 ? [x + 0.5, y + 0.5 + along] : [x + 0.5 + along, y + 0.5]
  }
  const loops: Loop[] = []
  for (const start of next.keys()) {
    const points: Position[] = []
    for (let at = start, to = next.get(at); to !== undefined; at = to, to = next.get(at)) {
      points.push(pointOn(at))
      next.delete(at)
    }
    if (points.length > 0) loops.push({ points, area: areaOf(points) })
  }
  return loops
}

/** Shells with the holes that lie in them, on the ground: counter-clockwise shells, clockwise holes, closed (RFC 7946). */
function assembled(grid: Grid, loops: readonly Loop[]): AreaGeometry {
  const shells = loops.filter(loop => loop.area > 0).sort((a, b) => a.area - b.area)
  const polygons = shells.map(shell => ({ shell, rings: [shell] }))
  for (const hole of loops.filter(loop => loop.area <= 0)) {
    const around = polygons.find(
      ({ shell }) => shell.area > -hole.area && holds(shell.points, hole.points[0] ?? [0, 0]),
    )
    around?.rings.push(hole)
  }
  return geometryOf(
    polygons.map(({ rings }) =>
      rings.map(({ points }): Ring => {
        const ring = points.map(([x, y]) => positionAt(grid, x, y))
        return [...ring, ...ring.slice(0, 1)]
      }),
    ),
  )
}

function areaOf(points: readonly Position[]): number {
  return points.reduce((sum, [x, y], i) => {
    const [fromX, fromY] = points.at(i - 1) ?? [x, y]
    return sum + ((x - fromX) * (y + fromY)) / 2
  }, 0)
}

function holds(points: readonly Position[], [px, py]: Position): boolean {
  return (
    points.filter(([x, y], i) => {
      const [fromX, fromY] = points.at(i - 1) ?? [x, y]
      return y > py !== fromY > py && px < x + ((py - y) / (fromY - y)) * (fromX - x)
    }).length %
      2 ===
    1
  )
}
