import { conform, readCases } from '#domain/sla/conformance.ts'
import { type Command, UsageError } from './command.ts'
import { readJson } from './readJson.ts'

export const conformance: Command = {
  summary: 'evaluate clock vectors with the product’s own function',
  usage:
    'gridwatch conformance FILE [--json]\n\nFILE: { cases: [{ name, policy, history, now, expect }] }. Exit 1 when any differs.',
  options: { json: { type: 'boolean' } },
  async run(values, [file], io) {
    if (file === undefined) throw new UsageError('FILE is missing')
    const read = readCases(await readJson(file))
    if ('error' in read) throw new UsageError(`${file}: ${read.error}`)
    const { hold, differ, differences } = conform(read.cases)
    if (values.json) io.out(JSON.stringify({ hold, differ, differences }))
    else {
      for (const difference of differences) io.out(JSON.stringify(difference))
      io.out(`${hold} hold, ${differ} differ`)
    }
    return differ === 0 ? 0 : 1
  },
}
