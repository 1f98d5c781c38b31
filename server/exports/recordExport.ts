import { heatParameters } from '#domain/heat/heatFilter.ts'
import type { App } from '../app.ts'
import type { Sidecar } from './sidecar.ts'

/** Notes that a file leaves. Before it can be fetched: nothing leaves unseen. */
export async function recordExport(app: App, sidecar: Sidecar): Promise<void> {
  const { author, request, filter, data, n, files } = sidecar
  await app.store.reference.recordExport({
    id: app.random.uuid(),
    token: author.by.startsWith('token:') ? author.by.slice('token:'.length) : null,
    actor: author.by,
    name: author.name,
    role: author.role,
    areas: author.areas,
    what: request.what,
    format: request.format,
    filter: heatParameters(filter).toString(),
    head: data.head,
    n: n.used,
    suppressionK: request.k === undefined || request.k === 1 ? null : request.k,
    sha256: files[0]?.sha256 ?? '',
    at: app.time.now(),
  })
  if (author.role !== null)
    app.log('exported', { what: request.what, format: request.format, by: author.by, n: n.used })
}
