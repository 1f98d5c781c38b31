import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mappingSchemas } from './mapping.ts'

/** Writes the mappings' JSON Schemas into a folder (`docs/schemas`); a test holds the committed ones against them. */
export async function writeSchemas(folder: string): Promise<void> {
  for (const [name, text] of Object.entries(schemaTexts())) await writeFile(join(folder, name), text)
}

export function schemaTexts(): { [fileName: string]: string } {
  return Object.fromEntries(
    Object.entries(mappingSchemas()).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  )
}
