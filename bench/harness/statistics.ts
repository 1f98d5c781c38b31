import { nearestRank } from '#domain/sla/nearestRank.ts'

export const median = (values: readonly number[]): number => nearestRank(values, 50) ?? Number.NaN
export const percentile = (values: readonly number[], percent: number): number =>
  nearestRank(values, percent) ?? Number.NaN

/** Of pairs that were measured one after the other, so that what disturbed the machine disturbed both. */
export function medianRatio(own: readonly number[], peer: readonly number[]): number {
  return median(own.map((value, i) => value / (peer[i] ?? Number.NaN)))
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`
export const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`
export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : whole(value)} ms`
