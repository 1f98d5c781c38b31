import type { AreaVersion } from '../area/areaVersion.ts'
import { type Bbox, bboxOf } from '../geo/bbox.ts'
import { type AreaGeometry, polygonsOf } from '../geo/geojson.ts'
import { interiorPoint } from '../geo/interiorPoint.ts'
import { cellAt } from '../geo/mercator.ts'
import { cellsInside } from './cellsInside.ts'
import type { Weights } from './counts.ts'
import { type Lattice, latticeOver, positionAt } from './lattice.ts'

export type Households = {
  readonly weights: Weights
  /** Codes of areas of which nothing is known: no number, or no geometry to put it in. */
  readonly leftOut: readonly string[]
}

/** An area that has no parts of its own with households, and its number. */
export type Home = Pick<AreaVersion, 'code' | 'households' | 'geometry'>

/** So many cells take 128 MiB to spread them on. */
export const MOST_HOUSEHOLD_CELLS = 2 ** 24
/** What must live around a place before a ratio there says anything. */
export const LEAST_HOUSEHOLDS = 50

/** The areas whose households are counted: those without parts that tell theirs. They do not overlap. */
export function homesOf(areas: readonly (Home & { readonly parent: string | null })[]): Home[] {
  const told = areas.filter(area => area.households !== null && area.geometry !== null)
  const parentOf = new Map(areas.map(({ code, parent }) => [code, parent]))
  const above = new Set<string>()
  for (const { parent } of told)
    for (let code = parent; code !== null && !above.has(code); code = parentOf.get(code) ?? null) above.add(code)
  return told
    .filter(area => !above.has(area.code))
    .map(({ code, households, geometry }) => ({ code, households, geometry }))
}

/**
 * The households (or whatever `households` counts) of areas that do not overlap, the leaves of a tree, as weights of cells: each
 * area's number spread evenly over the cells whose centres it holds; an area that holds none puts it on the cell of its interior
 * point. What falls outside the box is not in it. The level of the density (`levelFor`) is fine enough: homes are not known to the metre.
 */
export function householdWeights(areas: readonly Home[], bounds: Bbox, level: number): Households {
  const lattice = latticeOver(bounds, level)
  if (lattice.width * lattice.height > MOST_HOUSEHOLD_CELLS)
    throw new RangeError(`level ${level} is too fine for households over ${bounds.join(', ')}`)
  const spread = new Float64Array(lattice.width * lattice.height)
  const leftOut: string[] = []
  for (const { code, households, geometry } of areas) {
    const cells = geometry === null ? null : cellsOf(geometry, level)
    if (households === null || cells === null) leftOut.push(code)
    else for (const cell of cells.runs) addEvenly(spread, lattice, cell, households / cells.n)
  }
  const cells = Uint32Array.from(spread.keys()).filter(cell => (spread[cell] ?? 0) > 0)
  const counts = Float64Array.from(cells, cell => spread[cell] ?? 0)
  return { weights: { ...lattice, cells, counts, n: counts.reduce((sum, weight) => sum + weight, 0) }, leftOut }
}

/** The same over a window of counts, so that the densities of both lie on one lattice. */
export function householdsAround(window: Lattice, areas: readonly Home[], level: number): Households {
  const [west, north] = positionAt(window, 0.5, 0.5)
  const [east, south] = positionAt(window, window.width - 0.5, window.height - 0.5)
  return householdWeights(areas, [west, south, east, north], level)
}

type WorldRun = { readonly y: number; readonly from: number; readonly to: number } // in cells of the world's lattice

/** The cells of an area, in the box or out of it; null where it has no place at all. */
function cellsOf(geometry: AreaGeometry, level: number): { runs: WorldRun[]; n: number } | null {
  const box = bboxOf([geometry])
  if (!box) return null
  const own = latticeOver(box, level)
  const runs = cellsInside(own, geometry).map(run => ({
    y: own.y0 + run.row,
    from: own.x0 + run.from,
    to: own.x0 + run.to,
  }))
  const n = runs.reduce((sum, { from, to }) => sum + to - from, 0)
  if (n > 0) return { runs, n }
  const [lng, lat] = polygonsOf(geometry)[0]?.[0]?.[0] ?? [box[0], box[1]]
  const place = interiorPoint(geometry) ?? { lng, lat }
  const { x, y } = cellAt(place.lng, place.lat, level)
  return { runs: [{ y, from: x, to: x + 1 }], n: 1 }
}

function addEvenly(
  spread: Float64Array,
  { x0, y0, width, height }: Lattice,
  { y, from, to }: WorldRun,
  weight: number,
) {
  if (y < y0 || y >= y0 + height) return
  for (let x = Math.max(from, x0); x < Math.min(to, x0 + width); x++) {
    const cell = (y - y0) * width + x - x0
    spread[cell] = (spread[cell] ?? 0) + weight
  }
}
