/** How long people take, in ms: shaped so that a day has about 96, 94.5 and 91.5 % inside 1, 5 and 15 minutes. */
import type { Random } from './random.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** From a signal to its confirmation: median about 21 s; one in 26 after more than a minute. */
export function confirmAfter(random: Random): number {
  if (random.chance(0.038)) return MINUTE + exponential(55 * SECOND, random)
  return Math.min(57 * SECOND, logNormal(21 * SECOND, 0.5, random))
}

/** From the report to the acceptance: median about 165 s; one in 18 after more than five minutes. */
export function respondAfter(random: Random, slow: number): number {
  if (random.chance(0.057 * slow)) return 5 * MINUTE + 2 * SECOND + exponential(130 * SECOND, random)
  return Math.min(4.95 * MINUTE, Math.max(35 * SECOND, logNormal(165 * SECOND, 0.42, random)))
}

/**
 * From the report to the resolution: median about 455 s. People hurry as the limit comes near, so many end in the last
 * minutes before it; what is not done by then tends to be hard and takes long.
 */
export function resolveAfter(random: Random, slow: number): number {
  if (random.chance(0.074 * slow))
    return 15 * MINUTE + Math.min(40 * MINUTE, 10 * SECOND + exponential(18 * MINUTE, random))
  return quantile([150, 210, 262, 305, 345, 380, 450, 745, 845, 880, 898], random.next()) * SECOND
}

/** Straight lines between evenly spaced quantiles. */
function quantile(values: readonly number[], p: number): number {
  const at = p * (values.length - 1)
  const low = values[Math.floor(at)] ?? 0
  return low + ((values[Math.floor(at) + 1] ?? low) - low) * (at % 1)
}

export const exponential = (mean: number, random: Random): number => -mean * Math.log(1 - random.next())

export const logNormal = (median: number, sigma: number, random: Random): number =>
  median * Math.exp(sigma * random.normal())
