import { parseInstant } from '../time/instant.ts'
import { type ClockFact, clocks } from './clocks.ts'
import type { ClockPolicy } from './policy.ts'

/** A worked case as a file holds it: instants are ISO 8601 with offset. */
export type ConformanceCase = {
  readonly name: string
  readonly policy: ClockPolicy
  readonly history: readonly (Omit<ClockFact, 'at' | 'occurredAt'> & {
    readonly at: string
    readonly occurredAt?: string | null
  })[]
  readonly now: string
  readonly expect: { readonly [clock: string]: { readonly [field in ComparedField]?: unknown } }
}
export type Difference = {
  readonly case: string
  readonly clock: string
  readonly field: string
  readonly expected: unknown
  readonly actual: unknown
}
type ComparedField = (typeof COMPARED)[number]

const COMPARED = ['state', 'elapsedMs', 'deadline', 'breachedAt', 'atRisk'] as const

/** Evaluates worked cases; `hold` + `differ` is their number, a case with any difference differs. */
export const conform = (
  cases: readonly ConformanceCase[],
): { differences: Difference[]; hold: number; differ: number } => {
  const perCase = cases.map(differencesOf)
  const differ = perCase.filter(differences => differences.length > 0).length
  return { differences: perCase.flat(), hold: cases.length - differ, differ }
}

/** The cases of a parsed file `{ cases: […] }`, or what is wrong with it. */
export const readCases = (file: unknown): { cases: ConformanceCase[] } | { error: string } => {
  const cases = isRecord(file) ? file['cases'] : null
  if (!Array.isArray(cases)) return { error: 'a conformance file is { "cases": [ … ] }' }
  for (const [i, item] of cases.entries()) {
    const error = caseError(item)
    if (error) return { error: `case ${i + 1}: ${error}` }
  }
  return { cases }
}

const differencesOf = (item: ConformanceCase): Difference[] => {
  const history = item.history.map(fact => ({
    ...fact,
    at: instant(fact.at),
    occurredAt: typeof fact.occurredAt === 'string' ? instant(fact.occurredAt) : null,
  }))
  const readings = clocks(item.policy, history, instant(item.now))
  const names = new Set([...Object.keys(item.expect), ...Object.keys(readings)])
  return [...names].flatMap((clock): Difference[] => {
    const reading = readings[clock]
    const expected = item.expect[clock]
    if (!reading || !expected)
      return [
        {
          case: item.name,
          clock,
          field: 'clock',
          expected: expected ? 'present' : 'absent',
          actual: reading ? 'present' : 'absent',
        },
      ]
    return COMPARED.filter(field => field in expected).flatMap(field => {
      const isInstant = field === 'deadline' || field === 'breachedAt'
      const wanted = expected[field]
      const want = isInstant && typeof wanted === 'string' ? instant(wanted) : wanted
      if (want === reading[field]) return []
      const actual = reading[field]
      const shown = isInstant && typeof actual === 'number' ? new Date(actual).toISOString() : actual
      return [{ case: item.name, clock, field, expected: wanted, actual: shown }]
    })
  })
}

const instant = (text: string) => parseInstant(text) ?? Number.NaN

const caseError = (item: unknown): string | null => {
  if (!isRecord(item)) return 'is not an object'
  const { name, policy, history, now, expect } = item
  if (typeof name !== 'string') return 'name is missing'
  if (!isInstant(now)) return `now is not an ISO 8601 instant with offset: ${JSON.stringify(now)}`
  if (!isRecord(expect) || !Object.values(expect).every(isRecord)) return 'expect is not an object of clocks'
  if (!isRecord(policy) || !isRecord(policy['clocks'])) return 'policy.clocks is not an object'
  if (typeof policy['timezone'] !== 'string') return 'policy.timezone is missing'
  if (typeof policy['atRiskFraction'] !== 'number') return 'policy.atRiskFraction is missing'
  for (const [clock, rule] of Object.entries(policy['clocks']))
    if (!isRecord(rule) || [rule['from'], rule['to'], rule['target']].some(part => typeof part !== 'string'))
      return `clock ${clock} needs from, to and target`
  if (!Array.isArray(history)) return 'history is not a list'
  for (const fact of history) {
    if (!isRecord(fact) || typeof fact['type'] !== 'string' || !isInstant(fact['at']))
      return `a fact needs a type and an instant: ${JSON.stringify(fact)}`
    const occurredAt = fact['occurredAt'] ?? null
    if (occurredAt !== null && !isInstant(occurredAt))
      return `occurredAt is not an instant: ${JSON.stringify(occurredAt)}`
  }
  return null
}

const isInstant = (value: unknown) => typeof value === 'string' && parseInstant(value) !== null
const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
