/** From counts to a density in the quantity that is asked for. */
import type { Bbox } from '#domain/geo/bbox.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import type { Counts, Weights } from '#domain/heat/counts.ts'
import { type Density, density } from '#domain/heat/density.ts'
import { householdWeights } from '#domain/heat/households.ts'
import { levelFor } from '#domain/heat/lattice.ts'
import { perThousand } from '#domain/heat/perThousand.ts'
import { shareOf } from '#domain/heat/shareOf.ts'
import type { Quantity } from '../view/studioView.ts'

/** An area that has no parts of its own with households, and its number. */
export type Home = { readonly code: string; readonly households: number | null; readonly geometry: AreaGeometry | null }

const DAY_MS = 86_400_000
/** What must live, or have happened, around a place before a ratio there says anything. */
export const LEAST_HOUSEHOLDS = 50
export const LEAST_INCIDENTS = 5

export type Asked = {
  readonly quantity: Quantity
  readonly bandwidthM: number
  readonly bounds: Bbox
  readonly homes: readonly Home[]
}

export function quantityOf(counts: Counts, breached: Counts | null, windowMs: number, asked: Asked): Density {
  const { quantity, bandwidthM } = asked
  const level = latticeLevel(asked.bounds, bandwidthM)
  const spread = (weights: Weights, unit: 'perKm2' | 'perHectareHour') =>
    density(weights, { bandwidthM, unit, windowMs, level: Math.min(level, weights.level) })
  if (quantity === 'perHectareHour' || quantity === 'perKm2') return spread(counts, quantity)
  const all = spread(counts, 'perKm2')
  // A ratio stands for no window: two of them are compared whatever their length.
  const ratio = (grid: Density) => ({ ...grid, windowMs: DAY_MS })
  if (quantity === 'share') {
    if (breached === null) throw new RangeError('a share of breaches needs the breached ones')
    return ratio(shareOf(spread(breached, 'perKm2'), all, LEAST_INCIDENTS / neighbourhoodKm2(bandwidthM)))
  }
  const { weights } = householdWeights(asked.homes, asked.bounds, Math.min(level, counts.level))
  const rate = perThousand(all, spread(weights, 'perKm2'), LEAST_HOUSEHOLDS / neighbourhoodKm2(bandwidthM))
  return ratio({ ...rate, values: rate.values.map(value => value / (windowMs / DAY_MS)) })
}

export const latticeLevel = (bounds: Bbox, bandwidthM: number) => levelFor(bandwidthM, (bounds[1] + bounds[3]) / 2)

/** Of a flat circle that weighs as much as the kernel: 4πσ². */
const neighbourhoodKm2 = (bandwidthM: number) => (4 * Math.PI * bandwidthM ** 2) / 1e6
