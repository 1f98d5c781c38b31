import { expect, test } from 'vitest'
import { dateReader } from './dateReader.ts'

test.each([
  ['iso', '2026-03-02T10:00:00Z', '2026-03-02T10:00:00.000Z'],
  ['iso', '2026-03-02 10:00:00+08:00', '2026-03-02T02:00:00.000Z'],
  ['iso', '2026-03-02 10:00:00 +0800', '2026-03-02T02:00:00.000Z'],
  ['iso', '2026-03-02 10:00:00', '2026-03-02T02:00:00.000Z'],
  ['iso', '2026-03-02T10:00:00.250', '2026-03-02T02:00:00.250Z'],
  ['iso', '2026-03-02', '2026-03-01T16:00:00.000Z'],
  ['iso', '2026-02-30', null],
  ['epochSeconds', '1772416800', '2026-03-02T02:00:00.000Z'],
  ['epochMs', '1772416800000', '2026-03-02T02:00:00.000Z'],
  ['epochMs', '10:00', null],
  ['dd.MM.yyyy HH:mm', '02.03.2026 10:00', '2026-03-02T02:00:00.000Z'],
  ['MM/dd/yyyy hh:mm:ss a', '03/02/2026 12:00:00 AM', '2026-03-01T16:00:00.000Z'],
  ['yyyy年M月d日 H:mm', '2026年3月2日 9:05', '2026-03-02T01:05:00.000Z'],
])('%s reads “%s” in Shanghai as %s', (format, text, instant) => {
  const at = dateReader([format], 'Asia/Shanghai')(text)
  expect(at === null ? null : new Date(at).toISOString()).toBe(instant)
})

test('formats are tried in turn', () => {
  const read = dateReader(['yyyy/M/d', 'iso'], 'UTC')
  expect([read('2026/3/2'), read('2026-03-02')]).toEqual([1772409600000, 1772409600000])
})
