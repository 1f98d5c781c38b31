/** What a figure of the leaders' pages is: its value, of how many, and which incidents stand behind it. Pure. */
import type { FiguresFragment, IncidentFilter } from './generated.ts'

export type FigureRow = FiguresFragment
export const PLAIN_FIGURES = [
  'cohort',
  'reported',
  'open',
  'completion',
  'onTimeClosure',
  'satisfaction',
  'density',
  'load',
  'awaiting',
  'signalled',
  'voided',
  'merged',
  'unlocated',
  'toldLate',
] as const
export type PlainFigure = (typeof PLAIN_FIGURES)[number]
/** How a clock's counts are made up of its states: what has not begun yet runs, for a reader. */
const CLOCK_COUNTS = {
  met: ['met'],
  breached: ['breached'],
  running: ['running', 'pending'],
  paused: ['paused'],
  notApplicable: ['notApplicable'],
} as const
const STATE_OF = {
  met: 'MET',
  breached: 'BREACHED',
  running: 'RUNNING',
  pending: 'PENDING',
  paused: 'PAUSED',
  notApplicable: 'NOT_APPLICABLE',
} as const
/** What else is counted of a clock. */
const MEASURE_OF_CLOCK = { late: 'DECIDED_LATE', removedAfterBreach: 'REMOVED_AFTER_BREACH' } as const
export type ClockFigureName = 'attainment' | 'p50' | 'p90' | keyof typeof CLOCK_COUNTS | keyof typeof MEASURE_OF_CLOCK
/** `reported`, or `attainment.respond`. */
export type FigureId = PlainFigure | `${ClockFigureName}.${string}`

export type FigureKind = 'count' | 'share' | 'duration' | 'density' | 'load'
export type Behind = Pick<IncidentFilter, 'measure' | 'clock' | 'clockState'>
export type Figure = {
  readonly id: FigureId
  readonly kind: FigureKind
  readonly value: number | null
  /** Above and below the line; for others than shares `of` is how many it was counted from. */
  readonly part: number | null
  readonly of: number
  /** All incidents it was counted from, and of a share those above the line. */
  readonly whole: Behind
  readonly counted: Behind | null
}
/** What else a figure needs: for how long, and for how many. */
export type Extent = { readonly days: number; readonly households: number | null }

const HOUR_MS = 3_600_000

export function figureOf(id: FigureId, row: FigureRow, extent: Extent): Figure {
  const [measure, clock] = clockFigure(id)
  if (measure !== null) return clockFigureOf(id, measure, clock, row)
  const share = (value: number | null, part: number, of: number, counted: Behind, whole: Behind): Figure => ({
    id,
    kind: 'share',
    value,
    part,
    of,
    whole,
    counted,
  })
  switch (id) {
    case 'completion':
      return share(row.completion, row.resolved, row.reported, { measure: 'RESOLVED' }, { measure: 'REPORTED' })
    case 'onTimeClosure':
      return share(
        row.onTimeClosure,
        row.closedOnTime,
        row.closed,
        { measure: 'CLOSED_ON_TIME' },
        { measure: 'CLOSED' },
      )
    case 'satisfaction':
      return share(row.satisfaction, row.satisfied, row.rated, { measure: 'SATISFIED' }, { measure: 'RATED' })
    case 'density':
      return plain(id, 'density', perThousandDay(row.reported, extent), row.reported, { measure: 'REPORTED' })
    case 'load': {
      const hours = row.dutyMs === null ? 0 : row.dutyMs / HOUR_MS
      return plain(id, 'load', hours === 0 ? null : (row.reported / hours) * 100, row.reported, { measure: 'REPORTED' })
    }
    case 'toldLate':
      return plain(id, 'count', row.toldLate, row.toldLate, { measure: 'TOLD_LATE' })
    default: {
      const name = id as Exclude<
        PlainFigure,
        'completion' | 'onTimeClosure' | 'satisfaction' | 'density' | 'load' | 'toldLate'
      >
      return plain(id, 'count', row[name], row[name], { measure: MEASURE_OF[name] })
    }
  }
}

const MEASURE_OF = {
  cohort: 'COHORT',
  reported: 'REPORTED',
  open: 'OPEN',
  awaiting: 'AWAITING',
  signalled: 'SIGNALLED',
  voided: 'VOIDED',
  merged: 'MERGED',
  unlocated: 'UNLOCATED',
} as const

/** Incidents for each 1,000 households and day. */
function perThousandDay(reported: number, { days, households }: Extent): number | null {
  return households === null || households === 0 || days === 0 ? null : (reported / households / days) * 1000
}

function clockFigureOf(id: FigureId, measure: ClockFigureName, clock: string, row: FigureRow): Figure {
  const found = row.clocks.find(each => each.clock === clock)
  const [met, breached] = [found?.met ?? 0, found?.breached ?? 0]
  const whole: Behind = { clock, clockState: ['MET', 'BREACHED'] }
  if (measure === 'attainment') {
    const counted: Behind = { clock, clockState: ['MET'] }
    return { id, kind: 'share', value: found?.attainment ?? null, part: met, of: met + breached, whole, counted }
  }
  if (measure === 'p50' || measure === 'p90') {
    const value = (measure === 'p50' ? found?.p50Ms : found?.p90Ms) ?? null
    return plain(id, 'duration', value, met + breached, whole)
  }
  if (measure === 'late' || measure === 'removedAfterBreach') {
    const value = found?.[measure] ?? 0
    return plain(id, 'count', value, value, { clock, measure: MEASURE_OF_CLOCK[measure] })
  }
  const states = CLOCK_COUNTS[measure]
  const value = states.reduce((sum, state) => sum + (found?.[state] ?? 0), 0)
  return plain(id, 'count', value, value, { clock, clockState: states.map(state => STATE_OF[state]) })
}

function plain(id: FigureId, kind: FigureKind, value: number | null, of: number, whole: Behind): Figure {
  return { id, kind, value, part: null, of, whole, counted: null }
}

const CLOCK_FIGURE = /^(attainment|p50|p90|met|breached|running|paused|notApplicable|late|removedAfterBreach)\.(.+)$/

/** Which clock a figure is of; null where it is of none. */
export function clockFigure(id: string): [ClockFigureName, string] | [null, ''] {
  const [, measure, clock] = CLOCK_FIGURE.exec(id) ?? []
  return measure === undefined || clock === undefined ? [null, ''] : [measure as ClockFigureName, clock]
}

export function figureIdOf(text: unknown): FigureId | null {
  if (typeof text !== 'string') return null
  return PLAIN_FIGURES.some(known => known === text) || clockFigure(text)[0] !== null ? (text as FigureId) : null
}
