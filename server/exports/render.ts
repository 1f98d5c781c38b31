import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { ExportRefused } from './exportRefused.ts'
import { geojson } from './geojson.ts'
import { geotiff, NO_DATA } from './geotiff.ts'
import { frameOf, heatGrid, rasterOf } from './heatRaster.ts'
import type { Layer } from './layer.ts'
import { areasLayer, incidentsLayer } from './layers.ts'
import type { Material } from './material.ts'
import { PRODUCT } from './product.ts'
import { knownSystem, projectionTo } from './projection.ts'

/** `suffix`: after the name that was asked for; '' is the file itself. */
export type RenderedFile = { readonly suffix: string; readonly bytes: Uint8Array }
export type Rendered = {
  readonly files: readonly RenderedFile[]
  /** What the sidecar says of the file beside what was asked. */
  readonly facts: { readonly [name: string]: unknown }
}
export type OnProgress = (share: number) => void

/** Writes the file from what was gathered. Pure but for time taken: the same material always gives the same bytes. */
export async function render(material: Material, onProgress: OnProgress = () => {}): Promise<Rendered> {
  const { format } = material.request
  const system = knownSystem(material.systemCode)
  switch (format) {
    case 'geotiff':
      return heatGeotiff(material, system, onProgress)
    case 'geojson': {
      const layer = layerOf(material)
      return { files: [{ suffix: '', bytes: geojson(layer, material.timezone) }], facts: factsOf([layer]) }
    }
    default:
      throw new ExportRefused(`there is no format ${format satisfies never}`)
  }
}

function heatGeotiff(material: Material, system: CoordinateSystem, onProgress: OnProgress): Rendered {
  const { request, counts, outlines, bounds, at, head } = material
  if (counts === null) throw new Error('heat was asked for and nothing counted')
  const { bandwidthM, unit, filter, cellM } = request
  const projection = projectionTo(system)
  const grid = heatGrid(counts, { bandwidthM, unit, windowMs: filter.to - filter.from }, outlines)
  const frame = frameOf(bounds, cellM, system, projection)
  const raster = rasterOf(grid, frame, projection, row => onProgress((row + 1) / frame.height))
  const { width, height, west, north, cellX, cellY } = frame
  const bytes = geotiff(raster, {
    system,
    description: `${material.placeName} heat`,
    software: `${PRODUCT.name} ${PRODUCT.version}`,
    at,
    unit,
    metadata: {
      place: material.placeName,
      from: new Date(filter.from).toISOString(),
      to: new Date(filter.to).toISOString(),
      unit,
      kernel: 'gaussian',
      bandwidth_m: String(bandwidthM),
      n: String(material.n),
      log_position: String(head),
      area: filter.area ?? '',
    },
  })
  return {
    files: [{ suffix: '', bytes }],
    facts: {
      raster: { width, height, west, north, cellX, cellY, unit: system.unit, noData: NO_DATA, pixel: 'area' },
      lattice: { level: grid.grid.level, countLevel: counts.level },
      mass: grid.mass,
      isClipped: outlines !== null,
    },
  }
}

function layerOf(material: Material): Layer {
  switch (material.request.what) {
    case 'areas':
      return areasLayer(material)
    case 'incidents':
      return incidentsLayer(material)
    case 'heat':
      throw new ExportRefused('heat as cells is not there yet')
  }
}

function factsOf(layers: readonly Layer[]): Rendered['facts'] {
  return {
    layers: layers.map(({ name, rows, columns }) => ({ name, rows: rows.length, columns: columns.map(c => c.name) })),
  }
}
