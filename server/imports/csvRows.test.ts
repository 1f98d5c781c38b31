import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type CsvRow, openCsv } from './csvRows.ts'
import { UnusableInput } from './importReport.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridwatch-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string | Uint8Array): string {
  const file = join(folder, 'rows.csv')
  writeFileSync(file, content)
  return file
}
async function read(content: string | Uint8Array, declared?: Parameters<typeof openCsv>[1]) {
  const csv = await openCsv(fileOf(content), declared)
  const rows: CsvRow[] = []
  for await (const row of csv.rows()) rows.push(row)
  return { ...csv, rows }
}

test('a byte order mark, CRLF and either delimiter are taken as they come', async () => {
  for (const [content, header] of [
    ['\ufeffa,b\r\n1,2\r\n', ['a', 'b']],
    ['a;"b,c,d"\n1;2\n', ['a', 'b,c,d']],
    ['a\tb\n1\t2', ['a', 'b']],
  ] as const) {
    const csv = await read(content)
    expect(csv.header).toEqual(header)
    expect(csv.rows).toEqual([{ line: 2, cells: ['1', '2'], fault: null }])
  }
})

test('lines are counted through quoted line breaks and empty lines', async () => {
  const { rows } = await read('a,b\n"x\ny",2\n\n3,4\n')
  expect(rows.map(row => [row.line, row.cells[0]])).toEqual([
    [2, 'x\ny'],
    [5, '3'],
  ])
})

test('a row with too few or too many cells says so, and the next ones are read', async () => {
  const { rows } = await read('a,b\n1\n1,2,3\n4,5\n')
  expect(rows.map(row => [row.line, row.fault])).toEqual([
    [2, 'has 1 cells where the header has 2'],
    [3, 'has 3 cells where the header has 2'],
    [4, null],
  ])
})

test('a quotation mark inside a cell is text; one that is never closed makes the file unusable', async () => {
  const { rows } = await read('a,b\n1,"2"x\n3,4\n')
  expect(rows.map(row => row.cells)).toEqual([
    ['1', '"2"x'],
    ['3', '4'],
  ])
  await expect(read('a,b\n1,2\n3,"4\n5,6\n')).rejects.toThrow('from line 3: a quotation')
})

test('GB18030 is found out and said', async () => {
  const csv = await read(new Uint8Array([0xc3, 0xfb, 0x2c, 0x62, 0x0a, 0xbb, 0xf0, 0x2c, 0x31, 0x0a]))
  expect([csv.header, csv.rows[0]?.cells]).toEqual([
    ['名', 'b'],
    ['火', '1'],
  ])
  expect(csv.told).toEqual([expect.stringContaining('gb18030')])
})

test('what can’t be read at all is unusable input', async () => {
  await expect(openCsv(join(folder, 'absent.csv'))).rejects.toThrow(UnusableInput)
  await expect(read('')).rejects.toThrow('empty')
  await expect(read('a,a\n')).rejects.toThrow('two columns named “a”')
  await expect(read(new Uint8Array([0x61, 0x0a, 0xff, 0xff, 0x0a]), { encoding: 'utf-8' })).rejects.toThrow('not utf-8')
})

test('progress ends at the size of the file', async () => {
  const csv = await openCsv(fileOf('a,b\n1,2\n'))
  let done = 0
  for await (const _row of csv.rows(read => (done = read)));
  expect(done).toBe(csv.bytes)
})
