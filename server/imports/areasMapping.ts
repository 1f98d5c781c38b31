/**
 * What a mapping file may say about areas: how the features of somebody's GeoJSON or TopoJSON become areas. Parsed once, at the
 * door; its JSON Schema is made from this definition.
 */
import { z } from 'zod'
import { DATUMS } from '#domain/geo/datum.ts'
import { isTimeZone } from '#domain/time/localTime.ts'

const property = z.string().min(1).describe('the name of a feature’s property')
const zone = z.string().refine(isTimeZone, 'is not an IANA time zone').describe('an IANA time zone, e.g. Asia/Shanghai')
const given = z
  .union([
    z.strictObject({ value: z.string().min(1).describe('the same for every feature') }),
    z.strictObject({ property }),
  ])
  .describe('where a value comes from')
const instant = given.describe(
  'ISO 8601; without an offset it is local time of the timezone, a date alone is its midnight',
)
const codePrefix = z.int().positive().describe('this many characters of the code, from its beginning')

const layer = z.strictObject({
  object: z.string().min(1).optional().describe('the object of a TopoJSON file; absent: the only one it has'),
  where: z
    .strictObject({ property, oneOf: z.array(z.union([z.string(), z.number()])).min(1) })
    .optional()
    .describe('take only the features whose property is one of these'),
  level: given.describe('the id of the level, e.g. community'),
  code: property.describe('its code; a number is taken as its digits'),
  areaName: property.describe('its name'),
  parent: z
    .union([z.strictObject({ codePrefix }), given])
    .optional()
    .describe('the code of its parent; absent, or an empty property: it is a root'),
  households: property.optional(),
  validFrom: instant.optional().describe('when its boundaries came into force; absent: as for the file'),
  validTo: instant.optional().describe('when they ceased to be'),
  keep: z.array(property).optional().describe('properties to keep; absent: all of them'),
  derive: z
    .array(
      z.strictObject({
        level: z.string().min(1),
        codePrefix,
        areaName: property.describe('a property of these features'),
      }),
    )
    .optional()
    .describe(
      'levels above these features that have none of their own, from the top down: made from the code, without geometry',
    ),
})
export type AreasLayer = z.infer<typeof layer>

export const areasMapping = z.strictObject({
  kind: z.literal('areas'),
  $schema: z.string().optional(),
  name: z.string().min(1).describe('the source'),
  store: z
    .strictObject({ name: z.string().min(1), timezone: zone })
    .optional()
    .describe('the name and the display zone that an empty store takes from its first import'),
  timezone: zone.optional().describe('the zone of times that carry none; --timezone goes before it'),
  datum: z.enum(DATUMS).optional().describe('of every position; --datum goes before it'),
  validFrom: instant.optional(),
  validTo: instant.optional(),
  layers: z.array(layer).min(1).describe('from the top level down'),
})
export type AreasMapping = z.infer<typeof areasMapping>

/** The JSON Schema of a mapping file for areas (`docs/schemas/areas-map.schema.json`). */
export function areasMappingSchema(): object {
  return z.toJSONSchema(areasMapping, { io: 'input' })
}
