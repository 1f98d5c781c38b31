import { expect, test } from 'vitest'
import { readTrackLine, trackLine } from '#domain/worker/trackLine.ts'
import { mapTracks, peopleAt, trackFigures } from './trackScene.ts'

const T = Date.parse('2026-03-02T10:00:00Z')
/** East by 10 m every 5 s for five minutes, silent for ten, then five minutes more; a jump at the end. */
const fixes = [
  ...Array.from({ length: 60 }, (_, i) => ({ at: T + i * 5000, lng: 121 + i * 1.05e-4, lat: 31 })),
  ...Array.from({ length: 60 }, (_, i) => ({ at: T + 900_000 + i * 5000, lng: 121.02 + i * 1.05e-4, lat: 31 })),
  { at: T + 1_200_000, lng: 121.5, lat: 31 },
]
const track = readTrackLine(JSON.parse(JSON.stringify(trackLine('w', fixes, 3))))
const people = new Map([['w', { id: 'w', name: '魏一', role: 'police' }]])
const at = (seconds: number) => peopleAt([track], people, T + seconds * 1000)[0]

test('a thinned track comes back whole: two straight ways, one gap, one jump', () => {
  expect(trackFigures(track)).toMatchObject({ n: 121, gaps: 1, jumps: 1, stops: 0 })
  const { ways, shapes } = mapTracks([track])
  expect(ways).toBe(2)
  const of = (worker: string) => shapes.features.filter(({ properties }) => properties.worker === worker)
  expect(of('w').map(({ properties }) => properties.how)).toEqual(['move', 'gap', 'move', 'jump'])
  expect(track.fixes.length).toBeLessThan(10)
})

test('along a way somebody is in between; in a gap they stand where last heard of, and it shows', () => {
  expect(at(102.5)!.lng).toBeCloseTo(121 + 20.5 * 1.05e-4, 6)
  expect(at(102.5)).toMatchObject({ stale: false, role: 'police' })
  expect(at(600)).toMatchObject({ stale: true, lng: fixes[59]!.lng })
  expect(at(-1)).toBeUndefined()
  expect(at(1201)).toBeUndefined()
})
