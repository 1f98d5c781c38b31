import { readFile } from 'node:fs/promises'
import { conform } from '#domain/sla/conformance.ts'
import { type Command, UsageError } from './command.ts'

export const conformance: Command = {
  summary: 'evaluate clock vectors with the product’s own function',
  usage:
    'gridwatch conformance FILE [--json]\n\nFILE: { cases: [{ name, policy, history, now, expect }] }. Exit 1 when any differs.',
  options: { json: { type: 'boolean' } },
  async run(values, [file], io) {
    if (file === undefined) throw new UsageError('FILE is missing')
    const { hold, differences } = conform(await readJson(file))
    if (values.json) io.out(JSON.stringify({ hold, differ: differences.length, differences }))
    else {
      for (const difference of differences) io.out(JSON.stringify(difference))
      io.out(`${hold} hold, ${differences.length} differ`)
    }
    return differences.length === 0 ? 0 : 1
  },
}

export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
