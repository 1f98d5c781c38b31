import { type AreaGeometry, type Position, polygonsOf } from '../geo/geojson.ts'
import { isCrossed } from '../geo/pointInPolygon.ts'
import { columnAt, type Lattice, positionAt, rowAt } from './lattice.ts'

/** Cells of one row, from a column (inclusive) to another (exclusive). */
export type CellRun = { readonly row: number; readonly from: number; readonly to: number }

/** The cells whose centres an area holds, exactly as `holdsPoint` would say of each, for the price of its edges. */
export function cellsInside(lattice: Lattice, geometry: AreaGeometry): CellRun[] {
  const crossings: number[][] = Array.from({ length: lattice.height }, () => [])
  const latOf = Float64Array.from(crossings, (_, row) => positionAt(lattice, 0, row + 0.5)[1])
  for (const ring of polygonsOf(geometry).flat()) {
    let from = ring.at(-1)
    for (const to of ring) {
      if (from) addCrossings(crossings, lattice, latOf, from, to)
      from = to
    }
  }
  return crossings.flatMap((columns, row) => {
    columns.sort((a, b) => a - b)
    const runs: CellRun[] = []
    for (let i = 1; i < columns.length; i += 2) {
      const [from = 0, to = 0] = columns.slice(i - 1, i + 1)
      if (from < to) runs.push({ row, from, to })
    }
    return runs
  })
}

/** For each row whose middle an edge crosses: how many of its cells have their centres west of the edge. */
function addCrossings(crossings: number[][], lattice: Lattice, latOf: Float64Array, a: Position, b: Position): void {
  const first = Math.max(0, Math.floor(rowAt(lattice, Math.max(a[1], b[1])) - 1))
  const last = Math.min(lattice.height - 1, Math.ceil(rowAt(lattice, Math.min(a[1], b[1]))))
  const isWest = (column: number, lat: number) => isCrossed(a, b, positionAt(lattice, column + 0.5, 0)[0], lat)
  for (let row = first; row <= last; row++) {
    const lat = latOf[row] ?? 0
    if (a[1] > lat === b[1] > lat) continue
    const lng = a[0] + ((lat - a[1]) / (b[1] - a[1])) * (b[0] - a[0])
    let column = Math.min(lattice.width, Math.max(0, Math.round(columnAt(lattice, lng))))
    // Rounding may be off by a cell: the exact rule has the last word, so that areas that share an edge share no cell.
    while (column > 0 && !isWest(column - 1, lat)) column--
    while (column < lattice.width && isWest(column, lat)) column++
    crossings[row]?.push(column)
  }
}
