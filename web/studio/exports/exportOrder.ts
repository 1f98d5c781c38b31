/** What is asked of /export/jobs (docs/exports.md) for a view: the same filter, kernel and classes as the map's. */
import { type HeatFilter, heatParameters } from '#domain/heat/heatFilter.ts'
import type { StudioView } from '../view/studioView.ts'

export const SUBJECTS = ['heat', 'areas', 'incidents'] as const
export type Subject = (typeof SUBJECTS)[number]
export const FORMATS = ['geotiff', 'gpkg', 'geojson', 'flatgeobuf', 'csv', 'xlsx'] as const
export type Format = (typeof FORMATS)[number]
/** CGCS2000 and WGS 84 in degrees, Web Mercator, and the fitting zones in metres. */
export const SYSTEMS = ['EPSG:4490', 'EPSG:4326', 'EPSG:3857', 'gaussKruger', 'utm'] as const
export type System = (typeof SYSTEMS)[number]

export type Order = {
  readonly commandId: string
  readonly what: Subject
  readonly format: Format
  readonly filter: string
  readonly bandwidthM: number
  readonly unit: 'perKm2' | 'perHectareHour'
  readonly crs: System
  readonly headings: 'zh' | 'en'
  readonly classes?: readonly number[]
}

/** GeoJSON is WGS 84 by its standard. A raster holds nothing but heat. */
export const holds = (format: Format, what: Subject) => format !== 'geotiff' || what === 'heat'

export function exportOrder(
  view: Pick<StudioView, 'bandwidthM' | 'quantity'>,
  filter: HeatFilter,
  breaks: readonly number[],
  asked: { commandId: string; what: Subject; format: Format; crs: System; isEnglish: boolean },
): Order {
  const { commandId, what, format, crs, isEnglish } = asked
  const isDensity = view.quantity === 'perKm2' || view.quantity === 'perHectareHour'
  return {
    commandId,
    what,
    format,
    filter: heatParameters({ ...filter, bounds: null }).toString(),
    bandwidthM: view.bandwidthM,
    unit: view.quantity === 'perKm2' ? 'perKm2' : 'perHectareHour',
    crs: format === 'geojson' ? 'EPSG:4326' : crs,
    headings: isEnglish ? 'en' : 'zh',
    ...(isDensity && breaks.length > 0 ? { classes: breaks } : {}),
  }
}
