import type { ClockFigure } from './clockFigures.ts'

/** What the incidents of a cohort are counted under for one clock, beside its states. Each is a set: what a figure counts and what it opens to are the same. */
export const CLOCK_MEASURES = ['decidedLate', 'removedAfterBreach'] as const
export type ClockMeasure = (typeof CLOCK_MEASURES)[number]

/** `figure` undefined: a clock that the incident's policy does not have. */
export const hasClockMeasure = (measure: ClockMeasure, figure: ClockFigure | undefined): boolean => {
  if (figure === undefined) return false
  switch (measure) {
    case 'decidedLate':
      // A clock that has ended is met or breached: what ended it decided it.
      return figure.isLate
    case 'removedAfterBreach':
      return figure.isRemovedAfterBreach
    default:
      return measure satisfies never
  }
}

export const isClockMeasure = (measure: string): measure is ClockMeasure =>
  CLOCK_MEASURES.some(known => known === measure)
