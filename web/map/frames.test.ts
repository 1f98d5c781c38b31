import { expect, test } from 'vitest'
import { calloutMarkup, frameMarkup } from './frames.ts'
import type { Bbox } from './mapScene.ts'

const asPixels = (lng: number, lat: number) => ({ x: lng, y: -lat })

test.each<[string, Bbox, { x: number; y: number }]>([
  ['above its frame', [100, -300, 200, -200], { x: 104, y: 194 }],
  ['inside a frame at the top of the map', [100, -100, 200, -10], { x: 108, y: 32 }],
  ['inside a map that ends within the frame', [-50, -100, 200, 40], { x: 8, y: 22 }],
])('a frame is named %s', (_, bbox, { x, y }) => {
  const markup = frameMarkup([{ id: 'A', bbox }], asPixels, 1)
  expect(markup).toContain(`<text class="frame-name" x="${x}.0" y="${y}.0">A</text>`)
})

test('a line leads from the plate to the upper left of an area near it, and to none across the street', () => {
  const ring = (x: number, y: number) => [
    [x, -y],
    [x + 80, -y],
    [x + 80, -y - 80],
    [x, -y - 80],
  ]
  expect(calloutMarkup({ x: 100, y: 100 }, ring(300, 200), asPixels, 1)).toContain('M100.0 100.0L')
  expect(calloutMarkup({ x: 100, y: 100 }, ring(900, 700), asPixels, 1)).toBe('')
})
