/** Everything that a picture of the studio is made of. It is kept in the address and nowhere else. */
import type { Bbox } from '#domain/geo/bbox.ts'
import type { Quantity } from '#domain/heat/quantity.ts'
import type { LngLat, Tier } from '#domain/incident/facts.ts'
import type { Knowing } from '#domain/replay/incidentsAt.ts'
import type { ClockState } from '#domain/sla/clocks.ts'
import type { Camera } from '../../map/camera.ts'
import type { Period } from './periods.ts'

export const METHODS = ['equal', 'quantile', 'mean'] as const
export type Method = (typeof METHODS)[number]
export const COMPARISONS = ['single', 'side', 'difference'] as const
export type Comparison = (typeof COMPARISONS)[number]
export const TIERS: readonly Tier[] = ['minor', 'major', 'hard']
export const CLOCK_STATES: readonly ClockState[] = ['pending', 'running', 'paused', 'met', 'breached', 'notApplicable']
export const ALPHAS = [0.01, 0.05, 0.1] as const
export const BANDWIDTH_M = { least: 20, most: 2000, usual: 120 } as const
export const CLASSES = 5

/** Hours of the window and of each step; frames per second. */
export type Play = {
  readonly windowHours: number
  readonly stepHours: number
  readonly perSecond: number
  readonly isLooping: boolean
  readonly isCumulative: boolean
  readonly frame: number | null // null: the whole period is shown
}

export type Selection = {
  readonly area: string | null // and all below it
  readonly category: readonly string[] | null // null: all
  readonly source: readonly string[] | null
  readonly tier: readonly Tier[] | null
  readonly clock: string | null
  readonly clockState: readonly ClockState[] | null
  readonly hour: readonly number[] | null
  readonly weekday: readonly number[] | null
}

/** What everything is told as of (SLA.md, "A fact has two times"). */
export type Standpoint = {
  readonly asOf: number | null // a whole minute; null: the present
  readonly knowing: Knowing // by what is known now, or was then
}

export type StudioView = Selection &
  Standpoint & {
    readonly period: Period
    readonly other: Period // what the period is compared with
    readonly comparison: Comparison
    readonly bandwidthM: number
    readonly quantity: Quantity
    readonly method: Method
    readonly breaks: readonly number[] | null // locked class limits, ascending; null: the method makes them
    readonly box: 'all' | 'map' | Bbox // what the matrix and the trend count
    readonly camera: Camera | null // null: the area fills the map
    readonly at: LngLat | null // the pinned crosshair
    readonly alpha: number | null // hot spots at this level; null: none are drawn
    readonly hotPerHousehold: boolean
    readonly play: Play
  }

export const USUAL_PLAY: Play = {
  windowHours: 3,
  stepHours: 1,
  perSecond: 2,
  isLooping: true,
  isCumulative: false,
  frame: null,
}

/** What an address without a word shows: the last seven days of everything, beside the seven days before. */
export function usualView(period: Period): StudioView {
  return {
    period,
    other: { from: period.from - (period.to - period.from), to: period.from },
    comparison: 'single',
    area: null,
    category: null,
    source: null,
    tier: null,
    clock: null,
    clockState: null,
    hour: null,
    weekday: null,
    asOf: null,
    knowing: 'now',
    bandwidthM: BANDWIDTH_M.usual,
    quantity: 'perHectareHour',
    method: 'equal',
    breaks: null,
    box: 'all',
    camera: null,
    at: null,
    alpha: null,
    hotPerHousehold: false,
    play: USUAL_PLAY,
  }
}
