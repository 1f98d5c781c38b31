import { expect, test } from 'vitest'
import { csv } from './csv.ts'
import type { Layer } from './layer.ts'

const layer: Layer = {
  name: 'areas',
  title: '区域',
  geometry: 'polygon',
  columns: [
    { name: 'name', zh: '名称', en: 'Name', type: 'text' },
    { name: 'change', zh: '增减', en: 'Change', type: 'integer' },
    { name: 'at', zh: '时间', en: 'At', type: 'datetime' },
  ],
  rows: [
    { geometry: null, values: ['=HYPERLINK("http://x","点我")', -3, Date.parse('2026-03-02T02:00:00Z')] },
    { geometry: null, values: ['一格, "东"', null, null] },
  ],
}
const options = { headings: 'zh', bom: true, timezone: 'Asia/Shanghai' } as const
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')

test('a mark in front, CRLF, quotes where they are needed, times with their offset, Chinese headings', () => {
  expect(text(csv(layer, options))).toBe(
    [
      '\uFEFF名称,增减,时间',
      '"\'=HYPERLINK(""http://x"",""点我"")",-3,2026-03-02T10:00:00+08:00',
      '"一格, ""东""",,',
      '',
    ].join('\r\n'),
  )
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is a text and no formula', name => {
  const [, line] = text(csv({ ...layer, rows: [{ geometry: null, values: [name, null, null] }] }, options)).split('\n')
  expect(line).toMatch(/^"?'/)
})

test('code names and no mark, for programs', () => {
  expect(text(csv(layer, { ...options, headings: 'codes', bom: false }))).toMatch(/^name,change,at\r\n/)
})
