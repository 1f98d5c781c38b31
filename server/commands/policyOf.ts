import type { PolicyRef } from '#domain/incident/facts.ts'
import type { Policy } from '#domain/sla/policy.ts'

/** The version of the policy that an incident was given and keeps. */
export function policyOf(policies: readonly Policy[], ref: PolicyRef | null): Policy | null {
  if (ref === null) return null
  return policies.find(policy => policy.id === ref.id && policy.version === ref.version) ?? null
}
