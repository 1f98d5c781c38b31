/** A CSV file as a stream of rows with their line numbers, in whichever encoding and with whichever delimiter. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import { UnusableInput } from './importReport.ts'

export type CsvRow = {
  readonly line: number // where the row begins; the header is line 1
  readonly cells: readonly string[]
  readonly fault: string | null // why the row can't be read
}
export type CsvSource = {
  readonly header: readonly string[]
  /** Each call reads the rows once more, from the beginning. */
  readonly rows: (onBytes?: (read: number) => void) => AsyncIterable<CsvRow>
  readonly bytes: number
  readonly told: readonly string[]
}
type Encoding = 'utf-8' | 'gb18030' | 'utf-16le'

export async function openCsv(
  file: string,
  declared: { readonly encoding?: Encoding; readonly delimiter?: string } = {},
): Promise<CsvSource> {
  const { head, bytes } = await beginning(file)
  const told: string[] = []
  const encoding = declared.encoding ?? guessEncoding(head)
  if (!declared.encoding && encoding !== 'utf-8') told.push(`The file was read as ${encoding}, which it seems to be.`)
  const firstLine = new TextDecoder(encoding).decode(head).split(/\r\n|\n|\r/, 1)[0] ?? ''
  const delimiter = declared.delimiter ?? guessDelimiter(firstLine)
  const format = { encoding, delimiter }
  let header: readonly string[] | undefined
  for await (const row of read(file, format)) {
    header = row.cells
    break
  }
  if (!header) throw new UnusableInput(`${file} is empty: it has no header line.`)
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) !== i)
  if (twice !== undefined) throw new UnusableInput(`${file} has two columns named “${twice}”.`)
  const width = header.length
  return {
    header,
    bytes,
    told,
    async *rows(onBytes) {
      let first = true
      for await (const row of read(file, format, onBytes)) {
        if (first) first = false
        else if (row.fault || row.cells.length === width) yield row
        else yield { ...row, fault: `has ${row.cells.length} cells where the header has ${width}` }
      }
    },
  }
}

async function beginning(file: string): Promise<{ head: Uint8Array; bytes: number }> {
  try {
    const bytes = (await stat(file)).size
    const handle = await open(file)
    try {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(65_536), 0, 65_536, 0)
      return { head: buffer.subarray(0, bytesRead), bytes }
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new UnusableInput(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function* read(
  file: string,
  format: { readonly encoding: Encoding; readonly delimiter: string },
  onBytes?: (read: number) => void,
): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: format.delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    // A quotation that is never closed would swallow the rest of the file.
    max_record_size: 1_048_576,
  })
  const source = Readable.from(decoded(file, format.encoding, onBytes))
  source.on('error', error => parser.destroy(error))
  source.pipe(parser)
  let lastLine = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      lastLine = info.lines
      // csv-parse counts the line on which a record ends; a quoted cell may have begun it earlier.
      yield { line: info.lines - lineBreaks(record), cells: record, fault: null }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnusableInput(
      `${file} can't be read on from line ${lastLine + 1}: a quotation opened there, or soon after, is never closed.`,
    )
  } finally {
    source.destroy()
    parser.destroy()
  }
}

async function* decoded(file: string, encoding: Encoding, onBytes?: (read: number) => void): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    const before = bytes
    bytes += (chunk as Uint8Array).byteLength
    try {
      yield decoder.decode(chunk as Uint8Array, { stream: true })
    } catch {
      throw new UnusableInput(
        `${file} is not ${encoding} (somewhere after byte ${before}); say what it is with "file": { "encoding": … }.`,
      )
    }
    onBytes?.(bytes)
  }
  yield decoder.decode()
}

function guessEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

function guessDelimiter(headerLine: string): string {
  const bare = headerLine.replace(/"[^"]*"/g, '')
  const times = (mark: string) => bare.split(mark).length - 1
  return [',', ';', '\t'].reduce((best, mark) => (times(mark) > times(best) ? mark : best), ',')
}

function lineBreaks(record: readonly string[]): number {
  let breaks = 0
  for (const cell of record)
    if (cell.includes('\n') || cell.includes('\r')) breaks += cell.match(/\r\n|\n|\r/g)?.length ?? 0
  return breaks
}
