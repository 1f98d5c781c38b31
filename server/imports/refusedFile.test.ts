import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { refusedPath, writeRefused } from './refusedFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridwatch-refused-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('nothing refused leaves no file', async () => {
  expect(await writeRefused('/data/calls.csv', [], folder)).toBe(null)
  expect(existsSync(join(folder, 'calls.csv.refused.csv'))).toBe(false)
})

test('the file of an earlier run stays: it may be of another file of that name, and still to be corrected', async () => {
  const path = await writeRefused('/2025/late.csv', [{ line: 2, field: 'x', value: '', reason: 'no' }], folder)
  expect(await writeRefused('/2026/late.csv', [], folder)).toBe(null)
  expect(path).toBe(refusedPath('/2026/late.csv', folder))
  expect(existsSync(path ?? '')).toBe(true)
})

test('refused rows are written in order of lines, quoted, and harmless in a spreadsheet', async () => {
  const path = await writeRefused(
    '/data/calls.csv',
    [
      { line: 9, field: '时间', value: 'a "b", c', reason: 'no' },
      { line: 3, field: 'x', value: '=HYPERLINK("http://evil")', reason: 'no' },
      { line: 4, field: 'x', value: '-1+1', reason: 'two\nlines' },
    ],
    folder,
  )
  expect(path).toBe(join(folder, 'calls.csv.refused.csv'))
  expect(readFileSync(path ?? '', 'utf8').split('\r\n')).toEqual([
    '\ufeffline,field,value,reason',
    `3,x,"'=HYPERLINK(""http://evil"")",no`,
    `4,x,'-1+1,"two\nlines"`,
    '9,时间,"a ""b"", c",no',
    '',
  ])
})
