import { heatParameters } from '#domain/heat/heatFilter.ts'
import type { App } from '../app.ts'
import type { Author } from './material.ts'
import type { Sidecar } from './sidecar.ts'

/**
 * Notes that a file leaves. Before it can be fetched: nothing leaves unseen. `taker`: who has it, which is not its author where it is
 * made again from a sidecar.
 */
export async function recordExport(
  app: App,
  sidecar: Sidecar,
  taker: Pick<Author, 'by' | 'name' | 'role'>,
): Promise<void> {
  const { author, request, filter, data, n, files } = sidecar
  await app.store.reference.recordExport({
    id: app.random.uuid(),
    token: taker.by.startsWith('token:') ? taker.by.slice('token:'.length) : null,
    actor: taker.by,
    name: taker.name,
    role: taker.role,
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
  if (taker.role !== null) app.log('exported', { what: request.what, format: request.format, by: taker.by, n: n.used })
}
