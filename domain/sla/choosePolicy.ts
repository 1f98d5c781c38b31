import type { Mode, Tier } from '../incident/facts.ts'
import type { Policy } from './policy.ts'

/** What an incident is when its policy is chosen; `at` is that of its first fact, `path` codes from the root. */
export type PolicySubject = {
  readonly at: number
  readonly mode: Mode
  readonly category: string
  readonly tier: Tier | null
  readonly path: readonly string[]
}

/**
 * The policy of an incident, null when none matches. Of the versions in force at `at`, those whose every named
 * condition holds; of these the one that names a category, else a tier, else the deepest area, else nothing; among
 * equals the newest. Naming a mode filters, it does not rank.
 */
export const choosePolicy = (policies: readonly Policy[], subject: PolicySubject): Policy | null => {
  const candidates = inForce(policies, subject.at).filter(policy => matches(policy, subject))
  const [winner = null] = candidates.sort(
    (a, b) => compareRanks(rank(b, subject), rank(a, subject)) || (a.id < b.id ? -1 : 1),
  )
  return winner
}

/** One version of each policy: the newest of those that had come into force at `at` (epoch ms). */
export const inForce = (policies: readonly Policy[], at: number): Policy[] => {
  const newest = new Map<string, Policy>()
  for (const policy of policies) {
    const known = newest.get(policy.id)
    if (policy.validFrom <= at && (!known || policy.version > known.version)) newest.set(policy.id, policy)
  }
  return [...newest.values()]
}

const matches = ({ choice }: Policy, { mode, category, tier, path }: PolicySubject) =>
  (choice.mode === undefined || choice.mode === mode) &&
  (choice.category === undefined || choice.category === category) &&
  (choice.tier === undefined || choice.tier === tier) &&
  (choice.area === undefined || path.includes(choice.area))

const rank = ({ choice, validFrom, version }: Policy, { path }: PolicySubject) => [
  choice.category === undefined ? 0 : 1,
  choice.tier === undefined ? 0 : 1,
  choice.area === undefined ? 0 : path.indexOf(choice.area) + 1,
  validFrom,
  version,
]

const compareRanks = (a: readonly number[], b: readonly number[]) => {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0)
  return 0
}
