import type { Command } from './command.ts'
import { openExisting } from './openExisting.ts'
import { progressBar } from './progressBar.ts'

export const rebuild: Command = {
  summary: 'empty the projections and replay the log into them',
  usage: 'gridwatch rebuild',
  options: {},
  async run(_, __, io) {
    const app = await openExisting(io)
    try {
      await app.store.rebuild(progressBar(io, 'rebuild'))
      io.out(`rebuilt from ${await app.store.head()} facts`)
      return 0
    } finally {
      await app.store.close()
    }
  },
}
