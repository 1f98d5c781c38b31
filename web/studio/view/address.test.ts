import { expect, test } from 'vitest'
import { type Known, type Query, queryOf, VIEW_KEYS, viewOf } from './address.ts'
import type { StudioView } from './studioView.ts'

const ZONE = 'Asia/Shanghai'
const NOW = Date.parse('2026-11-22T14:32:08+08:00')
const known: Known = {
  now: NOW,
  zone: ZONE,
  areas: new Set(['990106', '990106008']),
  categories: ['streetTrading', 'dispute'],
  sources: ['patrol', 'hotline'],
  clocks: ['respond', 'resolve'],
}
const read = (query: Query) => viewOf(query, known)

test('an address without a word shows the last seven local days beside the seven before', () => {
  const { view, dropped } = read({})
  expect(dropped).toEqual([])
  expect(view.period).toEqual({
    from: Date.parse('2026-11-16T00:00+08:00'),
    to: Date.parse('2026-11-23T00:00+08:00'),
  })
  expect(view.other.to).toBe(view.period.from)
  expect(view.comparison).toBe('single')
})

const full: StudioView = {
  period: { from: Date.parse('2026-11-20T00:00+08:00'), to: Date.parse('2026-11-21T06:00+08:00') },
  other: { from: Date.parse('2026-11-13T00:00+08:00'), to: Date.parse('2026-11-14T06:00+08:00') },
  comparison: 'difference',
  area: '990106008',
  category: ['streetTrading', 'dispute'],
  source: ['patrol'],
  tier: ['hard'],
  clock: 'respond',
  clockState: ['breached', 'met'],
  hour: [0, 7, 23],
  weekday: [1, 7],
  asOf: Date.parse('2026-11-21T02:07+08:00'),
  knowing: 'then',
  bandwidthM: 300,
  quantity: 'perThousand',
  method: 'quantile',
  breaks: [0.05, 0.1, 0.25],
  box: [121.8, 30.5, 121.9, 30.6],
  camera: { lng: 121.85, lat: 30.55, zoom: 14.25 },
  at: { lng: 121.845, lat: 30.555 },
  alpha: 0.05,
  hotPerHousehold: true,
  play: { windowHours: 6, stepHours: 2, perSecond: 4, isLooping: false, isCumulative: true, frame: 3 },
}

test('a view comes back from its address as it was', () => {
  expect(read(queryOf(full, ZONE))).toEqual({ view: full, dropped: [] })
  const { view } = read({})
  expect(read(queryOf(view, ZONE))).toEqual({ view, dropped: [] })
})

test('a share is of what is decided: a state of the clock beside it is named and left out', () => {
  const { view, dropped } = read(queryOf({ ...full, quantity: 'share' }, ZONE))
  expect(view).toMatchObject({ quantity: 'share', clock: 'respond', clockState: null })
  expect(dropped.map(({ key }) => key)).toEqual(['clockState', 'clockState'])
})

test('the address always says the period, so that tomorrow it shows the same', () => {
  expect(queryOf(read({}).view, ZONE)).toEqual({ from: '2026-11-16T00:00', to: '2026-11-23T00:00' })
})

test.each([
  ['from', 'yesterday'],
  ['to', '2026-11-01T00:00'],
  ['compare', 'three'],
  ['area', '110101'],
  ['category', 'nonsense'],
  ['tier', 'huge'],
  ['clock', 'lunch'],
  ['clockState', 'late'],
  ['hour', '24'],
  ['weekday', '0'],
  ['bandwidth', '5'],
  ['bandwidth', '2001'],
  ['quantity', 'index'],
  ['classes', 'jenks'],
  ['breaks', '3,2,1'],
  ['breaks', '0,1'],
  ['box', '1,2,3'],
  ['map', '121,30'],
  ['at', '200,30'],
  ['alpha', '0.5'],
  ['window', '0'],
  ['speed', '100'],
  ['loop', 'yes'],
  ['frame', '-1'],
])('%s=%s makes no sense: it is named, and the rest holds', (key, value) => {
  const { view, dropped } = read({ source: 'hotline', [key]: value })
  expect(dropped).toEqual([{ key, value }])
  expect(view).toEqual({ ...read({}).view, source: ['hotline'] })
})

test('every parameter that is read can be written', () => {
  expect(Object.keys(queryOf(full, ZONE)).sort()).toEqual([...VIEW_KEYS].sort())
})
