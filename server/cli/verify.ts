import type { Command } from './command.ts'
import { openExisting } from './openExisting.ts'
import { progressBar } from './progressBar.ts'

export const verify: Command = {
  summary: 'prove that the log is whole and that every projection equals its replay',
  usage: 'gridwatch verify [--json]\n\nExit 1 when something is wrong; each thing is named.',
  options: { json: { type: 'boolean' } },
  async run(values, _, io) {
    const app = await openExisting(io)
    try {
      const faults = await app.store.verify(progressBar(io, 'verify'))
      const head = await app.store.head()
      if (values.json) io.out(JSON.stringify({ head, faults }))
      else {
        for (const fault of faults) io.out(fault)
        io.out(
          faults.length === 0 ? `whole: ${head} facts, every projection equals its replay` : `${faults.length} faults`,
        )
      }
      return faults.length === 0 ? 0 : 1
    } finally {
      await app.store.close()
    }
  },
}
