/** What every import of a CSV does first: may this store take it, in which zone, and can the file be read? */
import { isTimeZone } from '#domain/time/localTime.ts'
import type { App, ReferenceData } from '../app.ts'
import { freshReference } from '../reference.ts'
import { type CsvSource, openCsv } from './csvRows.ts'
import { type ImportOptions, UnusableInput } from './importReport.ts'
import type { AnyMapping } from './mapping.ts'

export type Begun = {
  readonly csv: CsvSource
  readonly reference: ReferenceData
  readonly timezone: string
  readonly told: string[]
  /** Gives a store without facts its name and zone; called before the first write, when the whole input has proved usable. */
  readonly nameStore: () => Promise<void>
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
  const reference = await freshReference(app.store)
  refuseDemo(reference, options)
  if (options.timezone !== undefined && !isTimeZone(options.timezone))
    throw new UnusableInput(`--timezone ${options.timezone} is not an IANA time zone such as Asia/Shanghai.`)
  const csv = await openCsv(file, mapping.file)
  const told = [...csv.told]
  const isEmpty = (await app.store.head()) === 0
  const storeZone = isEmpty && mapping.store ? mapping.store.timezone : reference.timezone
  if (mapping.store && mapping.store.timezone !== storeZone)
    told.push(`The store keeps its display zone ${storeZone}; the mapping's is ${mapping.store.timezone}.`)
  const timezone = options.timezone ?? mapping.timezone
  if (timezone === undefined)
    told.push(`Times without an offset were read in the store's zone, ${storeZone}: the mapping names none.`)
  return {
    csv,
    reference,
    timezone: timezone ?? storeZone,
    told,
    nameStore: () => (isEmpty && !options.dryRun ? nameStore(app, reference, mapping, told) : Promise.resolve()),
    onBytes: pass => read =>
      options.onProgress?.({ done: csv.bytes * (pass - 1) + Math.min(read, csv.bytes), total: csv.bytes * passes }),
  }
}

/** Real data never mixes with the demo street. */
export function refuseDemo(reference: ReferenceData, { anotherStore = 'file:var/city.db' }: ImportOptions): void {
  if (reference.demo)
    throw new UnusableInput(
      `This store holds the demo street. Import into a store of its own: type GRIDWATCH_DATABASE_URL=${anotherStore} before the same command.`,
    )
}

export async function nameStore(
  app: App,
  reference: ReferenceData,
  { store }: Pick<AnyMapping, 'store'>,
  told: string[],
): Promise<void> {
  if (!store) return
  const { name, timezone } = store
  if (name === reference.settings['name'] && timezone === reference.settings['timezone']) return
  await app.store.reference.putSetting('name', name)
  await app.store.reference.putSetting('timezone', timezone)
  told.push(`The store is now “${name}”, its display zone ${timezone}.`)
}
