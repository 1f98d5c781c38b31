import { geotiff, NO_DATA } from './geotiff.ts'
import { heatRaster } from './heatRaster.ts'
import type { Material } from './material.ts'
import { PRODUCT } from './product.ts'
import type { OnProgress, Rendered } from './rendered.ts'

export function heatGeotiff(material: Material, onProgress: OnProgress): Rendered {
  const { request, at, head, placeName } = material
  const { bandwidthM, unit, filter } = request
  const { raster, system, facts } = heatRaster(material, onProgress)
  const bytes = geotiff(raster, {
    system,
    description: `${placeName} heat`,
    software: `${PRODUCT.name} ${PRODUCT.version}`,
    at,
    unit,
    metadata: {
      place: placeName,
      from: new Date(filter.from).toISOString(),
      to: new Date(filter.to).toISOString(),
      unit,
      kernel: 'gaussian',
      bandwidth_m: String(bandwidthM),
      n: material.n === null ? '' : String(material.n),
      suppression_k: request.k > 1 ? String(request.k) : '',
      log_position: String(head),
      area: filter.area ?? '',
    },
  })
  return { files: [{ suffix: '', bytes }], facts: { ...facts, noData: NO_DATA } }
}
