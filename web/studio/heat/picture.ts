/** Counts of one or two periods → densities in the quantity asked for → one scale, flat bands and histograms. Pure. */
import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { decodeHeat } from '#domain/heat/codec.ts'
import { type Density, density, maskOutside } from '#domain/heat/density.ts'
import { rowCellM } from '#domain/heat/lattice.ts'
import { bandsOf, type HeatBands } from '../../map/heatBands.ts'
import type { Method, Quantity } from '../view/studioView.ts'
import { CLASSES } from '../view/studioView.ts'
import { areaShares } from './areaShares.ts'
import { limitsFor } from './limits.ts'

export type PictureQuestion = {
  readonly periods: readonly Uint8Array[] // the first is A, a second one B
  readonly quantity: Quantity
  readonly bandwidthM: number
  readonly method: Method
  readonly breaks: readonly number[] | null
  readonly clip: Polygon | MultiPolygon | null
}
export type PeriodPicture = {
  readonly n: number
  readonly head: number
  readonly fromMs: number
  readonly toMs: number
  readonly grid: Density // in the quantity; NaN outside the area and where it says nothing
  readonly bands: HeatBands
  readonly shares: readonly number[] // of the area, per tenth of a class
  readonly peak: number
  readonly mean: number | null // over the area
  readonly hot: FeatureCollection | null
}
/** A − B on its own scale: where it is more, and where it is less. */
export type DifferencePicture = {
  readonly more: HeatBands
  readonly less: HeatBands
  readonly breaks: readonly number[]
}
export type Picture = {
  readonly periods: readonly PeriodPicture[]
  readonly breaks: readonly number[]
  readonly difference: DifferencePicture | null
  readonly top: number // where the open last class ends on the legend
}

export function makePicture(question: PictureQuestion): Picture {
  const { clip } = question
  const whole = question.periods.map(bytes => densityOf(bytes, question))
  const masked = whole.map(({ grid }) => (clip ? maskOutside(grid, [clip as unknown as AreaGeometry]) : grid))
  const breaks = question.breaks ?? limitsFor(question.method, masked, CLASSES)
  const peaks = masked.map(peakOf)
  const last = breaks.at(-1) ?? 1
  const top = Math.max(last + (last - (breaks.at(-2) ?? 0)), ...(question.breaks ? [] : peaks))
  return {
    breaks,
    top,
    difference: null,
    periods: whole.map(({ grid, ...told }, i) => {
      const inside = masked[i] ?? grid
      return {
        ...told,
        grid: inside,
        bands: smoothBands(grid, inside, breaks, clip),
        shares: areaShares(inside, breaks, top),
        peak: peaks[i] ?? 0,
        mean: meanOf(inside),
        hot: null,
      }
    }),
  }
}

function densityOf(bytes: Uint8Array, { quantity, bandwidthM }: PictureQuestion) {
  const { counts, fromMs, toMs, head } = decodeHeat(bytes)
  const unit = quantity === 'perHectareHour' ? 'perHectareHour' : 'perKm2'
  const grid = density(counts, { bandwidthM, unit, windowMs: toMs - fromMs })
  return { n: counts.n, head, fromMs, toMs, grid }
}

const MOST_POINTS_TO_CUT = 8000

/** Cut along the boundary itself; where the bands are too many for that, along the cells, which are then small. */
function smoothBands(
  grid: Density,
  inside: Density,
  breaks: readonly number[],
  clip: PictureQuestion['clip'],
): HeatBands {
  const whole = bandsOf(grid, breaks, null)
  if (!clip) return whole
  const points = whole.features.reduce((sum, { geometry }) => sum + geometry.coordinates.flat(2).length, 0)
  return points > MOST_POINTS_TO_CUT ? bandsOf(inside, breaks, null) : bandsOf(grid, breaks, clip)
}

function peakOf({ values }: Density): number {
  let peak = 0
  for (const value of values) if (value > peak) peak = value
  return peak
}

/** By area on the ground, over what is not masked. */
function meanOf(grid: Density): number | null {
  let [sum, all] = [0, 0]
  for (let row = 0; row < grid.height; row++) {
    const areaM2 = rowCellM(grid, row) ** 2
    for (let x = row * grid.width; x < (row + 1) * grid.width; x++) {
      const value = grid.values[x] ?? Number.NaN
      if (Number.isNaN(value)) continue
      sum += value * areaM2
      all += areaM2
    }
  }
  return all > 0 ? sum / all : null
}
