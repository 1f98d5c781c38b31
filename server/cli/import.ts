import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import type { z } from 'zod'
import { areasMapping } from '../imports/areasMapping.ts'
import { importAreas } from '../imports/importAreas.ts'
import { importIncidents } from '../imports/importIncidents.ts'
import { importPolicies } from '../imports/importPolicies.ts'
import { importPositions } from '../imports/importPositions.ts'
import { type ImportOptions, type ImportReport, UnusableInput } from '../imports/importReport.ts'
import { importWorkers } from '../imports/importWorkers.ts'
import { checkMapping, incidentsMapping, positionsMapping, workersMapping } from '../imports/mapping.ts'
import { refusedPath, writeRefused } from '../imports/refusedFile.ts'
import type { OpenApp } from '../openApp.ts'
import { anotherStore } from './anotherStore.ts'
import { type Command, required, text, UsageError, type Values } from './command.ts'
import { openForImport } from './openForImport.ts'
import { progressBar } from './progressBar.ts'
import { readJson } from './readJson.ts'

/** Reads the mapping, and returns what takes the file in. */
type Importer = (values: Values) => Promise<Take>
type Take = (app: OpenApp, file: string, options: ImportOptions) => Promise<ImportReport>

const KINDS: { readonly [kind: string]: Importer } = {
  areas: mapped(areasMapping, importAreas),
  workers: mapped(workersMapping, importWorkers),
  incidents: mapped(incidentsMapping, importIncidents),
  positions: mapped(positionsMapping, importPositions),
  policies: async () => importPolicies,
}

export const importFile: Command = {
  summary: 'take in areas, workers, incidents, positions or policies from files',
  usage: [
    'gridwatch import areas|workers|incidents|positions FILE --map MAP.json [--timezone Z] [--datum D] [--dry-run] [--json]',
    'gridwatch import policies FILE [--dry-run] [--json]',
    '',
    'What a mapping may say: docs/import.md. A refused row is named in <name of FILE>.refused.csv here; the rest is taken.',
    'Run it again after a stop: what was taken is not taken twice. Exit 3 when rows were refused.',
  ].join('\n'),
  options: {
    map: { type: 'string' },
    timezone: { type: 'string' },
    datum: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(values, [kind, file], io) {
    const importer = kind === undefined || !Object.hasOwn(KINDS, kind) ? undefined : KINDS[kind]
    if (importer === undefined) throw new UsageError(`say what to import: ${Object.keys(KINDS).join(', ')}`)
    if (file === undefined) throw new UsageError('FILE is missing')
    const take = await importer(values)
    await checkReadable(file)
    const isDryRun = values['dry-run'] === true
    const { app, ...store } = await openForImport(io, isDryRun)
    try {
      const bar = progressBar(io, `import ${kind}`)
      const timezone = text(values, 'timezone')
      const datum = text(values, 'datum')
      const report = await take(app, file, {
        ...(timezone === null ? {} : { timezone }),
        ...(datum === null ? {} : { datum }),
        dryRun: isDryRun,
        anotherStore: anotherStore(app.config.databaseUrl),
        onProgress: ({ done, total }) => bar(done, total),
      })
      const refusedFile = await writeRefused(file, report.refused, process.cwd())
      const earlier = refusedPath(file, process.cwd())
      const told = [
        ...(store.told === null ? [] : [store.told]),
        ...report.told,
        // It may hold rows of another file of that name, which somebody still means to correct.
        ...(refusedFile === null && existsSync(earlier)
          ? [`${earlier} is of an earlier run: nothing was refused now.`]
          : []),
      ]
      if (values.json)
        io.out(JSON.stringify({ store: store.name, ...report, told, refused: report.refused.length, refusedFile }))
      else for (const line of lines({ ...report, told }, refusedFile)) io.out(line)
      return report.refused.length === 0 ? 0 : 3
    } catch (error) {
      if (error instanceof UnusableInput) throw new UsageError(error.message)
      throw error
    } finally {
      await app.store.close()
    }
  },
}

function mapped<T>(
  schema: z.ZodType<T>,
  run: (app: OpenApp, file: string, mapping: T, options: ImportOptions) => Promise<ImportReport>,
): Importer {
  return async values => {
    const mapFile = required(values, 'map')
    const checked = checkMapping(schema, await readJson(mapFile))
    if (!checked.ok) throw new UsageError(`${mapFile}: ${checked.faults.join('; ')}`)
    return (app, file, options) => run(app, file, checked.mapping, options)
  }
}

/** Before a store is made for it. */
async function checkReadable(file: string): Promise<void> {
  try {
    await access(file, constants.R_OK)
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function lines(report: ImportReport, refusedFile: string | null): string[] {
  const { taken, replayed, refused, incidents, created, told } = report
  const made = Object.entries(created).filter(([, count]) => count > 0)
  return [
    `${taken} rows taken, ${replayed} taken before, ${refused.length} refused${refusedFile === null ? '' : ` (named in ${refusedFile})`}`,
    ...(incidents > 0 ? [`${incidents} incidents`] : []),
    ...made.map(([what, count]) => `${count} ${what} created`),
    ...told,
  ]
}
