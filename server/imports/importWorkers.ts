/** Takes a file of workers into the reference rows; a worker that is there already is brought up to date. */
import type { App } from '../app.ts'
import type { WorkerRow } from '../store/eventStore.ts'
import { beginImport } from './beginImport.ts'
import { type CellReader, valueReader } from './cellReaders.ts'
import type { CsvRow } from './csvRows.ts'
import type { ImportOptions, ImportReport, RefusedRow } from './importReport.ts'
import type { WorkersMapping } from './mapping.ts'

export async function importWorkers(
  app: App,
  file: string,
  mapping: WorkersMapping,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { csv, reference, told, nameStore, onBytes } = await beginImport(app, file, mapping, options, 1)
  const now = app.time.now()
  const read = workerReader(csv.header, mapping, code => reference.areas.area(code, now) !== null)
  const seen = new Map<string, number>()
  const refused: RefusedRow[] = []
  const count = { taken: 0, replayed: 0, workers: 0 }
  const changed: WorkerRow[] = []
  for await (const row of csv.rows(onBytes(1))) {
    const result = read(row)
    if ('reason' in result) {
      refused.push(result)
      continue
    }
    const earlier = seen.get(result.id)
    if (earlier !== undefined) {
      const reason = `line ${earlier} has this worker already`
      refused.push({ line: row.line, field: 'id', value: result.id, reason })
      continue
    }
    seen.set(result.id, row.line)
    const known = reference.workers.get(result.id)
    if (known && isSame(known, result)) count.replayed++
    else {
      count.taken++
      if (!known) count.workers++
      changed.push(result)
    }
  }
  await nameStore()
  // All at once, after the last row was read: a file that turns out to be unreadable has changed nothing.
  if (!options.dryRun && changed.length > 0) await app.store.reference.putWorkers(changed)
  const created = { areas: 0, categories: 0, workers: count.workers }
  const { taken, replayed } = count
  return { rows: taken + replayed + refused.length, taken, replayed, refused, incidents: 0, created, told }
}

function workerReader(
  header: readonly string[],
  mapping: WorkersMapping,
  isArea: (code: string) => boolean,
): (row: CsvRow) => WorkerRow | RefusedRow {
  const none: CellReader = { field: '', read: () => '' }
  const optional = (from: WorkersMapping['area']) => (from ? valueReader(header, from) : none)
  const id = valueReader(header, mapping.id)
  const name = valueReader(header, mapping.workerName)
  const role = valueReader(header, mapping.role)
  const [area, leads, telephone] = [optional(mapping.area), optional(mapping.leads), optional(mapping.telephone)]
  return row => {
    const refuse = (field: string, value: string, reason: string): RefusedRow => ({
      line: row.line,
      field,
      value,
      reason,
    })
    if (row.fault) return refuse('', '', row.fault)
    for (const cell of [id, name, role])
      if (cell.read(row) === '') return refuse(cell.field, '', 'is empty: a worker needs an id, a name and a role')
    const codes = leads
      .read(row)
      .split(/[\s,;，；]+/)
      .filter(code => code !== '')
    const written = area.read(row)
    if (written !== '' && !isArea(written)) return refuse(area.field, written, 'is not the code of an area')
    const unknown = codes.find(code => !isArea(code))
    if (unknown !== undefined) return refuse(leads.field, unknown, 'is not the code of an area')
    return {
      id: id.read(row),
      name: name.read(row),
      role: role.read(row),
      area: written || null,
      leads: codes,
      telephone: telephone.read(row) || null,
    }
  }
}

function isSame(a: WorkerRow, b: WorkerRow): boolean {
  return (
    a.name === b.name &&
    a.role === b.role &&
    a.area === b.area &&
    a.telephone === b.telephone &&
    a.leads.join() === b.leads.join()
  )
}
