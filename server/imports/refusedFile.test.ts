import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeRefused } from './refusedFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridwatch-refused-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('nothing refused leaves no file', async () => {
  expect(await writeRefused('/data/calls.csv', [], folder)).toBe(null)
  expect(existsSync(join(folder, 'calls.csv.refused.csv'))).toBe(false)
})

test('the file of an earlier run goes when nothing is refused any more', async () => {
  const path = await writeRefused('/data/late.csv', [{ line: 2, field: 'x', value: '', reason: 'no' }], folder)
  expect(existsSync(path ?? '')).toBe(true)
  expect(await writeRefused('/data/late.csv', [], folder)).toBe(null)
  expect(existsSync(path ?? '')).toBe(false)
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
