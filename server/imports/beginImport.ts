/** What every import of a CSV does first: may this store take it, in which zone, and can the file be read? */
import { isTimeZone } from '#domain/time/localTime.ts'
import type { App, ReferenceData } from '../app.ts'
import { referenceCache } from '../reference.ts'
import { type CsvSource, openCsv } from './csvRows.ts'
import { type ImportOptions, UnusableInput } from './importReport.ts'
import type { AnyMapping } from './mapping.ts'

export type Begun = {
  readonly csv: CsvSource
  readonly reference: ReferenceData
  readonly timezone: string
  readonly told: string[]
  /** Calls the progress callback for the n-th of `passes` readings of the file. */
  readonly onBytes: (pass: number) => (read: number) => void
}

export async function beginImport(
  app: App,
  file: string,
  mapping: AnyMapping,
  options: ImportOptions,
  passes: number,
): Promise<Begun> {
  const before = await referenceNow(app)
  refuseDemo(before)
  if (options.timezone !== undefined && !isTimeZone(options.timezone))
    throw new UnusableInput(`--timezone ${options.timezone} is not an IANA time zone such as Asia/Shanghai.`)
  const csv = await openCsv(file, mapping.file)
  const told = [...csv.told]
  await nameStore(app, before, mapping, options, told)
  const reference = await referenceNow(app)
  const timezone = options.timezone ?? mapping.timezone
  if (timezone === undefined)
    told.push(`Times without an offset were read in the store's zone, ${reference.timezone}: the mapping names none.`)
  return {
    csv,
    reference,
    timezone: timezone ?? reference.timezone,
    told,
    onBytes: pass => read =>
      options.onProgress?.({ done: csv.bytes * (pass - 1) + Math.min(read, csv.bytes), total: csv.bytes * passes }),
  }
}

/** Real data never mixes with the demo street. */
export function refuseDemo(reference: ReferenceData): void {
  if (reference.demo)
    throw new UnusableInput(
      'This store holds the demo street. Import into a store of its own: type GRIDWATCH_DATABASE_URL=file:var/city.db before the same command.',
    )
}

/** A store that has no facts yet takes its name and its display zone from the first import that names them. */
async function nameStore(
  app: App,
  reference: ReferenceData,
  mapping: AnyMapping,
  options: ImportOptions,
  told: string[],
): Promise<void> {
  const named = mapping.store
  if (!named) return
  if ((await app.store.head()) > 0) {
    if (named.timezone !== reference.timezone)
      told.push(`The store keeps its display zone ${reference.timezone}; the mapping's is ${named.timezone}.`)
    return
  }
  if (options.dryRun) return
  if (named.name === reference.settings['name'] && named.timezone === reference.settings['timezone']) return
  await app.store.reference.putSetting('name', named.name)
  await app.store.reference.putSetting('timezone', named.timezone)
  told.push(`The store is now “${named.name}”, its display zone ${named.timezone}.`)
}

/** The cached reference may be half a second old; an import stands on what is there now. */
export function referenceNow(app: App): Promise<ReferenceData> {
  return referenceCache(app.store, () => 0)()
}
