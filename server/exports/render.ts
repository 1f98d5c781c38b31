import { ExportRefused } from './exportRefused.ts'
import type { Format } from './formats.ts'
import { heatGeotiff } from './heatGeotiff.ts'
import type { Material } from './material.ts'
import type { OnProgress, Rendered } from './rendered.ts'
import { tables } from './tables.ts'

type Renderer = (material: Material, onProgress: OnProgress) => Promise<Rendered> | Rendered

const RENDERERS: { readonly [F in Format]: Renderer } = {
  geotiff: heatGeotiff,
  gpkg: tables,
  geojson: tables,
  flatgeobuf: tables,
  csv: tables,
  xlsx: tables,
}

/** Writes the file from what was gathered; nothing else is read. The same material always gives the same bytes. */
export async function render(material: Material, onProgress: OnProgress = () => {}): Promise<Rendered> {
  const rendered = await RENDERERS[material.request.format](material, onProgress)
  if (rendered.files.length === 0) throw new ExportRefused('there is nothing to export')
  return rendered
}
