/** One row of an incidents file, read by its mapping: the values, or why the row is refused. */
import type { AreaTree } from '#domain/area/areaTree.ts'
import type { Datum } from '#domain/geo/datum.ts'
import type { LngLat, OriginalPlace, Tier } from '#domain/incident/facts.ts'
import type { AreaRow, CategoryRow, WorkerRow } from '../store/eventStore.ts'
import { type CellReader, columnReader, placeReader, valueReader } from './cellReaders.ts'
import type { CsvRow } from './csvRows.ts'
import { dateReader } from './dateReader.ts'
import { inWgs84 } from './datum.ts'
import type { RefusedRow } from './importReport.ts'
import type { IncidentsMapping } from './mapping.ts'

/** In the order in which they happen: within a row the times must not go back. */
export const MILESTONES = [
  'occurred',
  'signalled',
  'reported',
  'dispatched',
  'accepted',
  'arrived',
  'resolved',
  'closed',
] as const
export type ImportedMilestone = (typeof MILESTONES)[number]

export type IncidentRow = {
  readonly line: number
  readonly number: string
  readonly source: string
  readonly category: string
  readonly tier: Tier | null
  readonly title: string
  readonly description: string
  readonly place: LngLat | null
  readonly originalPlace: OriginalPlace | null
  readonly path: readonly string[]
  readonly worker: string
  readonly times: { readonly [milestone in ImportedMilestone]?: number }
  /** Rows of reference that the store does not have yet. */
  readonly made: {
    readonly areas: readonly AreaRow[]
    readonly category: CategoryRow | null
    readonly worker: WorkerRow | null
  }
}
/** What the store knows already, and how the file is to be read. */
export type PlanContext = {
  readonly areas: AreaTree
  readonly categories: ReadonlyMap<string, CategoryRow>
  readonly workers: ReadonlyMap<string, WorkerRow>
  readonly timezone: string
  readonly datum: Datum
  readonly now: number
}

export function incidentRowReader(
  header: readonly string[],
  mapping: IncidentsMapping,
  context: PlanContext,
): (row: CsvRow) => IncidentRow | RefusedRow {
  const value = (from: Parameters<typeof valueReader>[1]) => valueReader(header, from)
  const none: CellReader = { field: '', read: () => '' }
  const number = value(mapping.number)
  const source = value(mapping.source)
  const category = value(mapping.category.from)
  const tier = mapping.tier ? value(mapping.tier) : none
  const title = mapping.title ? value(mapping.title) : none
  const description = mapping.description ? value(mapping.description) : none
  const place = mapping.place ? placeReader(header, mapping.place) : null
  const readTimes = timesReader(header, mapping, context)
  const readArea = areaReader(header, mapping, context)
  const readWorker = workerReader(header, mapping, context)

  return row => {
    const refuse = (field: string, written: string, reason: string): RefusedRow => ({
      line: row.line,
      field,
      value: written,
      reason,
    })
    const times = readTimes(row)
    if ('reason' in times) return times
    for (const [name, cell] of [
      ['number', number],
      ['source', source],
      ['category', category],
    ] as const)
      if (cell.read(row) === '') return refuse(cell.field, '', `is empty: an incident needs a ${name}`)
    const id = category.read(row)
    if (!mapping.category.create && !context.categories.has(id))
      return refuse(category.field, id, 'is not one of the categories; add it, map it, or set category.create')
    const grade = tier.read(row)
    if (grade !== '' && grade !== 'minor' && grade !== 'major' && grade !== 'hard')
      return refuse(tier.field, grade, 'is not minor, major or hard')
    const written = place?.read(row) ?? null
    if (written && 'fault' in written) return refuse(place?.field ?? '', place?.raw(row) ?? '', written.fault)
    // Forms write 0, 0 when they know no place; the incident is real all the same.
    const isUnknown = written?.lng === 0 && written.lat === 0
    const { place: point, original } = inWgs84(isUnknown ? null : written, context.datum)
    const area = readArea(row, times.reported ?? context.now, point)
    if ('reason' in area) return area
    const worker = readWorker(row, area.path, times)
    if ('reason' in worker) return worker
    return {
      line: row.line,
      number: number.read(row),
      source: source.read(row),
      category: id,
      tier: grade === '' ? null : grade,
      title: title.read(row),
      description: description.read(row),
      place: point,
      originalPlace: original,
      path: area.path,
      worker: worker.id,
      times,
      made: {
        areas: area.made,
        category: context.categories.has(id) ? null : newCategory(id, mapping),
        worker: worker.made,
      },
    }
  }
}

type Times = IncidentRow['times']

function timesReader(
  header: readonly string[],
  mapping: IncidentsMapping,
  context: PlanContext,
): (row: CsvRow) => Times | RefusedRow {
  const read = dateReader(mapping.dateFormats ?? ['iso'], context.timezone)
  const cells = MILESTONES.flatMap(name => {
    const from = mapping.milestones[name]
    return from ? [{ name, ...columnReader(header, from.column) }] : []
  })
  return row => {
    const times: { [milestone in ImportedMilestone]?: number } = {}
    let before: { field: string; read: (row: CsvRow) => string; at: number } | null = null
    for (const cell of cells) {
      const written = cell.read(row)
      if (written === '') continue
      const refuse = (reason: string): RefusedRow => ({ line: row.line, field: cell.field, value: written, reason })
      const at = read(written)
      if (at === null) return refuse('is not a time in any of the mapping’s formats, or does not exist in the zone')
      if (at > context.now) return refuse('lies in the future')
      if (before && at < before.at)
        return refuse(`contradicts the row’s own times: it is before ${before.field} (${before.read(row)})`)
      before = { ...cell, at }
      times[cell.name] = at
    }
    return times
  }
}

type ReadArea = { readonly path: readonly string[]; readonly made: readonly AreaRow[] }

function areaReader(
  header: readonly string[],
  mapping: IncidentsMapping,
  context: PlanContext,
): (row: CsvRow, at: number, place: LngLat | null) => ReadArea | RefusedRow {
  const area = mapping.area
  if (!area) return (_row, at, place) => ({ path: place ? context.areas.locate(place, at) : [], made: [] })
  const levels = area.levels.map(level => ({ ...level, ...columnReader(header, level.column) }))
  return (row, at) => {
    const chain = [newArea(area.root.code, null, area.root.level, area.root.name)]
    for (const level of levels) {
      const written = level.read(row)
      if (written === '' || level.unknown?.includes(written)) break
      const parent = chain.at(-1)?.code ?? area.root.code
      const code = level.as === 'code' ? written : `${parent}-${slug(written)}`
      if (!area.create && !context.areas.area(code, at))
        return { line: row.line, field: level.field, value: written, reason: `no area has the code ${code}` }
      chain.push(newArea(code, parent, level.level, written))
    }
    // An area that the store has keeps its own parents, whatever the file's columns say.
    const known = chain.findLastIndex(a => context.areas.area(a.code, at))
    const made = chain.slice(known + 1)
    const above = known < 0 ? [] : context.areas.path(chain[known]?.code ?? '', at)
    return { path: [...above, ...made.map(a => a.code)], made }
  }
}

function workerReader(
  header: readonly string[],
  mapping: IncidentsMapping,
  context: PlanContext,
): (row: CsvRow, path: readonly string[], times: Times) => { id: string; made: WorkerRow | null } | RefusedRow {
  const worker = mapping.worker
  if (!worker) return () => ({ id: '', made: null })
  const id = valueReader(header, worker.from)
  const name = worker.name ? valueReader(header, worker.name) : id
  const role = worker.role ? valueReader(header, worker.role) : { read: () => 'fullTime' }
  return (row, path, times) => {
    const written = id.read(row)
    const refuse = (reason: string): RefusedRow => ({ line: row.line, field: id.field, value: written, reason })
    const acts = times.dispatched !== undefined || times.accepted !== undefined || times.arrived !== undefined
    if (written === '') return acts ? refuse('is empty: the row does not say who was sent') : { id: '', made: null }
    if (context.workers.has(written)) return { id: written, made: null }
    if (!worker.create) return refuse('is not one of the workers; import them first, or set worker.create')
    const area = path[0] ?? null
    const made = { id: written, name: name.read(row), role: role.read(row), area, leads: [], telephone: null }
    return { id: written, made }
  }
}

function newCategory(id: string, mapping: IncidentsMapping): CategoryRow {
  const { names, symbols } = mapping.category
  const name = names?.[id] ?? id
  return { id, name, symbol: symbols?.[id] ?? name.slice(0, 1).toUpperCase(), autoConfirm: false }
}

function newArea(code: string, parent: string | null, level: string, name: string): AreaRow {
  return { code, validFrom: null, validTo: null, parent, level, name, households: null, geometry: null, properties: {} }
}

/** Letters and digits of any script, the rest as hyphens: `Castro/Upper Market` → `castro-upper-market`. */
function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}
