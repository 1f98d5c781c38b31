import type { Bbox } from '../geo/bbox.ts'
import { cellAt } from '../geo/mercator.ts'
import type { LngLat } from '../incident/facts.ts'
import { type Lattice, latticeOver } from './lattice.ts'

/** What lies in each cell that is not empty: `cells` ascending, row × width + column; `n` is the sum of `counts`. */
export type Weights = Lattice & { readonly cells: Uint32Array; readonly counts: ArrayLike<number>; readonly n: number }
/** Weights that are whole numbers: what is counted and travels. */
export type Counts = Weights & { readonly counts: Uint32Array }

type Place = LngLat & { readonly weight?: number }

/** Counts the places of a box; those outside it are left out. A `weight` (a whole number, say of households) counts that many. */
export function countsGrid(places: Iterable<Place>, bounds: Bbox, level: number): Counts {
  const lattice = latticeOver(bounds, level)
  if (lattice.width * lattice.height > 2 ** 32)
    throw new RangeError(`level ${level} is too fine for ${bounds.join(', ')}`)
  const [west, south, east, north] = bounds
  const inside = function* () {
    for (const place of places)
      if (place.lng >= west && place.lng <= east && place.lat >= south && place.lat <= north) yield place
  }
  return countsIn(lattice, inside())
}

/** What remains of counts when some of them, of the same window, are taken away. */
export function without(all: Counts, some: Counts): Counts {
  const taken = new Map(Array.from(some.cells, (cell, i) => [cell, some.counts[i] ?? 0]))
  const counts = all.counts.map((count, i) => count - (taken.get(all.cells[i] ?? 0) ?? 0))
  return { ...all, counts, n: all.n - some.n }
}

/** Counts places that all lie in the window. */
export function countsIn(lattice: Lattice, places: Iterable<Place>): Counts {
  const byCell = new Map<number, number>()
  let n = 0
  for (const { lng, lat, weight = 1 } of places) {
    const { x, y } = cellAt(lng, lat, lattice.level)
    const cell = (y - lattice.y0) * lattice.width + (x - lattice.x0)
    byCell.set(cell, (byCell.get(cell) ?? 0) + weight)
    n += weight
  }
  const cells = Uint32Array.from(byCell.keys()).sort()
  return { ...lattice, cells, counts: cells.map(cell => byCell.get(cell) ?? 0), n }
}
