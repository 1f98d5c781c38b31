import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { areasMappingSchema } from './areasMapping.ts'
import { mappingSchemas } from './mapping.ts'

/** Writes the mappings' JSON Schemas into a folder (`docs/schemas`); a test holds the committed ones against them. */
export async function writeSchemas(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(schemaTexts())) await writeFile(join(folder, name), text)
}

export function schemaTexts(): { [fileName: string]: string } {
  const schemas = { 'areas-map.schema.json': areasMappingSchema(), ...mappingSchemas() }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  )
}
