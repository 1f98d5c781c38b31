import { expect, test } from 'vitest'
import { decodeHeat } from '#domain/heat/codec.ts'
import { fact, opening, t, told } from '#domain/incident/testFacts.ts'
import { incidentsAt } from '#domain/replay/incidentsAt.ts'
import type { ReplayDay } from '#domain/replay/replayDay.ts'
import { replayHeat } from './replayHeat.ts'

const HOUR = 3_600_000
const incident = (id: string, time: string, lng: number) => ({
  id,
  title: '',
  hiddenFrom: null,
  reasons: {},
  facts: told(fact('reported', time, { ...opening, place: { lng, lat: 31 } })),
})
const day: ReplayDay = {
  head: 9,
  from: t('00:00'),
  to: t('23:00'),
  since: t('00:00'),
  firstDay: null,
  bounds: [121, 30.9, 121.2, 31.1],
  placeLat: 31,
  scope: opening.path,
  policies: [],
  areaNames: {},
  people: {},
  workers: [],
  incidents: [incident('a', '08:00', 121.05), incident('b', '09:00', 121.1)],
}
const heatOf = () => {
  const heat = replayHeat(day)
  const incidents = incidentsAt(day, 'now')
  return (time: string, isHasty = false) =>
    heat(incidents(t(time)), { at: t(time), windowMs: HOUR, bandwidthM: 150, isHasty })
}
const counted = (bytes: Uint8Array) => decodeHeat(bytes).counts.n

test('the heat of an instant counts what began in the window before it', () => {
  const heat = heatOf()
  expect(counted(heat('08:30').heatCounts)).toBe(1)
  expect(counted(heat('10:30').heatCounts)).toBe(0)
})

test('where the same places are counted, the bytes stay the same ones', () => {
  const heat = heatOf()
  const { heatCounts } = heat('08:10')
  expect(heat('08:20')).toEqual({ heatCounts, heatAt: t('08:20') })
  expect(heat('08:30').heatCounts).toBe(heatCounts)
})

test('in haste it stays that of the instant before and says so, at rest it is the instant’s own', () => {
  const heat = heatOf()
  const before = heat('08:30')
  expect(heat('10:30', true)).toBe(before)
  expect(before.heatAt).toBe(t('08:30'))
  expect(heat('10:30').heatAt).toBe(t('10:30'))
  expect(counted(heat('10:30').heatCounts)).toBe(0)
})

test('in haste, with none before, there is that of the instant', () => {
  expect(heatOf()('08:30', true).heatAt).toBe(t('08:30'))
})
