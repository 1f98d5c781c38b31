import { type ClockMeasure, isClockMeasure } from '#domain/sla/clockMeasures.ts'
import type { IncidentFilter } from '../incidents/incidentFilter.ts'
import { Refusal } from './refusal.ts'

const LONGEST_SEARCH = 200
const NAMES: { readonly [measure in ClockMeasure]: string } = {
  decidedLate: 'DECIDED_LATE',
  removedAfterBreach: 'REMOVED_AFTER_BREACH',
}

/** Refuses a filter that fits its type and still can't be answered. */
export function mustBeSound(filter: IncidentFilter | null | undefined): void {
  if (filter == null) return
  const { text, measure, clock } = filter
  // What is searched for is held against every title.
  if ((text ?? '').length > LONGEST_SEARCH) {
    throw new Refusal('BAD_INPUT', {
      en: `text has at most ${LONGEST_SEARCH} characters`,
      zh: `text 最多 ${LONGEST_SEARCH} 个字符`,
    })
  }
  if (measure != null && isClockMeasure(measure) && (clock == null || clock === '')) {
    const name = NAMES[measure]
    throw new Refusal('BAD_INPUT', {
      en: `filter.measure ${name} is counted for one clock: name it in filter.clock, as in { measure: ${name}, clock: "respond" }`,
      zh: `filter.measure ${name} 按单项时限统计：请在 filter.clock 写明是哪一项，例如 { measure: ${name}, clock: "respond" }`,
    })
  }
}
