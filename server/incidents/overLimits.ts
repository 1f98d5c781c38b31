import type { ClockReading } from '#domain/sla/clocks.ts'
import type { IncidentRecord } from '../store/eventStore.ts'

export type OverLimit = {
  readonly record: IncidentRecord
  readonly clock: string
  readonly overMs: number
  readonly ended: boolean
}

/** The clocks of an incident that went over their limits, and by how much of the time that counts. */
export function overLimits(
  record: IncidentRecord,
  readings: { readonly [clock: string]: ClockReading },
  clock: string | null,
): OverLimit[] {
  return Object.entries(readings).flatMap(([name, { state, elapsedMs, limitMs, endedAt }]) => {
    if (state !== 'breached' || elapsedMs === null || limitMs === null || (clock !== null && clock !== name)) return []
    return [{ record, clock: name, overMs: elapsedMs - limitMs, ended: endedAt !== null }]
  })
}
