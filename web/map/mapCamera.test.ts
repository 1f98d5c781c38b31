import type { MapLibreMap } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { createMapCamera } from './mapCamera.ts'

const HOME = { lng: 121.84, lat: 30.55, zoom: 15 }

/** A map whose gestures are raised by hand, and what was asked of its camera. */
function watched(isStill = false) {
  const listeners = new Map<string, (event: object) => void>()
  const moves: string[] = []
  const map = {
    on: (type: string, listener: (event: object) => void) => void listeners.set(type, listener),
    jumpTo: () => void moves.push('jump'),
    easeTo: () => void moves.push('ease'),
  } as unknown as MapLibreMap
  const locked: boolean[] = []
  const still = { matches: isStill } as MediaQueryList
  const camera = createMapCamera(
    map,
    () => HOME,
    still,
    is => void locked.push(is),
  )
  return { camera, moves, locked, raise: (type: string, event = {}) => listeners.get(type)?.(event) }
}

test.each(['dragstart', 'wheel', 'dblclick', 'boxzoomend'])(
  'a hand’s %s locks the camera until it comes home',
  type => {
    const { camera, moves, locked, raise } = watched()
    camera.keepHome()
    expect(moves).toEqual(['jump'])
    raise(type)
    raise(type)
    camera.keepHome()
    expect(moves).toEqual(['jump'])
    camera.comeHome('ease')
    camera.keepHome()
    expect(moves).toEqual(['jump', 'ease', 'jump'])
    expect(locked).toEqual([true, false])
  },
)

test('a zoom is a hand’s only where one caused it', () => {
  const { locked, raise } = watched()
  raise('zoomstart')
  expect(locked).toEqual([])
  raise('zoomstart', { originalEvent: {} })
  expect(locked).toEqual([true])
})

test('who wants no motion sees none', () => {
  const { camera, moves } = watched(true)
  camera.comeHome('ease')
  expect(moves).toEqual(['jump'])
})
