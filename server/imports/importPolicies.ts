import { readFile } from 'node:fs/promises'
import { checkPolicy } from '#domain/sla/policyCheck.ts'
import type { App } from '../app.ts'
import { referenceNow, refuseDemo } from './beginImport.ts'
import { type ImportOptions, type ImportReport, type RefusedRow, UnusableInput } from './importReport.ts'

/**
 * Takes policies from JSON: one, or an array. A file without `version` becomes the version after the last of its id; one
 * without `validFrom` has always been in force when it is the first of its id, and is from now on otherwise.
 */
export async function importPolicies(app: App, file: string, options: ImportOptions = {}): Promise<ImportReport> {
  const reference = await referenceNow(app)
  refuseDemo(reference)
  const inputs = await read(file)
  const refused: RefusedRow[] = []
  const told: string[] = []
  let taken = 0
  let replayed = 0
  const known = [...reference.policies]
  for (const [index, input] of inputs.entries()) {
    const versions = known.filter(policy => policy.id === idOf(input)).map(policy => policy.version)
    const last = Math.max(0, ...versions)
    const checked = checkPolicy(input, { version: last + 1, validFrom: last === 0 ? 0 : app.time.now() })
    if ('errors' in checked) {
      refused.push({ line: index + 1, field: 'policy', value: idOf(input) ?? '', reason: checked.errors.join('; ') })
      continue
    }
    const { policy } = checked
    const same = known.find(other => other.id === policy.id && isSame(other, policy))
    if (same !== undefined) {
      replayed++
      continue
    }
    if (versions.includes(policy.version)) {
      const reason = `version ${policy.version} is in force and can't be changed; give the next version`
      refused.push({ line: index + 1, field: 'version', value: String(policy.version), reason })
      continue
    }
    if (!options.dryRun) await app.store.reference.putPolicies([policy])
    known.push(policy)
    taken++
    told.push(`${policy.id} version ${policy.version}: ${Object.keys(policy.clocks).join(', ')}`)
  }
  return { rows: inputs.length, taken, replayed, refused, incidents: 0, created: { areas: 0, categories: 0, workers: 0 }, told }
}

async function read(file: string): Promise<unknown[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Array.isArray(value) ? value : [value]
  } catch (error) {
    throw new UnusableInput(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function idOf(input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null || !('id' in input)) return undefined
  return typeof input.id === 'string' ? input.id : undefined
}

/** Says the same: a file without a version that is imported again changes nothing. */
function isSame(a: object, b: object): boolean {
  const content = (policy: object) => JSON.stringify({ ...policy, version: 0, validFrom: 0 })
  return content(a) === content(b)
}
