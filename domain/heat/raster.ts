import type { Position } from '../geo/geojson.ts'
import { type Density, densityAt } from './density.ts'

/** A window of cells in some coordinate system: x east, y north, `west` and `north` its north-western corner, in its unit. */
export type RasterFrame = {
  readonly west: number
  readonly north: number
  readonly cellX: number
  readonly cellY: number
  readonly width: number
  readonly height: number
}
/** Row by row from the north-west; NaN where there is no value. */
export type Raster = RasterFrame & { readonly values: Float32Array }

type Extent = readonly [west: number, south: number, east: number, north: number]

/** The cells that cover an extent. Their edges lie on whole multiples of the cell, so that files of one cell size fit together. */
export function rasterOver([west, south, east, north]: Extent, cellX: number, cellY: number): RasterFrame {
  // What is a multiple but for the last digits of the arithmetic needs no further cell.
  const [first, last] = [Math.floor(west / cellX + 1e-6), Math.ceil(east / cellX - 1e-6)]
  const [lowest, highest] = [Math.floor(south / cellY + 1e-6), Math.ceil(north / cellY - 1e-6)]
  return {
    west: first * cellX,
    north: highest * cellY,
    cellX,
    cellY,
    width: Math.max(1, last - first),
    height: Math.max(1, highest - lowest),
  }
}

export function cellCentre({ west, north, cellX, cellY }: RasterFrame, column: number, row: number): [number, number] {
  return [west + (column + 0.5) * cellX, north - (row + 0.5) * cellY]
}

/**
 * Each cell holds the density at its centre, exactly as `densityAt` reads it; NaN where `masked`, the same grid after masking, has no
 * value. Masked neighbours take nothing from the values beside them.
 */
export function resample(
  frame: RasterFrame,
  grid: Density,
  masked: Density,
  placeAt: (x: number, y: number) => Position,
  onRow?: (row: number) => void,
): Raster {
  const values = new Float32Array(frame.width * frame.height)
  for (let row = 0; row < frame.height; row++) {
    for (let column = 0; column < frame.width; column++) {
      const [lng, lat] = placeAt(...cellCentre(frame, column, row))
      const isKept = masked === grid || densityAt(masked, { lng, lat }) !== null
      values[row * frame.width + column] = (isKept ? densityAt(grid, { lng, lat }) : null) ?? Number.NaN
    }
    onRow?.(row)
  }
  return { ...frame, values }
}
