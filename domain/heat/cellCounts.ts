import { type Bbox, bboxOf } from '../geo/bbox.ts'
import type { AreaGeometry } from '../geo/geojson.ts'
import { cellSizeM, worldX, worldY } from '../geo/mercator.ts'
import { cellsInside } from './cellsInside.ts'
import type { Weights } from './counts.ts'
import { type Lattice, latticeOver } from './lattice.ts'

/** Counts of the cells that are studied, NaN in the others; `n` lie in those, `leftOut` were counted but lie in no studied cell. */
export type CellCounts = Lattice & { readonly values: Float64Array; readonly n: number; readonly leftOut: number }

export type CellCountsOptions = {
  readonly cellM: number // about; the level of the lattice whose cells come nearest is taken
  readonly areas: readonly AreaGeometry[] // what is studied
  readonly bounds: Bbox | null // where the counts are whole, when they were asked for a box
}

/** Each cell is tried at 4 × 4 places. */
const FINER = 2

/**
 * Counts of a fine lattice over cells of about `cellM` metres. Only cells that lie wholly within areas and bounds are studied: a
 * cell that is half outside holds half as many, and would look cold.
 */
export function cellCounts(counts: Weights, { cellM, areas, bounds }: CellCountsOptions): CellCounts {
  const box = bboxOf(areas)
  if (!box) return { level: 0, x0: 0, y0: 0, width: 0, height: 0, values: new Float64Array(), n: 0, leftOut: counts.n }
  const level = Math.max(0, Math.round(Math.log2(cellSizeM(0, (box[1] + box[3]) / 2) / cellM)))
  if (!(level <= counts.level))
    throw new RangeError(`cells of ${cellM} m are finer than the counts' (level ${counts.level})`)
  const cells = latticeOver(box, level)
  if (cells.width * cells.height > 2 ** 22)
    throw new RangeError(`cells of ${cellM} m are too many for the areas: ${cells.width} × ${cells.height}`)
  const values = studied(cells, areas, bounds)
  const scale = 2 ** (counts.level - level)
  let n = 0
  for (let i = 0; i < counts.cells.length; i++) {
    const cell = counts.cells[i] ?? 0
    const x = Math.floor((counts.x0 + (cell % counts.width)) / scale) - cells.x0
    const y = Math.floor((counts.y0 + Math.floor(cell / counts.width)) / scale) - cells.y0
    const at = y * cells.width + x
    if (x < 0 || y < 0 || x >= cells.width || y >= cells.height || Number.isNaN(values[at])) continue
    values[at] = (values[at] ?? 0) + (counts.counts[i] ?? 0)
    n += counts.counts[i] ?? 0
  }
  return { ...cells, values, n, leftOut: counts.n - n }
}

/** 0 in every cell that lies wholly within areas and bounds, NaN in the others. */
function studied(cells: Lattice, areas: readonly AreaGeometry[], bounds: Bbox | null): Float64Array {
  const scale = 2 ** FINER
  const { level, x0, y0, width, height } = cells
  const fine = { level: level + FINER, x0: x0 * scale, y0: y0 * scale, width: width * scale, height: height * scale }
  const isInside = new Uint8Array(fine.width * fine.height)
  for (const { row, from, to } of areas.flatMap(area => cellsInside(fine, area)))
    isInside.fill(1, row * fine.width + from, row * fine.width + to)
  const held = new Uint8Array(width * height)
  isInside.forEach((is, i) => {
    if (is === 0) return
    const cell = Math.floor(Math.floor(i / fine.width) / scale) * width + Math.floor((i % fine.width) / scale)
    held[cell] = (held[cell] ?? 0) + 1
  })
  const side = 2 ** level
  const [west, north, east, south] = bounds
    ? [worldX(bounds[0]) * side, worldY(bounds[3]) * side, worldX(bounds[2]) * side, worldY(bounds[1]) * side]
    : [0, 0, side, side]
  return Float64Array.from(held, (count, i) => {
    const x = x0 + (i % width)
    const y = y0 + Math.floor(i / width)
    const isWhole = count === scale * scale && x >= west && x + 1 <= east && y >= north && y + 1 <= south
    return isWhole ? 0 : Number.NaN
  })
}
