import { expect, test } from 'vitest'
import type { MapArea, MapIncident, MapScene } from './mapScene.ts'
import { sceneChanges } from './sceneChanges.ts'

const community: MapArea = {
  code: '01',
  name: '柳堤社区',
  level: 'community',
  parent: null,
  geometry: null,
  bbox: [121, 30, 122, 31],
}
const incident: MapIncident = {
  id: 'a',
  lng: 121.8,
  lat: 30.5,
  symbol: '停',
  state: 'normal',
  clock: 'resolve',
  remainingMs: 60_000,
  fraction: 0.5,
  bell: false,
  pulseSince: null,
  unknown: false,
}
const settings = { unit: 'perKm2', bandwidthM: 120, windowMs: 3_600_000, classes: [1, 2] }
const before: MapScene = {
  areas: [community],
  levels: ['community'],
  root: '01',
  selected: null,
  incidents: [incident],
  workers: [],
  heat: { counts: new Uint8Array(1), settings },
  basemap: [],
  theme: 'dark',
  link: 'live',
  unitPx: 1,
}
const changed = (next: Partial<MapScene>, from = before) =>
  Object.entries(sceneChanges(from, { ...from, ...next }))
    .filter(([, is]) => is)
    .map(([what]) => what)

test.each<[string, Partial<MapScene>, string[]]>([
  ['nothing', {}, []],
  ['the theme', { theme: 'light' }, ['look', 'tiles', 'tracks', 'people']],
  ['the unit', { unitPx: 2 }, ['look', 'tiles', 'tracks', 'people']],
  ['the link', { link: 'stale' }, ['people']],
  ['who is where', { workers: [] }, ['people']],
  ['what an incident says', { incidents: [{ ...incident, remainingMs: 59_000 }] }, ['incidents', 'people']],
  ['which incidents there are', { incidents: [] }, ['incidents', 'otherPins', 'people']],
  ['the base map', { basemap: [] }, ['basemap']],
  ['its tiles', { tiles: null }, ['tiles']],
  ['the tracks', { tracks: null }, ['tracks']],
  ['whose track is raised', { raised: 'W001' }, ['tracks']],
  ['what is selected', { selected: '01' }, ['areas']],
  ['the area shown', { root: '02' }, ['areas', 'heat', 'place']],
  ['areas where there were some', { areas: [community] }, ['areas']],
])('%s calls for no more than it changes', (_, next, what) => {
  expect(changed(next)).toEqual(what)
})

test('the camera goes to the first areas there are', () => {
  expect(changed({ areas: [community] }, { ...before, areas: [] })).toEqual(['areas', 'place'])
})

test('heat is made anew of other counts or settings, not of another object that holds the same', () => {
  const counts = before.heat?.counts ?? null
  expect(changed({ heat: { counts, settings } })).toEqual([])
  expect(changed({ heat: { counts: new Uint8Array(1), settings } })).toEqual(['heat'])
  expect(changed({ heat: { counts, settings: { ...settings } } })).toEqual(['heat'])
  expect(changed({ heat: null })).toEqual(['heat'])
})
