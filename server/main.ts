import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServerAdapter } from '@whatwg-node/server'
import { tokens as createTokens, type Tokens } from './access/tokens.ts'
import { keepArchive } from './basemap/archiveKeeper.ts'
import { tianditu } from './basemap/tianditu.ts'
import { tileRoute } from './basemap/tileRoute.ts'
import { incidentCommands, type TimedIncidentCommands } from './commands/incidentCommands.ts'
import type { Config } from './config.ts'
import { createExportJobs } from './exports/exportJobs.ts'
import { exportRoute } from './exports/exportRoute.ts'
import { MOST_READ } from './exports/mirrorCounts.ts'
import { feedRoute } from './feeds/feedRoute.ts'
import { createGraphql } from './graphql/yoga.ts'
import { heatRoute } from './heat/heatRoute.ts'
import { mirrorKeeper } from './heat/mirror/keeper.ts'
import { mirrorFile } from './heat/mirror/mirrorFile.ts'
import { scanThreads } from './heat/mirror/scanThreads.ts'
import { mirrorHeat } from './heat/mirrorHeat.ts'
import { basemapRoute } from './http/basemap.ts'
import { peerAddress, proxiedAddress } from './http/clientAddress.ts'
import { healthRoutes } from './http/health.ts'
import { pageRoute } from './http/pages.ts'
import { pairingRoute } from './http/pairing.ts'
import { router } from './http/router.ts'
import { MOST_PER_ADDRESS, serveSocket } from './http/socket.ts'
import { staticFiles } from './http/staticFiles.ts'
import { readTls } from './http/tlsFiles.ts'
import { createLive } from './live/live.ts'
import { createMetrics } from './metrics.ts'
import type { OpenApp } from './openApp.ts'
import { positionService, type TimedPositionService } from './positions/positionService.ts'
import { replayRoute } from './replay/replayRoute.ts'
import { readSecret } from './secret.ts'
import { startBreachTimers } from './timers/breachTimers.ts'
import { trackRoute } from './tracks/trackRoute.ts'

/** Beside the process's secret; one folder for each port, so that two servers never share one. */
const EXPORTS = join('var', 'exports')
const ROOT = fileURLToPath(new URL('..', import.meta.url))

export type RunningServer = {
  readonly url: string
  readonly tokens: Tokens
  readonly commands: TimedIncidentCommands
  readonly positions: TimedPositionService
  rootAreas(): Promise<string[]>
  close(): Promise<void>
}

/** Serves everything on one port: GraphQL, subscriptions, doors, pages. Returns when it can be reached. */
export async function startServer(app: OpenApp): Promise<RunningServer> {
  const tls = await readTls(app.config) // before anything runs that would have to be closed
  let closing = false
  const metrics = createMetrics(() => process.memoryUsage.rss())
  const tokens = createTokens(app, await readSecret(app.config))
  const commands = incidentCommands(app)
  const positions = positionService(app, metrics)
  const live = createLive(app, positions, () => performance.now())
  const viewerOf = async (authorization: string | null) => {
    const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
    return token === undefined ? null : tokens.viewer(token)
  }
  const graphql = createGraphql({ app, commands, positions, live, viewerOf })
  const mirror = mirrorKeeper(app, mirrorFile(app.config.databaseUrl))
  const scans = scanThreads()
  const heat = mirrorHeat(app, mirror, scans)
  const exportFolder = join(EXPORTS, app.config.port === 0 ? app.random.hex(8) : String(app.config.port))
  const countMany = { heat, mostRead: MOST_READ }
  const exportJobs = createExportJobs(app, countMany, exportFolder, () => performance.now())
  const archive = keepArchive(app.config.basemap, app.log)
  const tiles = app.config.tianditu && tianditu(app.config.tianditu, app.time.now, app.log)
  const pages = staticFiles(join(ROOT, 'dist'))
  const clientAddress = app.config.trustProxy ? proxiedAddress : peerAddress
  const handle = router(
    app,
    [
      (request, url) => (url.pathname === '/graphql' ? graphql.yoga.fetch(request) : Promise.resolve(null)),
      healthRoutes(app, metrics, pages.build, archive.state, () => closing),
      pairingRoute(tokens, app.time.now),
      basemapRoute(app, tokens, join(ROOT, 'data', 'demo')),
      tileRoute(tokens, archive, tiles),
      heatRoute(app, tokens, heat),
      exportRoute(app, tokens, exportJobs),
      replayRoute(app, tokens),
      trackRoute(app, tokens),
      feedRoute(app, tokens, positions, metrics),
      pageRoute(pages.file),
    ],
    clientAddress,
  )
  const server = httpServer(tls, createServerAdapter(handle))
  const closeSocket = serveSocket(server, graphql.socket, MOST_PER_ADDRESS, clientAddress)
  try {
    await listening(server, app.config)
  } catch (error) {
    live.close()
    await closeSocket()
    await Promise.all([mirror.close(), scans.close(), exportJobs.close(), archive.close()])
    await app.store.close()
    throw error
  }
  await archive.state() // what is wrong with it stands in the log from the start
  // Such as no file left for one more connection: the others stay served.
  server.on('error', error => app.log('the server failed', { error: String(error) }))
  const stopTimers = startBreachTimers(app)
  const stopComparing = compareClocks(app)
  return {
    url: app.config.publicUrl ?? addressOf(server, app.config),
    tokens,
    commands,
    positions,
    rootAreas: async () => (await app.reference()).areas.roots(app.time.now()).map(area => area.code),
    async close() {
      closing = true
      stopComparing()
      await stopTimers()
      live.close()
      await closeSocket()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await Promise.all([mirror.close(), scans.close(), exportJobs.close(), archive.close()])
      await app.store.close()
    },
  }
}

/** The clock follows a step of the machine's; who looks for a strange time finds it in the log. */
function compareClocks({ time, log }: OpenApp): () => void {
  const timer = setInterval(() => {
    const before = time.lastStep()
    time.compare()
    const step = time.lastStep()
    if (step !== null && step !== before)
      log("the machine's clock stepped", { at: new Date(step.at).toISOString(), byMs: step.byMs })
  }, time.compareEveryMs)
  return () => clearInterval(timer)
}

function httpServer(
  tls: Awaited<ReturnType<typeof readTls>>,
  listener: ReturnType<typeof createServerAdapter>,
): Server {
  if (tls === null) return createServer(listener)
  return createSecureServer(tls, listener)
}

function listening(server: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function addressOf(server: Server, config: Config): string {
  const { port } = server.address() as AddressInfo
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return `${config.tls === null ? 'http' : 'https'}://${host}:${port}`
}
