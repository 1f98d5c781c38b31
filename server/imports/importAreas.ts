import { readFile } from 'node:fs/promises'
import type { App } from '../app.ts'
import { freshReference } from '../reference.ts'
import { readAreas } from './areas.ts'
import type { AreasMapping } from './areasMapping.ts'
import { nameStore, refuseDemo } from './beginImport.ts'
import { declaredDatum } from './datum.ts'
import { type ImportOptions, type ImportReport, UnusableInput } from './importReport.ts'

/** Takes a GeoJSON or TopoJSON file of areas. A redraw adds versions; what was placed before stays where it was. */
export async function importAreas(
  app: App,
  file: string,
  mapping: AreasMapping,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const reference = await freshReference(app.store)
  refuseDemo(reference, options)
  const told: string[] = []
  const content = await readContent(file)
  if (!options.dryRun && (await app.store.head()) === 0) await nameStore(app, reference, mapping, told)
  const datum = declaredDatum(options.datum, mapping.datum)
  const read = readAreas(content, mapping, {
    known: await app.store.reference.areas(),
    datum,
    timezone: options.timezone ?? mapping.timezone ?? reference.timezone,
  })
  if (!options.dryRun) await app.store.reference.putAreas(read.areas)
  return {
    rows: read.areas.length + read.refused.length,
    taken: read.areas.length,
    replayed: 0,
    refused: read.refused,
    incidents: 0,
    created: { areas: read.areas.length, categories: 0, workers: 0 },
    told: [...told, ...read.told],
  }
}

async function readContent(file: string): Promise<unknown> {
  try {
    const text = await readFile(file, 'utf8')
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (error) {
    throw new UnusableInput(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
