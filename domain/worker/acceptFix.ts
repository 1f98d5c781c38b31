import { distanceM } from '../geo/distance.ts'
import type { LngLat } from '../incident/facts.ts'

/** A position fix in WGS 84; `at` epoch ms, accuracy in metres (null: unknown, counted as 0). */
export type Fix = LngLat & { readonly at: number; readonly accuracyM: number | null }
export type FixRefusal = 'badInput' | 'nullIsland' | 'future' | 'offDuty' | 'tooFast'

/** A clock may be that far ahead of ours before its fix is called impossible. */
export const FUTURE_TOLERANCE_MS = 120_000
/** Beyond this nothing is known of where somebody was. */
const WORST_ACCURACY_M = 10_000
/** No doubt excuses more than this: else a fix that calls itself bad could be anywhere. */
const MOST_DOUBT_M = 500
/** 252 km/h: no worker on a street moves faster. */
export const MAX_SPEED_MPS = 70
/** About 1.1 km at the equator: receivers without a fix write 0, 0 and a little noise; nobody works there. */
const NULL_ISLAND_DEG = 0.01

/**
 * May this fix be kept? `before` and `after` are the worker's nearest kept fixes in time (null: none); a fix at the same
 * instant is no neighbour, the store calls it a duplicate or a conflict. Reasons are looked for in the order of
 * `badInput`, `nullIsland`, `future`, `offDuty`, `tooFast`; the first is returned.
 */
export function acceptFix(
  neighbours: { readonly before: Fix | null; readonly after: Fix | null },
  fix: Fix,
  now: number,
  isOnDuty: boolean,
): 'accepted' | FixRefusal {
  if (!isReal(fix)) return 'badInput'
  if (Math.abs(fix.lng) < NULL_ISLAND_DEG && Math.abs(fix.lat) < NULL_ISLAND_DEG) return 'nullIsland'
  if (fix.at > now + FUTURE_TOLERANCE_MS) return 'future'
  if (!isOnDuty) return 'offDuty'
  const { before, after } = neighbours
  if (before && isTooFast(before, fix)) return 'tooFast'
  if (after && isTooFast(fix, after)) return 'tooFast'
  return 'accepted'
}

function isReal({ lng, lat, at, accuracyM }: Fix): boolean {
  return (
    Math.abs(lng) <= 180 &&
    Math.abs(lat) <= 90 &&
    Number.isSafeInteger(at) &&
    (accuracyM === null || (accuracyM >= 0 && accuracyM <= WORST_ACCURACY_M))
  )
}

function isTooFast(earlier: Fix, later: Fix): boolean {
  const surelyM = distanceM(earlier, later) - doubtM(earlier) - doubtM(later)
  return surelyM > (MAX_SPEED_MPS * (later.at - earlier.at)) / 1000
}

function doubtM({ accuracyM }: Fix): number {
  return Math.min(accuracyM ?? 0, MOST_DOUBT_M)
}

/** What a fix says beside its place. */
export type Motion = {
  readonly speedMps: number | null
  readonly courseDeg: number | null
  readonly batteryPct: number | null
}

/** The same without what cannot be: speed up to `MAX_SPEED_MPS`, course from 0 to 360 degrees, battery from 0 to 100 %. */
export function soundMotion({ speedMps, courseDeg, batteryPct }: Motion): Motion {
  return {
    speedMps: within(speedMps, MAX_SPEED_MPS),
    courseDeg: within(courseDeg, 360),
    batteryPct: within(batteryPct, 100),
  }
}

function within(value: number | null, most: number): number | null {
  return value !== null && value >= 0 && value <= most ? value : null
}
