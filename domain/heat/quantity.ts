/** What a heat map says of each place: a density, or one density over another. The same for every screen and file. */
import type { Counts } from './counts.ts'
import { type Density, density, type HeatUnit } from './density.ts'
import type { HeatFilter } from './heatFilter.ts'
import { type Home, householdsAround, LEAST_HOUSEHOLDS } from './households.ts'
import { perThousand } from './perThousand.ts'
import { shareOf } from './shareOf.ts'

export const QUANTITIES = ['perHectareHour', 'perKm2', 'perThousand', 'share'] as const
/** `perThousand`: incidents per 1,000 households and day. `share`: of those whose clock is decided, the breached ones, 0…1. */
export type Quantity = (typeof QUANTITIES)[number]

/** What was counted over a window. Of a share `counts` are the decided ones; `breached` lie on the same lattice, null elsewhere. */
export type HeatCounts = { readonly counts: Counts; readonly breached: Counts | null }

export type QuantityAsked = {
  readonly quantity: Quantity
  readonly bandwidthM: number
  readonly windowMs: number
  readonly homes: readonly Home[] // of the areas whose incidents are counted; only `perThousand` reads them
}

/** What must have happened around a place before a share there says anything. */
export const LEAST_INCIDENTS = 5
const DAY_MS = 86_400_000

export const isRatio = (quantity: Quantity): quantity is 'perThousand' | 'share' => !isDensity(quantity)

/** In the quantity's unit; NaN where a ratio says nothing. A ratio's own `unit` and `windowMs` are those of a km² and a day. */
export function quantityOf({ counts, breached }: HeatCounts, asked: QuantityAsked): Density {
  const { quantity, bandwidthM, windowMs, homes } = asked
  if (isDensity(quantity)) return density(counts, { bandwidthM, unit: quantity, windowMs })
  // A ratio stands for no window: two of them are compared whatever their length.
  const options = { bandwidthM, unit: 'perKm2', windowMs: DAY_MS } as const
  const all = density(counts, options)
  if (quantity === 'share') {
    if (breached === null) throw new RangeError('a share of breaches needs the breached ones')
    return shareOf(density(breached, options), all, LEAST_INCIDENTS / neighbourhoodKm2(bandwidthM))
  }
  const level = all.level
  const { weights } = householdsAround(counts, homes, level)
  const rate = perThousand(
    all,
    density(weights, { ...options, level }),
    LEAST_HOUSEHOLDS / neighbourhoodKm2(bandwidthM),
  )
  return { ...rate, values: rate.values.map(value => value / (windowMs / DAY_MS)) }
}

/** A share is of what has been decided, so no other state of a clock can be asked for with it. */
export const decidedIn = (filter: HeatFilter): HeatFilter => ({ ...filter, clockState: ['met', 'breached'] })
export const breachedIn = (filter: HeatFilter): HeatFilter => ({ ...filter, clockState: ['breached'] })

/** Of a flat circle that weighs as much as the kernel: 4πσ². */
const neighbourhoodKm2 = (bandwidthM: number) => (4 * Math.PI * bandwidthM ** 2) / 1e6

const isDensity = (quantity: Quantity): quantity is HeatUnit => quantity === 'perKm2' || quantity === 'perHectareHour'
