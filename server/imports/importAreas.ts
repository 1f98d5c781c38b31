import { readFile } from 'node:fs/promises'
import canonicalize from 'canonicalize'
import type { App } from '../app.ts'
import { freshReference } from '../reference.ts'
import type { AreaRow } from '../store/eventStore.ts'
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
  const datum = declaredDatum(options.datum, mapping.datum)
  const known = await app.store.reference.areas()
  const read = readAreas(content, mapping, {
    known,
    datum,
    timezone: options.timezone ?? mapping.timezone ?? reference.timezone,
  })
  const before = new Map(known.map(row => [keyOf(row), canonicalize(row)]))
  const isThere = (row: AreaRow) => before.get(keyOf(row)) === canonicalize(row)
  const [ended, own] = [read.areas.slice(0, read.ended), read.areas.slice(read.ended)]
  const changed = own.filter(row => !isThere(row))
  if (!options.dryRun) {
    if ((await app.store.head()) === 0) await nameStore(app, reference, mapping, told)
    if (ended.length + changed.length > 0) await app.store.reference.putAreas([...ended, ...changed])
  }
  const codes = new Set(known.map(({ code }) => code))
  const created = new Set(changed.flatMap(({ code }) => (codes.has(code) ? [] : [code])))
  return {
    rows: own.length + read.refused.length,
    taken: changed.length,
    replayed: own.length - changed.length,
    refused: read.refused,
    incidents: 0,
    created: { areas: created.size, categories: 0, workers: 0 },
    told: [...told, ...read.told],
  }
}

function keyOf({ code, validFrom }: AreaRow): string {
  return JSON.stringify([code, validFrom])
}

async function readContent(file: string): Promise<unknown> {
  try {
    const text = await readFile(file, 'utf8')
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text)
  } catch (error) {
    throw new UnusableInput(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
