/** Takes policies from a JSON file: one or an array. A version that is there already stays as it is. */
import { readFile } from 'node:fs/promises'
import canonicalize from 'canonicalize'
import type { Policy } from '#domain/sla/policy.ts'
import { checkPolicy } from '#domain/sla/policyCheck.ts'
import type { App } from '../app.ts'
import { freshReference } from '../reference.ts'
import { refuseDemo } from './beginImport.ts'
import { type ImportOptions, type ImportReport, type RefusedRow, UnusableInput } from './importReport.ts'

/** In the report a policy is a row; its line is its place in the array, from 1. */
export async function importPolicies(app: App, file: string, options: ImportOptions = {}): Promise<ImportReport> {
  const inputs = await readPolicies(file)
  const reference = await freshReference(app.store)
  refuseDemo(reference, options)
  const known = [...reference.policies]
  const added: Policy[] = []
  const refused: RefusedRow[] = []
  const told: string[] = []
  let replayed = 0
  inputs.forEach((input, i) => {
    const checked = checkPolicy(input, absentIn(input, known, app.time.now()))
    if ('errors' in checked) {
      const [first = '', ...more] = checked.errors
      const field = /^[\w.]+(?=: )/.exec(first)?.[0] ?? ''
      const reason = [first.slice(field === '' ? 0 : field.length + 2), ...more].join('; ')
      refused.push({ line: i + 1, field, value: nameOf(input), reason })
      return
    }
    const { policy } = checked
    const same = known.find(({ id, version }) => id === policy.id && version === policy.version)
    if (same && isSame(same, policy)) {
      replayed++
    } else if (same) {
      const reason = `version ${policy.version} of ${policy.id} is there with other content, and a version never changes; give the next one`
      refused.push({ line: i + 1, field: 'version', value: String(policy.version), reason })
    } else {
      known.push(policy)
      added.push(policy)
      const since = policy.validFrom === 0 ? 'ever' : new Date(policy.validFrom).toISOString()
      told.push(`${policy.id} version ${policy.version} is in force since ${since}.`)
    }
  })
  if (!options.dryRun && added.length > 0) await app.store.reference.putPolicies(added)
  const created = { areas: 0, categories: 0, workers: 0 }
  return { rows: inputs.length, taken: added.length, replayed, refused, incidents: 0, created, told }
}

async function readPolicies(file: string): Promise<unknown[]> {
  try {
    const read: unknown = JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, ''))
    return Array.isArray(read) ? read : [read]
  } catch (error) {
    throw new UnusableInput(`${file} can't be read as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/**
 * What a policy that names no version is: the newest one, when nothing else changed; else the next one, in force from
 * now on, because the past was promised under the old one. The very first is in force since ever.
 */
function absentIn(input: unknown, known: readonly Policy[], now: number): { version: number; validFrom: number } {
  const newest = known.filter(({ id }) => id === nameOf(input)).reduce<Policy | null>(newer, null)
  if (!newest) return { version: 1, validFrom: 0 }
  const unchanged = checkPolicy(input, newest)
  if ('policy' in unchanged && isSame(unchanged.policy, newest)) return newest
  return { version: newest.version + 1, validFrom: now }
}

function newer(a: Policy | null, b: Policy): Policy {
  return a && a.version > b.version ? a : b
}

function nameOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'id' in input ? String(input.id) : ''
}

/** The order of the clocks counts: it decides which one leads. */
function isSame(a: Policy, b: Policy): boolean {
  return canonicalize(a) === canonicalize(b) && Object.keys(a.clocks).join() === Object.keys(b.clocks).join()
}
