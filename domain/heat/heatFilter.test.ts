import { expect, test } from 'vitest'
import { everyIncident, type HeatFilter, heatFilterOf, heatParameters } from './heatFilter.ts'

const day = everyIncident(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2))
const narrow: HeatFilter = {
  ...day,
  area: '310115003',
  bounds: [121.4, 31.2, 121.5, 31.3],
  category: ['fire', 'a&b'],
  source: ['hotline'],
  tier: ['minor', 'hard'],
  clock: 'respond',
  clockState: ['breached'],
  hour: [0, 23],
  weekday: [1, 7],
  asOf: Date.UTC(2026, 0, 3),
  knownAt: Date.UTC(2026, 0, 4),
}

test.each([day, narrow])('a filter comes back from its address as it was', filter => {
  expect(heatFilterOf(new URLSearchParams(heatParameters(filter).toString()))).toEqual(filter)
})

test.each([
  ['from', '2026-01-01', 'from and to must be instants'],
  ['to', '2025-12-31T00:00:00Z', 'to must lie after from'],
  ['to', '2046-01-01T00:00:00Z', '3700 days at most'],
  ['asOf', 'yesterday', 'asOf and knownAt must be instants'],
  ['knownAt', '', 'asOf and knownAt must be instants'],
  ['bounds', '1,2,3', 'bounds must be'],
  ['bounds', '3,2,1,4', 'bounds must be'],
  ['bounds', '1,2,3,', 'bounds must be'],
  ['tier', 'tiny', 'tier must be minor, major, hard'],
  ['clockState', 'late', 'clockState must be'],
  ['hour', '24', 'hour must be 0 to 23'],
  ['hour', '', 'hour must be'],
  ['weekday', '0', 'weekday must be 1'],
])('%s=%s is refused in words', (key, value, words) => {
  const query = heatParameters(day)
  query.set(key, value)
  expect(heatFilterOf(query)).toMatch(words)
})
