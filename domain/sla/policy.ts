/** A policy is data: a versioned, immutable set of clocks. The clocks' order is the policy's order. */
import type { Mode, PolicyRef, Tier } from '../incident/facts.ts'

export type Milestone = 'occurred' | 'reported' | 'dispatched' | 'responded' | 'arrived' | 'resolved'
export type Target = string // ISO 8601 `P[nW][nD][T[nH][nM][nS]]` or `endOfLocalDay`
export type ClockRule = {
  readonly from: Milestone
  readonly to: Milestone
  readonly target: Target
  readonly pausable?: boolean
}
/** What an incident must have for the policy to be chosen; absent: any. */
export type PolicyChoice = {
  readonly mode?: Mode
  readonly category?: string
  readonly tier?: Tier
  readonly area?: string
}
/** What `clocks` needs, and what a conformance vector holds. */
export type ClockPolicy = {
  readonly id: string
  readonly timezone: string
  readonly atRiskFraction: number
  readonly clocks: { readonly [name: string]: ClockRule }
}
/** A policy as it is kept: `validFrom` is when the version came into force (epoch ms). */
export type Policy = ClockPolicy & {
  readonly version: number
  readonly validFrom: number
  readonly choice: PolicyChoice
}

/** The version of the policy that an incident was given and keeps; null: none, or one that these policies lack. */
export const policyOf = (policies: readonly Policy[], ref: PolicyRef | null): Policy | null =>
  ref === null ? null : (policies.find(policy => policy.id === ref.id && policy.version === ref.version) ?? null)
