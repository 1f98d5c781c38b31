import type { ClockReading } from './clocks.ts'
import type { ClockPolicy } from './policy.ts'

/** The first clock in the policy's order that has started and not ended. It speaks of open incidents only. */
export const leadingClock = (
  policy: ClockPolicy,
  readings: { readonly [clock: string]: ClockReading },
): string | null =>
  Object.keys(policy.clocks).find(name => {
    const reading = readings[name]
    return reading !== undefined && reading.startedAt !== null && reading.endedAt === null
  }) ?? null
