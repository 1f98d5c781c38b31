import { expect, test } from 'vitest'
import { dayOf, neighbour, sameTimeOn } from './dayOf.ts'

const iso = (at: number | null) => at && new Date(at).toISOString()

test('the same time of another day, also across a change of the clocks', () => {
  const at = Date.parse('2026-03-07T09:30:00-05:00')
  expect(iso(sameTimeOn('2026-03-08', at, 'America/New_York'))).toBe('2026-03-08T13:30:00.000Z')
  expect(sameTimeOn('8 March', at, 'America/New_York')).toBeNull()
})

test('days before and after, at the edges of a month', () => {
  const at = Date.parse('2026-03-01T00:00:00+08:00')
  expect([neighbour(at, -1, 'Asia/Shanghai'), neighbour(at, 1, 'Asia/Shanghai')]).toEqual(['2026-02-28', '2026-03-02'])
  expect(dayOf(at, 'Asia/Shanghai')).toEqual({ day: '2026-03-01', from: at, to: at + 86_400_000 })
})
