/** One row of a positions file, read by its mapping: a fix, or why the row is refused. */
import type { Datum } from '#domain/geo/datum.ts'
import type { PositionFix, WorkerRow } from '../store/eventStore.ts'
import { columnReader, decimal, placeReader, valueReader } from './cellReaders.ts'
import type { CsvRow } from './csvRows.ts'
import { dateReader } from './dateReader.ts'
import { inWgs84 } from './datum.ts'
import type { RefusedRow } from './importReport.ts'
import type { PositionsMapping } from './mapping.ts'

export type PositionRow = {
  readonly line: number
  readonly worker: string
  readonly fix: Omit<PositionFix, 'recordedAt'>
  readonly placeField: string
  readonly placeWritten: string
}

export function positionRowReader(
  header: readonly string[],
  mapping: PositionsMapping,
  context: {
    readonly timezone: string
    readonly datum: Datum
    readonly now: number
    readonly workers: ReadonlyMap<string, WorkerRow>
  },
): (row: CsvRow) => PositionRow | RefusedRow {
  const worker = valueReader(header, mapping.worker)
  const time = columnReader(header, mapping.at)
  const readTime = dateReader(mapping.dateFormats ?? ['iso'], context.timezone)
  const place = placeReader(header, mapping.place)
  const source = mapping.source ? valueReader(header, mapping.source) : { read: () => `import:${mapping.name}` }
  const measures = (['accuracyM', 'speedMps', 'courseDeg', 'batteryPct'] as const).flatMap(name => {
    const column = mapping[name]
    return column === undefined ? [] : [{ name, ...columnReader(header, column) }]
  })
  return row => {
    const refuse = (field: string, value: string, reason: string): RefusedRow => ({
      line: row.line,
      field,
      value,
      reason,
    })
    if (row.fault) return refuse('', '', row.fault)
    const who = worker.read(row)
    if (!context.workers.has(who)) return refuse(worker.field, who, 'badInput: is not one of the workers')
    const written = time.read(row)
    const at = readTime(written)
    if (at === null) return refuse(time.field, written, 'badInput: is not a time in any of the mapping’s formats')
    const found = place.read(row)
    if (found && 'fault' in found) return refuse(place.field, place.raw(row), `badInput: ${found.fault}`)
    if (!found) return refuse(place.field, place.raw(row), 'badInput: a fix needs a place')
    const measured = { accuracyM: null, speedMps: null, courseDeg: null, batteryPct: null } as {
      [name in (typeof measures)[number]['name']]: number | null
    }
    for (const { name, field, read } of measures) {
      const text = read(row)
      const number = text === '' ? null : decimal(text)
      if (text !== '' && (number === null || number < 0))
        return refuse(field, text, 'badInput: is not a number from 0 up')
      measured[name] = number
    }
    const { place: point, original } = inWgs84(found, context.datum)
    if (!point) return refuse(place.field, place.raw(row), 'badInput: a fix needs a place')
    const where = { ...point, datum: context.datum, original: original && { lng: original.lng, lat: original.lat } }
    return {
      line: row.line,
      worker: who,
      fix: { worker: who, at, ...where, ...measured, source: source.read(row) },
      placeField: place.field,
      placeWritten: place.raw(row),
    }
  }
}
