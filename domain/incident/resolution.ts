import type { Fact } from './facts.ts'
import type { Incident } from './incident.ts'

type Resolution = Extract<Fact, { type: 'resolved' }>

/** What resolved it and was not reopened since, in order of `at`, ties by position: a late fact does not come last. */
export const standingResolution = ({ facts }: Incident): Resolution | null => {
  const last = facts
    .toSorted((a, b) => a.at - b.at)
    .findLast(fact => fact.type === 'resolved' || fact.type === 'reopened')
  return last?.type === 'resolved' ? last : null
}
