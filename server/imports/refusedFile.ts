import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RefusedRow } from './importReport.ts'

/** Writes `<name of FILE>.refused.csv` into the folder and returns its path; null, and no file, when nothing was refused. */
export async function writeRefused(
  file: string,
  refused: readonly RefusedRow[],
  folder: string,
): Promise<string | null> {
  if (refused.length === 0) return null
  const path = refusedPath(file, folder)
  await writeFile(path, refusedCsv(refused))
  return path
}

export const refusedPath = (file: string, folder: string) => join(folder, `${basename(file)}.refused.csv`)

/** RFC 4180, in order of lines, with a byte order mark so that Excel reads the Chinese. */
export function refusedCsv(refused: readonly RefusedRow[]): string {
  const rows = refused
    .toSorted((a, b) => a.line - b.line)
    .map(row => [String(row.line), row.field, row.value, row.reason].map(cell).join(','))
  return `\ufeff${['line,field,value,reason', ...rows].join('\r\n')}\r\n`
}

/** A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
