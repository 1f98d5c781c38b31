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
  const camera = createMapCamera(map, () => HOME, { matches: isStill } as MediaQueryList)
  return { camera, moves, raise: (type: string, event = {}) => listeners.get(type)?.(event) }
}

test.each(['dragstart', 'wheel', 'dblclick', 'boxzoomend'])(
  'a hand’s %s locks the camera until it comes home',
  type => {
    const { camera, moves, raise } = watched()
    camera.keepHome()
    expect(moves).toEqual(['jump'])
    raise(type)
    camera.keepHome()
    expect(moves).toEqual(['jump'])
    camera.comeHome('ease')
    camera.keepHome()
    expect(moves).toEqual(['jump', 'ease', 'jump'])
  },
)

test('a zoom is a hand’s only where one caused it', () => {
  const { camera, moves, raise } = watched()
  raise('zoomstart')
  camera.keepHome()
  expect(moves).toEqual(['jump'])
  raise('zoomstart', { originalEvent: {} })
  camera.keepHome()
  expect(moves).toEqual(['jump'])
})

test('who wants no motion sees none', () => {
  const { camera, moves } = watched(true)
  camera.comeHome('ease')
  expect(moves).toEqual(['jump'])
})
