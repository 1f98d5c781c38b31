import { breachFacts } from '../sla/breaches.ts'
import { type Policy, policyOf } from '../sla/policy.ts'
import type { Fact, NewFact } from './facts.ts'
import { fold } from './fold.ts'

/** Facts of one incident on their way to the log. */
export type Recording = {
  readonly id: string
  readonly before: readonly Fact[] // that the log has, in position order
  readonly told: readonly NewFact[]
  readonly eventIds: readonly string[] // of what is told
  readonly now: number // epoch ms
}

/**
 * What one append says: the facts that are told and, after them, the breach facts with which the last recorded breach of
 * each clock agrees with the clocks. Null: the incident's policy is not among these, so its clocks cannot be read; that
 * is never taken for "nothing is breached", which would take a true breach back.
 */
export const withBreaches = (recording: Recording, policies: readonly Policy[]): readonly NewFact[] | null => {
  const { id, before, told, eventIds, now } = recording
  const last = before.at(-1)
  // Another process whose clock is a little ahead may have recorded a breach; one that is behind must not take it back.
  const recordedAt = Math.max(now, last?.recordedAt ?? now)
  const provisional = told.map((fact, i): Fact => {
    const position = (last?.position ?? 0) + 1 + i
    return { ...fact, eventId: eventIds[i] ?? '', position, recordedAt, actor: null }
  })
  const after = fold(id, [...before, ...provisional])
  if (after === null) return told
  const policy = policyOf(policies, after.policy)
  if (policy === null && after.policy !== null) return null
  return [...told, ...breachFacts(after, policy, recordedAt)]
}
