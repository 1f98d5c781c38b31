import { headingOf, type Layer, readable, type Value } from './layer.ts'

/** Spreadsheets run a cell that begins so as a formula. */
const RUNS = /^[=+\-@\t\r]/

type Options = { readonly headings: 'zh' | 'en' | 'codes'; readonly bom: boolean; readonly timezone: string }

/** RFC 4180: CRLF, quotes doubled; UTF-8, with a mark in front so that Excel reads Chinese. Geometry stays away. */
export function csv({ columns, rows }: Layer, { headings, bom, timezone }: Options): Uint8Array {
  const lines = [
    columns.map(column => cell(headingOf(column, headings))).join(','),
    ...rows.map(({ values }) =>
      columns.map((column, i) => cell(readable(values[i] ?? null, column.type, timezone))).join(','),
    ),
  ]
  return Buffer.from(`${bom ? '\uFEFF' : ''}${lines.join('\r\n')}\r\n`, 'utf8')
}

function cell(value: Value): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = harmless(value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** An apostrophe makes it text; numbers of ours are numbers and need none. */
export function harmless(text: string): string {
  return RUNS.test(text) ? `'${text}` : text
}
