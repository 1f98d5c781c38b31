import { expect, test } from 'vitest'
import { type AreasView, areasViewOf, queryOf, reportViewOf } from './view.ts'

const ZONE = 'Asia/Shanghai'
const DEFAULT = areasViewOf({}, ZONE)

test.each<Partial<AreasView>>([
  {},
  { area: '990106008', a: 'lastWeek', b: null },
  { a: { from: Date.parse('2026-11-20T10:00:00+08:00'), to: Date.parse('2026-11-20T14:00:00+08:00') } },
  { b: 'thisMonth', sort: 'attainment.respond', descending: false, clock: 'respond' },
  { sort: 'name', at: 1_763_620_320_000, known: 1_763_620_320_000 },
  { open: { figure: 'p90.resolve', key: '990106008001', period: 'b' }, incident: 'some-id' },
  { open: { figure: 'density', key: null, period: 'a' } },
])('the address keeps %j', patch => {
  const view = { ...DEFAULT, ...patch }
  expect(areasViewOf(queryOf(view, ZONE), ZONE)).toEqual(view)
})

test('what makes no sense in an address is the default', () => {
  expect(
    areasViewOf({ a: '2026-11-20~2026-11-19', b: 'nonsense', sort: 'luck', open: 'a:luck', at: 'now' }, ZONE),
  ).toEqual(DEFAULT)
  expect(reportViewOf({ period: 'year', date: '20 November' })).toEqual({
    area: null,
    kind: 'day',
    date: null,
    at: null,
    known: null,
  })
})
