import { prepareDemo } from '../demo/prepareDemo.ts'
import { openApp } from '../openApp.ts'
import { type Command, UsageError } from './command.ts'
import { progressBar } from './progressBar.ts'

export const simulate: Command = {
  summary: 'fill a demo store with its story up to now, without serving it',
  usage:
    'gridwatch simulate\n\nYesterday and the day so far go into an empty store or one that the demo made; start goes on from there.',
  options: {},
  async run(_, __, io) {
    const app = await openApp(io.env)
    try {
      const demo = await prepareDemo(app, progressBar(io, 'the street so far'), io.err)
      if (demo === null)
        throw new UsageError(
          'GRIDWATCH_DEMO is off, or this store holds real data: the simulator acts only on a demo store',
        )
      io.out(`the street has ${await app.store.head()} facts`)
      return 0
    } finally {
      await app.store.close()
    }
  },
}
