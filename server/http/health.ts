import type { ArchiveState } from '#domain/basemap/basemapState.ts'
import type { App } from '../app.ts'
import type { Metrics } from '../metrics.ts'
import { json, plain, type Route } from './router.ts'

/** /healthz: the process answers, and with which build of the pages. /readyz: the store answers and time is sound. /metrics: Prometheus text. */
export function healthRoutes(
  app: App,
  metrics: Metrics,
  build: () => Promise<string | null>,
  archive: () => Promise<ArchiveState | null>,
  isClosing: () => boolean,
): Route {
  return async (_, url) => {
    if (url.pathname === '/healthz')
      return plain(200, 'ok', { 'cache-control': 'no-store', 'gridwatch-build': (await build()) ?? '' })
    if (url.pathname === '/readyz') return readiness(app, await archive(), isClosing())
    if (url.pathname === '/metrics')
      return plain(200, metrics.text(await app.store.head()), { 'content-type': 'text/plain; version=0.0.4' })
    return null
  }
}

/** A base map that can't be read is told, and no reason to take the server out of service: every map works without. */
async function readiness(app: App, archive: ArchiveState | null, closing: boolean): Promise<Response> {
  const step = app.time.lastStep()
  const clockStep = step === null ? null : { at: new Date(step.at).toISOString(), byMs: step.byMs }
  const basemap = archive?.status === 'unreadable' ? archive.fault : (archive?.status ?? 'none')
  try {
    const head = await app.store.head()
    return json(closing ? 503 : 200, { ready: !closing, head, clockStep, basemap })
  } catch (error) {
    app.log('not ready', { error: String(error) })
    return json(503, { ready: false, store: 'does not answer', clockStep, basemap })
  }
}
