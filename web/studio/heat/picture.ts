/** Counts of one or two periods → densities in the quantity asked for → one scale, flat bands and histograms. Pure. */
import type { Bbox } from '#domain/geo/bbox.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { decodeHeat } from '#domain/heat/codec.ts'
import { type Density, maskOutside } from '#domain/heat/density.ts'
import { difference, negated } from '#domain/heat/difference.ts'
import { rowCellM } from '#domain/heat/lattice.ts'
import { type QuantityAsked, quantityOf } from '#domain/heat/quantity.ts'
import { bandsOf, type HeatBands } from '../../map/heatBands.ts'
import { CLASSES, type Method } from '../view/studioView.ts'
import { areaShares } from './areaShares.ts'
import { type HotAsked, type HotOutlines, hotOutlines } from './hotOutlines.ts'
import { inBox } from './inBox.ts'
import { equalLimits, greatest, limitsFor } from './limits.ts'

/** As docs/heat.md encodes them; `breached` only where a share is asked for. */
export type PeriodBytes = { readonly counts: Uint8Array; readonly breached: Uint8Array | null }

export type PictureQuestion = Omit<QuantityAsked, 'windowMs'> & {
  readonly bounds: Bbox
  readonly periods: readonly PeriodBytes[] // the first is A, a second one B
  readonly method: Method
  readonly breaks: readonly number[] | null
  readonly clip: AreaGeometry | null
  readonly isDifference: boolean
  readonly hot: HotAsked | null
}
export type PeriodPicture = {
  readonly n: number
  readonly head: number
  readonly grid: Density // in the quantity; NaN outside the area and where it says nothing
  readonly bands: HeatBands
  readonly shares: readonly number[] // of the area, per tenth of a class
  readonly peak: number
  readonly mean: number | null // over the area
  readonly hot: HotOutlines | null
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
  readonly top: number // where the open last class ends on the legend
  readonly difference: DifferencePicture | 'unequalWindows' | null
}

export function makePicture(question: PictureQuestion): Picture {
  const { clip } = question
  const whole = question.periods.map(bytes => gridOf(bytes, question))
  const masked = whole.map(({ grid }) => (clip ? maskOutside(grid, [clip]) : grid))
  const breaks = question.breaks ?? limitsFor(question.method, masked, question.quantity, CLASSES)
  const peaks = masked.map(grid => greatest(grid.values))
  const last = breaks.at(-1) ?? 1
  const top = Math.max(last + (last - (breaks.at(-2) ?? 0)), ...(question.breaks ? [] : peaks))
  return {
    breaks,
    top,
    difference: question.isDifference ? differenceOf(whole, masked, question) : null,
    periods: whole.map(({ grid, counts, head }, i) => {
      const inside = masked[i] ?? grid
      return {
        n: counts.n,
        head,
        grid: inside,
        bands: smoothBands(grid, inside, breaks, clip),
        shares: areaShares(inside, breaks, top),
        peak: peaks[i] ?? 0,
        mean: meanOf(inside),
        hot: question.hot && clip ? hotOutlines(counts, { ...question, ...question.hot, area: clip }) : null,
      }
    }),
  }
}

function gridOf(bytes: PeriodBytes, question: PictureQuestion) {
  const { counts: told, fromMs, toMs, head } = decodeHeat(bytes.counts)
  const counts = inBox(told, question.bounds)
  const breached = bytes.breached && inBox(decodeHeat(bytes.breached).counts, question.bounds)
  return { counts, head, grid: quantityOf({ counts, breached }, { ...question, windowMs: toMs - fromMs }) }
}

function differenceOf(
  whole: readonly { readonly grid: Density }[],
  masked: readonly Density[],
  { breaks, clip, quantity }: PictureQuestion,
): Picture['difference'] {
  const [a, b] = whole.map(({ grid }) => grid)
  const [insideA, insideB] = masked
  if (!a || !b || !insideA || !insideB) return null
  if (a.unit === 'perKm2' && a.windowMs !== b.windowMs) return 'unequalWindows'
  const [all, inside] = [difference(a, b), difference(insideA, insideB)]
  const peak = greatest(inside.values.map(Math.abs))
  const limits = breaks ?? (peak > 0 ? equalLimits(peak, quantity, CLASSES) : [])
  return {
    breaks: limits,
    more: smoothBands(all, inside, limits, clip),
    less: smoothBands(negated(all), negated(inside), limits, clip),
  }
}

const MOST_POINTS_TO_CUT = 8000

/** Cut along the boundary itself; where the bands are too many for that, along the cells, which are then small. */
function smoothBands(
  grid: Density,
  inside: Density,
  breaks: readonly number[],
  clip: PictureQuestion['clip'],
): HeatBands {
  if (!clip) return bandsOf(grid, breaks, null)
  const whole = bandsOf(grid, breaks, null)
  const points = whole.features.reduce((sum, { geometry }) => sum + geometry.coordinates.flat(2).length, 0)
  const cut = clip as unknown as Parameters<typeof bandsOf>[2]
  return points > MOST_POINTS_TO_CUT ? bandsOf(inside, breaks, null) : bandsOf(grid, breaks, cut)
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
