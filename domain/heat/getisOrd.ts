import { type Lattice, rowCellM } from './lattice.ts'

/** Values of cells, row by row from the north-west; NaN where a cell is no part of what is studied. */
export type CellValues = Lattice & { readonly values: ArrayLike<number> }

/**
 * Per cell the z score of its neighbourhood and how many cells that holds, itself among them; NaN and 0 outside. `n` cells were
 * studied; their values' `mean`, standard `deviation` and `skewness` (all over n) are what a neighbourhood is measured against.
 */
export type GetisOrd = Lattice & {
  readonly z: Float64Array
  readonly neighbours: Uint32Array
  readonly n: number
  readonly mean: number
  readonly deviation: number
  readonly skewness: number
}

/**
 * Local Getis–Ord Gi* with binary weights: a cell's neighbourhood is every studied cell whose centre lies within `bandM` metres on
 * the ground of its own (measured with the cell size of its row), itself included. With W cells in it, of n,
 *   z = (Σ x − W · mean) ÷ (deviation · √((n · W − W²) ÷ (n − 1))).
 * NaN where that has no meaning: all values alike, or a neighbourhood of everything.
 * Sources: Getis & Ord, The Analysis of Spatial Association by Use of Distance Statistics (1992); Ord & Getis, Local Spatial
 * Autocorrelation Statistics (1995), equation 14.
 */
export function getisOrd(cells: CellValues, bandM: number): GetisOrd {
  if (!(bandM > 0)) throw new RangeError(`a distance band is a positive number of metres, not ${bandM}`)
  const { level, x0, y0, width, height } = cells
  const { n, mean, deviation, skewness, sums, members } = summed(cells)
  const z = new Float64Array(width * height).fill(Number.NaN)
  const neighbours = new Uint32Array(width * height)
  const stride = width + 1
  for (let row = 0; row < height; row++) {
    const radius = bandM / rowCellM(cells, row)
    const up = Math.min(row, Math.floor(radius))
    const down = Math.min(height - 1 - row, Math.floor(radius))
    const halves = Int32Array.from({ length: up + down + 1 }, (_, i) => Math.sqrt(radius ** 2 - (i - up) ** 2))
    for (let x = 0; x < width; x++) {
      const cell = row * width + x
      if (Number.isNaN(cells.values[cell])) continue
      let [sum, W] = [0, 0]
      for (let i = 0; i < halves.length; i++) {
        const half = halves[i] ?? 0
        const line = (row - up + i) * stride
        const first = line + Math.max(0, x - half)
        const end = line + Math.min(width, x + half + 1)
        sum += (sums[end] ?? 0) - (sums[first] ?? 0)
        W += (members[end] ?? 0) - (members[first] ?? 0)
      }
      neighbours[cell] = W
      const spread = sumDeviation(deviation, n, W)
      if (spread > 0) z[cell] = (sum - W * mean) / spread
    }
  }
  return { level, x0, y0, width, height, z, neighbours, n, mean, deviation, skewness }
}

/** Standard deviation of the sum over W of the n cells, when every arrangement of their values is as likely as any other. */
export function sumDeviation(deviation: number, n: number, W: number): number {
  return n > 1 ? deviation * Math.sqrt((n * W - W * W) / (n - 1)) : 0
}

/** The moments of what is studied, and running sums along each row: `sums[row × (width + 1) + x]` is of the x cells before. */
function summed({ width, height, values }: CellValues) {
  const sums = new Float64Array((width + 1) * height)
  const members = new Uint32Array((width + 1) * height)
  let [n, total] = [0, 0]
  for (let row = 0; row < height; row++)
    for (let x = 0; x < width; x++) {
      const value = values[row * width + x] ?? Number.NaN
      const isStudied = !Number.isNaN(value)
      const at = row * (width + 1) + x
      sums[at + 1] = (sums[at] ?? 0) + (isStudied ? value : 0)
      members[at + 1] = (members[at] ?? 0) + Number(isStudied)
      n += Number(isStudied)
      total += isStudied ? value : 0
    }
  const mean = n > 0 ? total / n : 0
  let [second, third] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    const away = (values[i] ?? Number.NaN) - mean
    if (Number.isNaN(away)) continue
    second += away ** 2 / n
    third += away ** 3 / n
  }
  // What rounding leaves of values that are all alike is no spread.
  const deviation = second > (1e-12 * mean) ** 2 ? Math.sqrt(second) : 0
  return { n, mean, deviation, skewness: deviation > 0 ? third / deviation ** 3 : 0, sums, members }
}
