import type { CellCounts } from './cellCounts.ts'
import { falseDiscoveryRates } from './falseDiscovery.ts'
import { type GetisOrd, getisOrd } from './getisOrd.ts'
import { getisOrdChance } from './getisOrdChance.ts'

/** Why nothing can be said: of too few cells, incidents or neighbours, of a band over half the area, or of counts all alike. */
export type Untestable = 'tooFewCells' | 'tooFewIncidents' | 'bandTooNarrow' | 'bandTooWide' | 'allAlike'

/**
 * `spots`: 1 where a cell is hot, −1 where it is cold, 0 where neither was found. `rates`: the false discovery rate at which it would
 * be called what it leans to; NaN where it was not tested. `tested` cells, `expected` incidents per neighbourhood on average.
 */
export type HotSpots =
  | { readonly verdict: Untestable }
  | {
      readonly verdict: 'found' | 'nothingStandsOut'
      readonly gi: GetisOrd
      readonly spots: Int8Array
      readonly rates: Float64Array
      readonly hot: number
      readonly cold: number
      readonly tested: number
      readonly expected: number
    }

export const LEAST_CELLS = 30
export const LEAST_INCIDENTS = 30
/** Cells in a neighbourhood besides the one in its middle. */
export const LEAST_NEIGHBOURS = 8
/** Incidents per neighbourhood; under it single incidents decide. */
export const LEAST_EXPECTED = 1

/**
 * Where counts cluster more, or less, than chance does: Gi* per cell with a band of `bandM` metres, hot and cold each held to a false
 * discovery rate of half of α, so that both together hold to α. See docs/adr/0009. Says nothing about how many people
 * live there: raw counts are high where people are many.
 */
export function hotSpots(cells: CellCounts, bandM: number, alpha = 0.05): HotSpots {
  const gi = getisOrd(cells, bandM)
  if (gi.n < LEAST_CELLS) return { verdict: 'tooFewCells' }
  if (cells.n < LEAST_INCIDENTS) return { verdict: 'tooFewIncidents' }
  if (gi.deviation === 0) return { verdict: 'allAlike' }
  const isNarrow = (W: number) => W <= LEAST_NEIGHBOURS
  const isTested = gi.neighbours.map(W => Number(!isNarrow(W) && W <= gi.n / 2))
  const tested = isTested.reduce((sum, is) => sum + is, 0)
  if (tested < LEAST_CELLS) return { verdict: gi.neighbours.some(W => W > gi.n / 2) ? 'bandTooWide' : 'bandTooNarrow' }
  const members = gi.neighbours.reduce((sum, W, i) => sum + W * (isTested[i] ?? 0), 0)
  const expected = (gi.mean * members) / tested
  if (expected < LEAST_EXPECTED) return { verdict: 'tooFewIncidents' }
  const ratesOf = (side: 'high' | 'low') =>
    falseDiscoveryRates(getisOrdChance(gi, side, 1).map((p, i) => (isTested[i] ? p : Number.NaN)))
  const [high, low] = [ratesOf('high'), ratesOf('low')]
  const spots = new Int8Array(high.length)
  // Twice the rate of one side is the rate of both.
  const rates = high.map((rate, i) => Math.min(1, 2 * Math.min(rate, low[i] ?? 1)))
  for (let i = 0; i < rates.length; i++)
    if ((rates[i] ?? 1) <= alpha) spots[i] = (high[i] ?? 1) < (low[i] ?? 1) ? 1 : -1
  const hot = spots.filter(spot => spot === 1).length
  const cold = spots.filter(spot => spot === -1).length
  const verdict = hot + cold > 0 ? 'found' : 'nothingStandsOut'
  return { verdict, gi, spots, rates, hot, cold, tested, expected }
}
