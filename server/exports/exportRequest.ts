/** What somebody asks to have as a file: checked at the door, completed with the place's own settings, kept in the sidecar. */
import { z } from 'zod'
import { coordinateSystem, gaussKrugerAt, utmAt } from '#domain/geo/coordinateSystem.ts'
import type { HeatUnit } from '#domain/heat/density.ts'
import { type HeatFilter, heatFilterOf, heatParameters } from '#domain/heat/heatFilter.ts'
import { decidedIn, QUANTITIES, type Quantity } from '#domain/heat/quantity.ts'
import { parseDurationMs } from '#domain/time/duration.ts'
import { mayExportSmallCounts } from '../access/may.ts'
import type { ReferenceData } from '../app.ts'
import type { Asker } from '../incidents/scope.ts'
import { FORMATS, type Format, SUBJECTS, type Subject } from './formats.ts'

export const FINEST_BANDWIDTH_M = 20
export const COARSEST_BANDWIDTH_M = 10_000
const WIDEST_PX = 7680
const DEFAULT_K = 5

const duration = z.string().refine(text => (parseDurationMs(text) ?? 0) > 0, 'is no duration such as PT1H')

/** As it comes over HTTP and stands in a sidecar; what is absent is taken from the place's settings. */
export const askedExport = z.strictObject({
  what: z.enum(SUBJECTS),
  format: z.enum(Object.keys(FORMATS) as [Format, ...Format[]]),
  filter: z.string().max(10_000).describe('the parameters of /heat/counts: from=…&to=…&area=…'),
  bandwidthM: z.number().min(FINEST_BANDWIDTH_M).max(COARSEST_BANDWIDTH_M).optional(),
  unit: z.enum(QUANTITIES).optional(),
  cellM: z.number().min(1).max(100_000).optional(),
  crs: z
    .string()
    .regex(/^(EPSG:\d{4,5}|gaussKruger|utm)$/, 'must be EPSG:N, gaussKruger or utm')
    .optional(),
  classes: z.array(z.number().positive()).min(1).max(12).refine(isAscending, 'must be ascending').optional(),
  headings: z.enum(['zh', 'en', 'codes']).optional(),
  bom: z.boolean().optional(),
  furniture: z.boolean().optional(),
  widthPx: z.int().min(256).max(WIDEST_PX).optional(),
  title: z.string().max(120).optional(),
  k: z.int().min(1).max(100).optional().describe('counts below it are held back; 1: none'),
  window: duration.optional().describe('frames: how long each counts, e.g. PT1H'),
  step: duration.optional().describe('frames: from one to the next'),
  cumulative: z.boolean().optional().describe('frames: each counts from the beginning'),
})
export type AskedExport = z.infer<typeof askedExport>

export type ExportRequest = {
  readonly what: Subject
  readonly format: Format
  readonly filter: HeatFilter
  readonly bandwidthM: number
  readonly unit: Quantity
  readonly cellM: number
  readonly crs: string
  readonly classes: readonly number[]
  readonly headings: 'zh' | 'en' | 'codes'
  readonly bom: boolean
  readonly furniture: boolean
  readonly widthPx: number
  readonly title: string | null
  readonly k: number // counts below it are held back; 1: none
  readonly windowMs: number
  readonly stepMs: number
  readonly cumulative: boolean
}

type HeatSettings = { readonly unit?: HeatUnit; readonly bandwidthM?: number; readonly classes?: readonly number[] }

/** A string says what is wrong. The reverse is `askedOf`. */
export function exportRequestOf(
  body: unknown,
  reference: Pick<ReferenceData, 'settings'>,
  asker: Asker,
): ExportRequest | string {
  const parsed = askedExport.safeParse(body)
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the request'}: ${message}`).join('; ')
  const asked = parsed.data
  const found = heatFilterOf(new URLSearchParams(asked.filter))
  if (typeof found === 'string') return `filter: ${found}`
  const format = FORMATS[asked.format]
  if (!format.of.includes(asked.what)) return `${asked.format} holds ${format.of.join(' or ')}, not ${asked.what}`
  const crs = asked.crs ?? format.crs
  if (/^EPSG:/.test(crs) && coordinateSystem(Number(crs.slice(5))) === null)
    return `${crs} is not among the supported systems: EPSG:4326, 4490, 3857, 4534…4554 (CGCS2000 Gauss-Kruger), 32601…32760 (UTM), gaussKruger, utm`
  if (format.isWgs84Only && crs !== 'EPSG:4326')
    return `${asked.format} is longitude and latitude in WGS 84 (EPSG:4326) only`
  const settings = (reference.settings['heat'] ?? {}) as HeatSettings
  const bandwidthM = asked.bandwidthM ?? settings.bandwidthM ?? 120
  const unit = asked.unit ?? settings.unit ?? 'perHectareHour'
  const filter = asked.what === 'heat' && unit === 'share' ? decidedIn(found) : found
  if (found.clockState !== null && !isSame(found.clockState, filter.clockState))
    return 'a share of breaches is of all that is decided: leave clockState out'
  const classes = asked.classes ?? classesOf(unit, settings)
  if (classes.length === 0 && asked.what === 'heat' && format.drawsClasses)
    return `${unit} has no classes of its own here: say where each begins (classes, --classes), e.g. 1,2,5`
  const windowMs = parseDurationMs(asked.window ?? 'PT1H') ?? 0
  const stepMs = asked.step === undefined ? windowMs : (parseDurationMs(asked.step) ?? 0)
  const k = Math.max(asked.k ?? 1, leastK(reference, asker))
  if (k > 1 && asked.format === 'frames' && (asked.cumulative === true || stepMs < windowMs))
    return 'frames that overlap would give small counts by subtraction: ask for a step as long as the window'
  return {
    what: asked.what,
    format: asked.format,
    filter,
    bandwidthM,
    unit,
    cellM: asked.cellM ?? bandwidthM / format.cellsPerBandwidth,
    crs,
    classes,
    headings: asked.headings ?? 'zh',
    bom: asked.bom ?? true,
    furniture: asked.furniture ?? true,
    widthPx: asked.widthPx ?? 1920,
    title: asked.title ?? null,
    k,
    windowMs,
    stepMs,
    cumulative: asked.cumulative ?? false,
  }
}

/** Complete, so that asking again with it does not depend on the place's settings. */
export function askedOf(request: ExportRequest): AskedExport {
  const { filter, title, windowMs, stepMs, classes, ...rest } = request
  return {
    ...rest,
    filter: heatParameters(filter).toString(),
    ...(classes.length === 0 ? {} : { classes: [...classes] }),
    window: `PT${windowMs / 1000}S`,
    step: `PT${stepMs / 1000}S`,
    ...(title === null ? {} : { title }),
  }
}

/** The place's are of the place's unit; none where a number would be a guess. */
function classesOf(unit: Quantity, settings: HeatSettings): readonly number[] {
  if (unit === 'share') return [0.2, 0.4, 0.6, 0.8]
  if (unit === (settings.unit ?? 'perHectareHour')) return settings.classes ?? [0.1, 0.2, 0.3, 0.4, 0.5]
  return []
}

/** Below this nothing leaves for the asker, whatever is asked for. */
function leastK({ settings }: Pick<ReferenceData, 'settings'>, asker: Asker): number {
  if (asker === null || mayExportSmallCounts(asker)) return 1
  const k = settings['suppressionK']
  return typeof k === 'number' && Number.isInteger(k) && k >= 1 ? k : DEFAULT_K
}

/** The EPSG number; the fitting zones are those of a place in the middle of what is exported. Null: no zone fits. */
export function systemCode(crs: string, middle: readonly [lng: number, lat: number]): number | null {
  if (crs === 'gaussKruger') return gaussKrugerAt(middle[0])
  if (crs === 'utm') return utmAt(...middle)
  return Number(crs.slice(5))
}

function isSame(states: readonly string[], others: readonly string[] | null): boolean {
  return states.toSorted().join() === others?.toSorted().join()
}

function isAscending(breaks: readonly number[]): boolean {
  return breaks.every((value, i) => value > (breaks[i - 1] ?? 0))
}
