import { expect, test } from 'vitest'
import { everyIncident, heatFilterOf } from '#domain/heat/heatFilter.ts'
import { exportOrder, FORMATS, holds } from './exportOrder.ts'

const filter = { ...everyIncident(0, 86_400_000), area: '990106', bounds: [121, 30, 122, 31] as const }
const play = { windowHours: 24, stepHours: 6, perSecond: 2, isLooping: true, isCumulative: false, frame: 3 }
const asked = { commandId: 'c', what: 'heat', format: 'geotiff', crs: 'gaussKruger', isEnglish: false } as const

test('a file is asked for with the filter, kernel and classes of the map, and not with its box', () => {
  const order = exportOrder({ bandwidthM: 150, quantity: 'perKm2', play }, filter, [1, 2], asked)
  expect(order).toMatchObject({ what: 'heat', bandwidthM: 150, unit: 'perKm2', classes: [1, 2], crs: 'gaussKruger' })
  expect(heatFilterOf(new URLSearchParams(order.filter))).toEqual({ ...filter, bounds: null })
})

test('a ratio leaves as the ratio that the map shows', () => {
  const order = exportOrder({ bandwidthM: 150, quantity: 'share', play }, filter, [0.1], asked)
  expect(order).toMatchObject({ unit: 'share', classes: [0.1] })
})

test('GeoJSON is asked for in WGS 84 whatever the others come in; a raster holds heat alone', () => {
  expect(
    exportOrder({ bandwidthM: 150, quantity: 'perKm2', play }, filter, [], { ...asked, format: 'geojson' }).crs,
  ).toBe('EPSG:4326')
  expect(FORMATS.filter(format => !holds(format, 'incidents'))).toEqual(['geotiff', 'png', 'frames'])
})

test('frames are those of the playback', () => {
  const view = { bandwidthM: 150, quantity: 'perKm2', play } as const
  expect(exportOrder(view, filter, [], { ...asked, format: 'frames' })).toMatchObject({ window: 'PT24H', step: 'PT6H' })
  expect(exportOrder(view, filter, [], { ...asked, format: 'png' })).not.toHaveProperty('window')
})
