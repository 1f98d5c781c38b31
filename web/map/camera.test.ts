import { expect, test } from 'vitest'
import { fitCamera, homeCamera, pxPerMetre, shownBbox, viewCamera, wallReserve, zoomForScale } from './camera.ts'
import type { Bbox, MapArea, MapScene } from './mapScene.ts'

const none = { top: 0, right: 0, bottom: 0, left: 0 }
const street: Bbox = [121.82, 30.53, 121.86, 30.56]
const screen = { width: 1536, height: 812 }

function projected(lng: number, lat: number, camera: { lng: number; lat: number; zoom: number }) {
  const world = 512 * 2 ** camera.zoom
  const y = (at: number) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (at * Math.PI) / 360)) / (2 * Math.PI)) * world
  return { x: ((lng - camera.lng) / 360) * world + screen.width / 2, y: y(lat) - y(camera.lat) + screen.height / 2 }
}

test('the rectangle touches the reserve on the side that is short and stays inside on the other', () => {
  for (const reserve of [none, { top: 26, right: 18, bottom: 26, left: 144 }]) {
    const camera = fitCamera(street, screen, reserve)
    if (!camera) throw new Error('no camera')
    const a = projected(street[0], street[3], camera)
    const b = projected(street[2], street[1], camera)
    expect(a.y).toBeCloseTo(reserve.top, 3)
    expect(b.y).toBeCloseTo(screen.height - reserve.bottom, 3)
    expect(a.x).toBeGreaterThanOrEqual(reserve.left - 1e-6)
    expect(b.x).toBeLessThanOrEqual(screen.width - reserve.right + 1e-6)
    expect((a.x + b.x) / 2).toBeCloseTo((reserve.left + screen.width - reserve.right) / 2, 3)
  }
})

test('a single place, an empty screen and nonsense give a camera or nothing, never NaN', () => {
  expect(fitCamera([120, 30, 120, 30], screen, none)?.zoom).toBe(19)
  expect(fitCamera(street, { width: 0, height: 0 }, none)).toBeNull()
  expect(fitCamera([Number.NaN, 0, 1, 1], screen, none)).toBeNull()
  const narrow = fitCamera(street, { width: 100, height: 100 }, { top: 0, right: 0, bottom: 0, left: 400 })
  expect(Number.isFinite(narrow?.zoom)).toBe(true)
})

test('the area shown falls back to its parts, then to everything that has a shape, then to nothing', () => {
  const area = (code: string, parent: string | null, bbox: Bbox | null): MapArea => ({
    code,
    name: code,
    level: 'l',
    parent,
    geometry: null,
    bbox,
  })
  const parts = [
    area('a', null, null),
    area('b', 'a', [0, 0, 1, 1]),
    area('c', 'a', [2, 2, 3, 3]),
    area('d', null, [9, 9, 10, 10]),
  ]
  expect(shownBbox(parts, 'd')).toEqual([9, 9, 10, 10])
  expect(shownBbox(parts, 'a')).toEqual([0, 0, 3, 3])
  expect(shownBbox(parts, 'unknown')).toEqual([0, 0, 10, 10])
  expect(shownBbox([area('a', null, null)], 'a')).toBeNull()
})

test('scale and zoom are each other’s reverse', () => {
  expect(1 / pxPerMetre(30.5, zoomForScale(30.5, 0.62))).toBeCloseTo(0.62, 9)
})

test('home is the area shown, without one where the place is told to be, and else nowhere', () => {
  const scene = { areas: [], root: null, bounds: street, unitPx: 1 } as Partial<MapScene> as MapScene
  expect(homeCamera(scene, screen, none)).toEqual(fitCamera(street, screen, none))
  expect(homeCamera(scene, screen, null)).toEqual(fitCamera(street, screen, wallReserve(1, screen.width)))
  expect(homeCamera({ ...scene, bounds: null }, screen, none)).toBeNull()
  const inner: Bbox = [121.83, 30.54, 121.84, 30.55]
  const area = { code: '01', name: '', level: 'grid', parent: null, geometry: null, bbox: inner }
  expect(homeCamera({ ...scene, areas: [area], root: '01' }, screen, none)).toEqual(fitCamera(inner, screen, none))
})

test('a fixed view is its place at its scale', () => {
  const { lng, lat, zoom } = viewCamera({ lng: 121.84, lat: 30.55, metresPerPx: 0.4 })
  expect([lng, lat]).toEqual([121.84, 30.55])
  expect(pxPerMetre(lat, zoom)).toBeCloseTo(2.5, 9)
})
