import type { App } from '../app.ts'
import type { Asker } from '../incidents/scope.ts'
import type { ExportRequest } from './exportRequest.ts'
import { gather, type Moment } from './gather.ts'
import { render } from './render.ts'
import type { OnProgress, RenderedFile } from './rendered.ts'
import { type Sidecar, sidecarOf } from './sidecar.ts'

export type Export = {
  readonly files: readonly RenderedFile[]
  readonly sidecar: Sidecar
}

/** From what is asked for to bytes and what must be known of them. */
export async function makeExport(
  app: App,
  asker: Asker,
  request: ExportRequest,
  moment: Moment,
  onProgress?: OnProgress,
): Promise<Export> {
  const material = await gather(app, asker, request, moment)
  const rendered = await render(material, onProgress)
  return { files: rendered.files, sidecar: sidecarOf(material, rendered) }
}
