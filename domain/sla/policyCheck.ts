import { parseDurationMs } from '../time/duration.ts'
import { parseInstant } from '../time/instant.ts'
import { isTimeZone } from '../time/localTime.ts'
import type { Policy } from './policy.ts'

/** What a file that names neither is taken to mean: the first version, in force since ever (epoch ms). */
const ABSENT = { version: 1, validFrom: 0 }

const MILESTONES = ['occurred', 'reported', 'dispatched', 'responded', 'arrived', 'resolved']
const KEYS = ['id', 'timezone', 'atRiskFraction', 'clocks', 'version', 'validFrom', 'choice']
const RULE_KEYS = ['from', 'to', 'target', 'pausable']
const CHOICES: { readonly [name: string]: readonly string[] | null } = {
  mode: ['peacetime', 'surge'],
  tier: ['minor', 'major', 'hard'],
  category: null,
  area: null,
}
// A name stands in JSON keys, whose order is the clocks' order: one that looks like a number would move to the front.
const CLOCK_NAME = /^(?!__proto__$)\p{L}[\p{L}\p{N}_-]{0,63}$/u

/**
 * A policy as it may be published, from parsed JSON; or everything that is wrong with it, each in a sentence that names
 * the field. `validFrom` is ISO 8601 with offset in the input and epoch ms in the policy.
 */
export const checkPolicy = (input: unknown, absent = ABSENT): { policy: Policy } | { errors: string[] } => {
  if (!isRecord(input)) return { errors: ['a policy is a JSON object'] }
  const { id, timezone, atRiskFraction, clocks, version = absent.version, validFrom, choice = {} } = input
  const validFromMs =
    typeof validFrom === 'string' ? parseInstant(validFrom) : validFrom === undefined ? absent.validFrom : null
  const errors = [
    ...unknownKeys(input, KEYS, ''),
    ...(isText(id) ? [] : ['id: give a name']),
    ...(isText(timezone) && isTimeZone(timezone) ? [] : [`timezone: ${shown(timezone)} is not an IANA time zone`]),
    ...(isFraction(atRiskFraction)
      ? []
      : [`atRiskFraction: ${shown(atRiskFraction)} is not a number above 0 and at most 1`]),
    ...(Number.isSafeInteger(version) && Number(version) >= 1
      ? []
      : [`version: ${shown(version)} is not a whole number from 1 on`]),
    ...(validFromMs === null ? [`validFrom: ${shown(validFrom)} is not an ISO 8601 instant with offset`] : []),
    ...clockErrors(clocks),
    ...choiceErrors(choice),
  ]
  if (errors.length > 0) return { errors }
  return { policy: { id, timezone, atRiskFraction, clocks, version, validFrom: validFromMs, choice } as Policy }
}

const clockErrors = (clocks: unknown): string[] => {
  if (!isRecord(clocks) || Object.keys(clocks).length === 0) return ['clocks: name at least one clock']
  return Object.entries(clocks).flatMap(([name, rule]) => {
    const where = `clocks.${name}`
    if (!CLOCK_NAME.test(name)) return [`${where}: a clock's name is a letter, then letters, digits, _ and -`]
    if (!isRecord(rule)) return [`${where}: is not an object`]
    const { from, to, target, pausable } = rule
    const isMilestone = (value: unknown) => typeof value === 'string' && MILESTONES.includes(value)
    const isTarget = typeof target === 'string' && (target === 'endOfLocalDay' || parseDurationMs(target) !== null)
    return [
      ...unknownKeys(rule, RULE_KEYS, `${where}.`),
      ...(isMilestone(from) ? [] : [`${where}.from: ${shown(from)} is not one of ${MILESTONES.join(', ')}`]),
      ...(isMilestone(to) ? [] : [`${where}.to: ${shown(to)} is not one of ${MILESTONES.join(', ')}`]),
      ...(isMilestone(from) && from === to ? [`${where}: it ends where it starts`] : []),
      ...(isTarget
        ? []
        : [`${where}.target: ${shown(target)} is neither P[nW][nD][T[nH][nM][nS]] in whole numbers nor endOfLocalDay`]),
      ...(pausable === undefined || typeof pausable === 'boolean'
        ? []
        : [`${where}.pausable: ${shown(pausable)} is neither true nor false`]),
    ]
  })
}

const choiceErrors = (choice: unknown): string[] => {
  if (!isRecord(choice)) return ['choice: is not an object']
  return Object.entries(choice).flatMap(([name, value]) => {
    const allowed = CHOICES[name]
    if (allowed === undefined) return [`choice.${name}: is not known`]
    if (allowed === null) return isText(value) ? [] : [`choice.${name}: give a code`]
    return typeof value === 'string' && allowed.includes(value)
      ? []
      : [`choice.${name}: ${shown(value)} is not one of ${allowed.join(', ')}`]
  })
}

const unknownKeys = (record: { readonly [key: string]: unknown }, known: readonly string[], prefix: string) =>
  Object.keys(record)
    .filter(key => !known.includes(key))
    .map(key => `${prefix}${key}: is not known`)

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing'
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
const isFraction = (value: unknown) => typeof value === 'number' && value > 0 && value <= 1
const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
