import type { Fact, LngLat, PolicyRef, Tier } from './facts.ts'

export type Status =
  | 'signalled'
  | 'reported'
  | 'dispatched'
  | 'accepted'
  | 'arrived'
  | 'paused'
  | 'resolved'
  | 'closed'
  | 'merged'
  | 'voided'

/** An incident as its facts tell it. Always the fold of all its facts in order of `at`, ties by position. */
export type Incident = {
  readonly id: string
  readonly number: string
  readonly status: Status
  readonly category: string
  readonly source: string
  readonly tier: Tier | null
  readonly place: LngLat | null
  readonly path: readonly string[] // codes of the areas it was placed in, from the root
  readonly policy: PolicyRef | null
  readonly assignees: readonly string[] // dispatched, accepted or arrived, and not taken back
  readonly acceptedBy: readonly string[] // everybody who ever accepted
  readonly mergedInto: string | null
  readonly firstAt: number // the first signal's or report's at: its cohort
  readonly lastAt: number // the latest at of any fact but clockBreached and clockBreachRetracted
  readonly facts: readonly Fact[] // in position order
}
