/**
 * What a mapping file may say: how the columns of somebody's CSV become incidents, workers or positions. Parsed once, at
 * the door; `docs/schemas/*.json` is made from these definitions (`writeSchemas.ts`).
 */

import { z } from 'zod'
import { isTimeZone } from '#domain/time/localTime.ts'

const column = z.string().min(1).describe('the name of a column, exactly as the header writes it')
const zone = z.string().refine(isTimeZone, 'is not an IANA time zone').describe('an IANA time zone, e.g. Asia/Shanghai')

const valueMapping = z
  .union([
    z.strictObject({ value: z.string().describe('the same for every row') }),
    z.strictObject({
      column,
      values: z.record(z.string(), z.string()).optional().describe('cell → value; a cell not listed stays as it is'),
      otherwise: z.string().optional().describe('used when the cell is empty'),
      prefix: z.string().optional().describe('put before the value'),
    }),
    z.strictObject({ template: z.string().describe('text with {column names}, e.g. "{Street} {No}"') }),
  ])
  .describe('where a value comes from')
export type ValueMapping = z.infer<typeof valueMapping>

const placeMapping = z
  .union([
    z.strictObject({ lng: column, lat: column }),
    z.strictObject({
      column,
      pattern: z.string().refine(hasLngLat, 'must name lat and lng').describe('e.g. "(lat, lng)" or "POINT(lng lat)"'),
    }),
  ])
  .describe('two columns of decimal degrees, or one column and the pattern that it is written in')
export type PlaceMapping = z.infer<typeof placeMapping>

const common = {
  $schema: z.string().optional(),
  name: z.string().min(1).describe('the source; with the row’s own key it makes the ids, so keep it the same for ever'),
  store: z
    .strictObject({ name: z.string().min(1), timezone: zone })
    .optional()
    .describe('the name and the display zone that an empty store takes from its first import'),
  file: z
    .strictObject({
      encoding: z.enum(['utf-8', 'gb18030', 'utf-16le']).optional().describe('absent: found out, and said'),
      delimiter: z.enum([',', ';', '\t']).optional().describe('absent: found out from the header'),
    })
    .optional(),
  timezone: zone.optional().describe('the zone of times that carry none; --timezone goes before it'),
  datum: z.enum(['wgs84', 'cgcs2000', 'gcj02', 'bd09']).optional().describe('of every place; --datum goes before it'),
  dateFormats: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'tried in turn: iso, epochSeconds, epochMs, or a pattern of yyyy MM M dd d HH H hh h mm m ss s SSS a (AM or PM); all else stands for itself (absent: iso)',
    ),
}

const milestone = z.strictObject({
  column,
  take: z.enum(['first', 'last']).optional().describe('which of a group’s rows counts (absent: first)'),
})
const assignment = z.strictObject({ column }).describe('one fact per row, for the worker of the row')

const areaLevel = z.strictObject({
  column,
  as: z.enum(['name', 'code']).describe('name: the code is made of the parent’s code and the name'),
  level: z.string().min(1),
  unknown: z.array(z.string()).optional().describe('cells that name no area, besides the empty cell'),
})

export const incidentsMapping = z
  .strictObject({
    kind: z.literal('incidents'),
    ...common,
    group: z.strictObject({ by: column }).describe('rows with the same cell are one incident'),
    number: valueMapping.describe('the number people say on the radio; unique'),
    source: valueMapping,
    category: z.strictObject({
      from: valueMapping,
      create: z.boolean().optional().describe('make categories that the store does not have (absent: refuse the row)'),
      names: z.record(z.string(), z.string()).optional().describe('id → name for those made'),
      symbols: z
        .record(z.string(), z.string())
        .optional()
        .describe('id → the one character drawn for it (absent: the name’s first)'),
    }),
    tier: valueMapping.optional().describe('minor, major, hard or empty'),
    title: valueMapping.optional().describe('free text; kept apart from the log so that it can be erased'),
    description: valueMapping.optional(),
    place: placeMapping.optional(),
    area: z
      .strictObject({
        root: z.strictObject({ code: z.string().min(1), name: z.string().min(1), level: z.string().min(1) }),
        levels: z.array(areaLevel).min(1).describe('from the level under the root downwards'),
        create: z.boolean().optional().describe('make areas that the store does not have, without geometry'),
      })
      .optional()
      .describe('absent: the area that holds the place'),
    milestones: z
      .strictObject({
        occurred: milestone.optional(),
        signalled: milestone.optional(),
        reported: milestone,
        dispatched: assignment.optional(),
        accepted: assignment.optional(),
        arrived: assignment.optional(),
        resolved: milestone.optional(),
        closed: milestone.optional(),
      })
      .describe('in this order a row’s times must not go back; a row whose times do is refused'),
    worker: z
      .strictObject({
        from: valueMapping,
        name: valueMapping.optional(),
        role: valueMapping.optional(),
        create: z.boolean().optional().describe('make workers that the store does not have (absent: refuse the row)'),
      })
      .optional(),
  })
  .refine(
    m => m.worker || !(m.milestones.dispatched || m.milestones.accepted || m.milestones.arrived),
    'dispatched, accepted and arrived belong to somebody: say who with "worker"',
  )
export type IncidentsMapping = z.infer<typeof incidentsMapping>

export const workersMapping = z.strictObject({
  kind: z.literal('workers'),
  ...common,
  id: valueMapping,
  workerName: valueMapping,
  role: valueMapping,
  area: valueMapping.optional().describe('an area code'),
  leads: valueMapping.optional().describe('area codes, separated by spaces, commas or semicolons'),
  telephone: valueMapping.optional(),
})
export type WorkersMapping = z.infer<typeof workersMapping>

export const positionsMapping = z.strictObject({
  kind: z.literal('positions'),
  ...common,
  worker: valueMapping,
  at: column,
  place: placeMapping,
  accuracyM: column.optional(),
  speedMps: column.optional(),
  courseDeg: column.optional(),
  batteryPct: column.optional(),
  source: valueMapping.optional(),
  onDuty: z
    .union([
      z.strictObject({
        gapMinutes: z.number().positive().describe('from the first fix to the last; a longer silence ends the span'),
      }),
      z.strictObject({
        spans: z.array(
          z.strictObject({
            worker: z.string().optional().describe('absent: everybody'),
            from: z.iso.datetime({ offset: true }),
            to: z.iso.datetime({ offset: true }),
          }),
        ),
      }),
    ])
    .optional()
    .describe('when the workers count as on duty; absent: only when the store says so. Fixes outside are refused'),
})
export type PositionsMapping = z.infer<typeof positionsMapping>

export type AnyMapping = IncidentsMapping | WorkersMapping | PositionsMapping

/** The JSON Schemas by file name (`docs/schemas`). */
export function mappingSchemas(): { [fileName: string]: object } {
  return {
    'incidents-map.schema.json': z.toJSONSchema(incidentsMapping, { io: 'input' }),
    'workers-map.schema.json': z.toJSONSchema(workersMapping, { io: 'input' }),
    'positions-map.schema.json': z.toJSONSchema(positionsMapping, { io: 'input' }),
  }
}

/** A mapping file's content, or every fault in it, in words that name the place. */
export function checkMapping<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { ok: true; mapping: T } | { ok: false; faults: string[] } {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, mapping: parsed.data }
  return { ok: false, faults: parsed.error.issues.map(i => `${i.path.join('.') || 'the mapping'}: ${i.message}`) }
}

function hasLngLat(pattern: string): boolean {
  return /\blat\b/.test(pattern) && /\blng\b/.test(pattern)
}
