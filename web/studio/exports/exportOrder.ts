/** What is asked of /export/jobs (docs/exports.md) for a view: the same filter, kernel and classes as the map's. */
import { type HeatFilter, heatParameters } from '#domain/heat/heatFilter.ts'
import type { Quantity } from '#domain/heat/quantity.ts'
import type { StudioView } from '../view/studioView.ts'

export const SUBJECTS = ['heat', 'areas', 'incidents'] as const
export type Subject = (typeof SUBJECTS)[number]
export const FORMATS = ['geotiff', 'png', 'frames', 'gpkg', 'geojson', 'flatgeobuf', 'csv', 'xlsx'] as const
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
  readonly unit: Quantity
  readonly crs: System
  readonly headings: 'zh' | 'en'
  readonly classes?: readonly number[]
  readonly widthPx?: number
  readonly window?: string
  readonly step?: string
  readonly cumulative?: boolean
}

const PICTURE_PX = 3_840
const FRAME_PX = 1_920

/** Rasters and pictures hold nothing but heat. */
export const holds = (format: Format, what: Subject) =>
  what === 'heat' || !['geotiff', 'png', 'frames'].includes(format)

export function exportOrder(
  view: Pick<StudioView, 'bandwidthM' | 'quantity' | 'play'>,
  filter: HeatFilter,
  breaks: readonly number[],
  asked: { commandId: string; what: Subject; format: Format; crs: System; isEnglish: boolean },
): Order {
  const { commandId, what, format, crs, isEnglish } = asked
  return {
    commandId,
    what,
    format,
    filter: heatParameters({ ...filter, bounds: null }).toString(),
    bandwidthM: view.bandwidthM,
    ...pictureOf(format, view.play),
    unit: view.quantity,
    // GeoJSON is WGS 84 by its standard.
    crs: format === 'geojson' ? 'EPSG:4326' : crs,
    headings: isEnglish ? 'en' : 'zh',
    ...(breaks.length > 0 ? { classes: breaks } : {}),
  }
}

/** Frames are those of the playback. */
function pictureOf(format: Format, { windowHours, stepHours, isCumulative }: StudioView['play']) {
  if (format === 'png') return { widthPx: PICTURE_PX }
  if (format !== 'frames') return {}
  return { widthPx: FRAME_PX, window: `PT${windowHours}H`, step: `PT${stepHours}H`, cumulative: isCumulative }
}
