import { unzipSync, zipSync } from 'fflate'
import writeExcelFile from 'write-excel-file/node'
import { localFields } from '#domain/time/localTime.ts'
import { ExportRefused } from './exportRefused.ts'
import { type Column, headingOf, type Layer, type Value } from './layer.ts'

const MOST_ROWS = 1_048_575
/** The date of every part: the bytes must not tell when they were written. */
const ZIP_EPOCH = new Date(1980, 0, 1)

type Options = { readonly headings: 'zh' | 'en' | 'codes'; readonly timezone: string }

/** One sheet: the headings stay in sight, numbers are numbers, instants are dates on the place's own clock. */
export async function xlsx({ title, columns, rows }: Layer, { headings, timezone }: Options): Promise<Uint8Array> {
  if (rows.length > MOST_ROWS)
    throw new ExportRefused(`a sheet has ${MOST_ROWS} rows: ask for csv, or a shorter window`)
  const heading = columns.map(column => ({ value: headingOf(column, headings), fontWeight: 'bold' as const }))
  const body = rows.map(({ values }) => columns.map(({ type }, i) => cell(values[i] ?? null, type, timezone)))
  const widths = columns.map(column => ({ width: column.type === 'datetime' ? 20 : 16 }))
  const written = writeExcelFile([heading, ...body], { sheet: title, stickyRowsCount: 1, columns: widths })
  const parts = unzipSync(new Uint8Array(await written.toBuffer()))
  return zipSync(parts, { mtime: ZIP_EPOCH })
}

/** A text is a text whatever it begins with: nothing here runs as a formula. */
function cell(value: Value, type: Column['type'], timezone: string) {
  if (value === null) return null
  if (typeof value === 'string') return { value, type: String }
  if (type !== 'datetime') return { value, type: Number }
  const { year, month, day, hour, minute, second } = localFields(value, timezone)
  const shown = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return { value: shown, type: Date, format: 'yyyy-mm-dd hh:mm:ss' }
}
