import { type Fact, isToldLate } from '../incident/facts.ts'
import { standingBreaches } from './breaches.ts'
import type { ClockReading, ClockState } from './clocks.ts'

/** What a summary counts of one clock of one incident; instants in epoch ms. Short, because a store keeps them. */
export type ClockFigure = {
  readonly state: ClockState
  readonly endedMs: number | null // elapsed, of a clock that has ended
  readonly deadline: number | null
  readonly isLate: boolean // ended by a fact that was told late
  readonly isRemovedAfterBreach: boolean
}
export type ClockFigures = { readonly [clock: string]: ClockFigure }

/** `facts` in position order: those that are known at the instant of the readings. */
export const clockFigures = (
  readings: { readonly [clock: string]: ClockReading },
  facts: readonly Fact[],
): ClockFigures => {
  const figures: { [clock: string]: ClockFigure } = {}
  for (const [clock, reading] of Object.entries(readings)) figures[clock] = clockFigure(clock, reading, facts)
  return figures
}

/** The same at a later instant, when no fact has come since: the only thing that time alone brings is a breach. */
export const figuresAt = (figures: ClockFigures, now: number): ClockFigures => {
  const later: { [clock: string]: ClockFigure } = {}
  for (const [clock, figure] of Object.entries(figures)) {
    const isOver = figure.state === 'running' && figure.deadline !== null && now > figure.deadline
    later[clock] = isOver ? { ...figure, state: 'breached' } : figure
  }
  return later
}

const clockFigure = (clock: string, reading: ClockReading, facts: readonly Fact[]): ClockFigure => ({
  state: reading.state,
  endedMs: reading.endedAt === null ? null : reading.elapsedMs,
  deadline: reading.deadline,
  isLate: reading.endedAt !== null && endedLate(reading, facts),
  isRemovedAfterBreach: wasRemovedAfterBreach(facts, clock),
})

const ENDING = ['signalled', 'reported', 'dispatched', 'accepted', 'arrived', 'resolved', 'closed']

/** Was the fact that ended the clock told late? An end before the start stands in the reading as at the start. */
const endedLate = ({ startedAt, endedAt }: ClockReading, facts: readonly Fact[]) =>
  facts.some(
    fact =>
      ENDING.includes(fact.type) &&
      isToldLate(fact) &&
      (fact.at === endedAt || (endedAt === startedAt && fact.at < (endedAt ?? 0))),
  )

/** Is it voided or merged, by a fact that found the clock's breach recorded and not retracted? */
const wasRemovedAfterBreach = (facts: readonly Fact[], clock: string) => {
  if (!facts.some(fact => fact.type === 'clockBreached' && fact.data.clock === clock)) return false
  const removal = facts
    .toSorted((a, b) => a.at - b.at)
    .findLast(fact => fact.type === 'voided' || fact.type === 'merged' || fact.type === 'restored')
  if (!removal || removal.type === 'restored') return false
  return standingBreaches(facts.filter(fact => fact.position < removal.position)).has(clock)
}
