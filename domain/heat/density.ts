import type { AreaGeometry } from '../geo/geojson.ts'
import type { LngLat } from '../incident/facts.ts'
import { cellsInside } from './cellsInside.ts'
import type { Weights } from './counts.ts'
import { columnAt, type Lattice, levelFor, positionAt, rowAt, rowCellM } from './lattice.ts'

/** Incidents per square kilometre over the window, or per hectare and hour of it. */
export type HeatUnit = 'perKm2' | 'perHectareHour'

/** `values`: the density at each cell's centre, row by row from the north-west; NaN where masked. `n`: how many it was made of. */
export type Density = Lattice & {
  readonly values: Float64Array
  readonly bandwidthM: number
  readonly unit: HeatUnit
  readonly windowMs: number
  readonly n: number
}

/** Beyond this many bandwidths the kernel is cut: 0.013 % of the mass lies there. */
export const REACH = 4

export type DensityOptions = {
  readonly bandwidthM: number // the kernel's standard deviation σ on the ground
  readonly unit: HeatUnit
  readonly windowMs: number // how long the counts were collected
  readonly level?: number // of the result; default: the one that suits the bandwidth, or the counts' where that is coarser
  readonly reachM?: number // where the kernel is cut; default: 4 bandwidths
}

/**
 * Kernel density: every count spreads as a two-dimensional Gaussian of σ metres on the ground, whatever the latitude, from the
 * centre of its cell; the result is padded so that all of it fits. Counts may lie on a finer lattice than the result: then a
 * place is only rounded to the finer cells. Rows of one latitude share a kernel, so the work is two passes of one dimension.
 */
export function density(counts: Weights, options: DensityOptions): Density {
  const { bandwidthM, unit, windowMs, level, reachM = REACH * bandwidthM } = options
  const suited = Math.min(counts.level, levelFor(bandwidthM, positionAt(counts, 0, counts.height / 2)[1]))
  const out = paddedLattice(counts, level ?? suited, bandwidthM, reachM)
  const finer = 2 ** (counts.level - out.level)
  const values = new Float64Array(out.width * out.height)
  const line = new Float64Array(out.width)
  for (let i = 0; i < counts.cells.length; ) {
    const row = Math.floor((counts.cells[i] ?? 0) / counts.width)
    const kernelAt = kernels(bandwidthM, reachM, rowCellM(counts, row) * finer)
    let [first, last] = [out.width, -1]
    for (; i < counts.cells.length && (counts.cells[i] ?? 0) < (row + 1) * counts.width; i++) {
      const x = ((counts.cells[i] ?? 0) - row * counts.width + counts.x0 + 0.5) / finer - out.x0
      const kernel = kernelAt(x - Math.floor(x))
      const start = Math.floor(x) - (kernel.length - 1) / 2
      const count = counts.counts[i] ?? 0
      for (let k = 0; k < kernel.length; k++) line[start + k] = (line[start + k] ?? 0) + count * (kernel[k] ?? 0)
      first = Math.min(first, start)
      last = Math.max(last, start + kernel.length)
    }
    const y = (row + counts.y0 + 0.5) / finer - out.y0
    const kernel = kernelAt(y - Math.floor(y))
    for (let k = 0; k < kernel.length; k++) {
      const offset = (Math.floor(y) - (kernel.length - 1) / 2 + k) * out.width
      for (let x = first; x < last; x++)
        values[offset + x] = (values[offset + x] ?? 0) + (kernel[k] ?? 0) * (line[x] ?? 0)
    }
    line.fill(0, Math.max(0, first), last)
  }
  for (let row = 0; row < out.height; row++) {
    const scale = perUnit(unit, windowMs) / rowCellM(out, row) ** 2
    for (let x = row * out.width; x < (row + 1) * out.width; x++) values[x] = (values[x] ?? 0) * scale
  }
  return { ...out, values, bandwidthM, unit, windowMs, n: counts.n }
}

/** How many incidents a grid holds: its n, less what masking took and about 0.013 % that the cut kernel lost. */
export function massOf(grid: Density): number {
  let mass = 0
  for (let row = 0; row < grid.height; row++) {
    const scale = rowCellM(grid, row) ** 2 / perUnit(grid.unit, grid.windowMs)
    for (let x = row * grid.width; x < (row + 1) * grid.width; x++) mass += (grid.values[x] || 0) * scale
  }
  return mass
}

/** The density at a place, in the grid's unit, bilinear between cell centres; 0 outside the grid, null where it is masked. */
export function densityAt(grid: Density, place: LngLat): number | null {
  const x = columnAt(grid, place.lng) - 0.5
  const y = rowAt(grid, place.lat) - 0.5
  const valueAt = (column: number, row: number) =>
    column < 0 || row < 0 || column >= grid.width || row >= grid.height
      ? 0
      : (grid.values[row * grid.width + column] ?? 0)
  if (Number.isNaN(valueAt(Math.round(x), Math.round(y)))) return null
  let sum = 0
  let weights = 0
  for (const column of [Math.floor(x), Math.floor(x) + 1])
    for (const row of [Math.floor(y), Math.floor(y) + 1]) {
      const value = valueAt(column, row)
      if (Number.isNaN(value)) continue
      const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row))
      sum += weight * value
      weights += weight
    }
  return weights > 0 ? sum / weights : null
}

/** The same grid with NaN in every cell whose centre lies in none of the areas. Count the mass before, never after. */
export function maskOutside(grid: Density, areas: readonly AreaGeometry[]): Density {
  const values = new Float64Array(grid.values.length).fill(Number.NaN)
  for (const { row, from, to } of areas.flatMap(area => cellsInside(grid, area)))
    for (let i = row * grid.width + from; i < row * grid.width + to; i++) values[i] = grid.values[i] ?? 0
  return { ...grid, values }
}

/** The result's window: the counts' and as much around it as the widest kernel reaches (Mercator widens it away from the equator). */
function paddedLattice(counts: Weights, level: number, bandwidthM: number, reachM: number): Lattice {
  const finer = 2 ** (counts.level - level)
  if (finer < 1)
    throw new RangeError(`counts of level ${counts.level} cannot become a density of the finer level ${level}`)
  const x0 = Math.floor(counts.x0 / finer)
  const y0 = Math.floor(counts.y0 / finer)
  const width = Math.floor((counts.x0 + counts.width - 1) / finer) + 1 - x0
  const height = Math.floor((counts.y0 + counts.height - 1) / finer) + 1 - y0
  // Measured on the result's own rows: counts of several levels over one box (incidents, households) get one window.
  const own = { level, x0, y0, width, height }
  const smallestCellM = Math.min(rowCellM(own, 0), rowCellM(own, height - 1))
  if (smallestCellM > bandwidthM)
    throw new RangeError(`cells of ${smallestCellM.toFixed(1)} m are too coarse for a bandwidth of ${bandwidthM} m`)
  const pad = reachOf(reachM, smallestCellM) + 1
  return { level, x0: x0 - pad, y0: y0 - pad, width: width + 2 * pad, height: height + 2 * pad }
}

function reachOf(reachM: number, cellM: number): number {
  return Math.ceil(reachM / cellM + 0.5)
}

/** Gaussians over cells of a size, sampled at cell centres around a point that lies a fraction of a cell into the middle one. */
function kernels(bandwidthM: number, reachM: number, cellM: number): (fraction: number) => Float64Array {
  const made = new Map<number, Float64Array>()
  const sigma = bandwidthM / cellM
  const reach = reachOf(reachM, cellM)
  return fraction => {
    let kernel = made.get(fraction)
    if (!kernel) {
      kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => {
        const away = (k - reach + 0.5 - fraction) / sigma
        return Math.exp(-(away * away) / 2) / (sigma * Math.sqrt(2 * Math.PI))
      })
      made.set(fraction, kernel)
    }
    return kernel
  }
}

/** From incidents per square metre to the unit. */
export function perUnit(unit: HeatUnit, windowMs: number): number {
  return unit === 'perKm2' ? 1e6 : 1e4 / (windowMs / 3_600_000)
}
