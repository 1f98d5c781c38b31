import type { Incident } from '#domain/incident/incident.ts'

/**
 * The instant to read the clocks at before an append: now, but never before what is recorded already. Another process
 * whose clock is a little ahead may have recorded a breach; one that is behind must not take it back.
 */
export function notBeforeRecorded({ facts }: Incident, now: number): number {
  return Math.max(now, facts.at(-1)?.recordedAt ?? now)
}
