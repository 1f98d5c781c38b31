import type { Role } from '../access/viewer.ts'
import { buildPages } from '../buildPages.ts'
import { readConfig } from '../config.ts'
import { prepareDemo } from '../demo/prepareDemo.ts'
import { readTls } from '../http/tlsFiles.ts'
import { type RunningServer, startServer } from '../main.ts'
import { openApp } from '../openApp.ts'
import type { Command, Io } from './command.ts'
import { listen } from './listen.ts'
import { progressBar } from './progressBar.ts'
import { stopSignal } from './stopSignal.ts'

export const start: Command = {
  summary: 'serve everything on one port; on an empty store: the demo street',
  usage:
    'gridwatch start [--dev]\n\nThe environment: see README. --dev builds the pages again whenever a source changes; reload the page to see it.',
  options: { dev: { type: 'boolean' } },
  async run(values, _, io) {
    const config = readConfig(io.env)
    await readTls(config) // a wrong one is told before the pages are built and the street is filled
    const stopBuilding = await buildPages(io.err, values.dev === true)
    try {
      await serve(io)
      return 0
    } finally {
      stopBuilding()
    }
  },
}

/** Until it is told to stop. */
async function serve(io: Io): Promise<void> {
  const opened = await openApp(io.env)
  const demo = await prepareDemo(opened, progressBar(io, 'the street so far'), io.err)
  const server = await listen(() => startServer(demo?.app ?? opened), opened.config)
  const stopDemo = demo === null ? null : await demo.begin(server)
  await printAddresses(server, demo !== null, io)
  await stopSignal(ownSignals, () => performance.now())
  io.err('stopping')
  await stopDemo?.()
  await server.close()
}

async function printAddresses(server: RunningServer, isDemo: boolean, io: Io): Promise<void> {
  if (!isDemo) {
    io.out(`Gridwatch 格望\n  wall  ${server.url}/wall\n  studio  ${server.url}/studio`)
    io.out('Each shows a code: gridwatch token --role wall|analyst --area CODE --pair THAT_CODE lets it in.')
    return
  }
  const areas = await server.rootAreas()
  const tokenOf = (role: Role, name: string) =>
    server.tokens.standing({ role, areas, worker: null, device: null, name, expiresAt: null })
  const [wall, studio] = await Promise.all([tokenOf('wall', 'demo wall'), tokenOf('analyst', 'demo studio')])
  io.out('Gridwatch 格望: the demo street')
  io.out(`  wall  ${server.url}/wall#token=${wall}\n  studio  ${server.url}/studio#token=${studio}`)
}

const ownSignals = {
  on: (signal: NodeJS.Signals, listener: () => void) => process.on(signal, listener),
  removeAllListeners: (signal: NodeJS.Signals) => process.removeAllListeners(signal),
  kill: (signal: NodeJS.Signals) => process.kill(process.pid, signal),
}
