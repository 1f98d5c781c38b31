import type { FeatureCollection } from 'geojson'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadFonts } from '../styles/fonts.ts'
import { createAreaNames } from './areaNames.ts'
import { areaShapes } from './areaShapes.ts'
import type { MapArea } from './mapScene.ts'

let fontsCame: () => void
beforeEach(() => {
  const fonts = new Promise<void>(resolve => {
    fontsCame = resolve
  })
  vi.stubGlobal('document', { fonts: { load: () => fonts } })
})
afterEach(() => vi.unstubAllGlobals())

const square = (code: string, name: string): MapArea => ({
  code,
  name,
  level: 'community',
  parent: null,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [100, 0],
        [100, 100],
        [0, 100],
        [0, 0],
      ],
    ],
  },
  bbox: null,
})

function named(name: string) {
  const shapesOf = (name: string) => areaShapes([square('01', name)], ['community'], null, null)
  let shapes = shapesOf(name)
  const shown: string[] = []
  const ground = {
    shapes: () => shapes,
    obstacles: () => [],
    unitPx: () => 1,
    markUnit: () => 1,
    project: (lng: number, lat: number) => ({ x: lng, y: lat }),
    unproject: (x: number, y: number) => ({ lng: x, lat: y }),
  }
  const show = (id: string, data: FeatureCollection) =>
    void shown.push(`${id} ${data.features.map(({ properties }) => properties?.['text']).join()}`)
  const end = new AbortController()
  return {
    names: createAreaNames(ground, show, end.signal),
    shown,
    end,
    redraw: (name: string) => {
      shapes = shapesOf(name)
    },
  }
}

test('a name is nowhere on the map before its font is there, wherever the camera goes meanwhile', async () => {
  const { names, shown } = named('柳堤社区')
  names.write()
  names.place()
  expect(shown).toEqual([])
  fontsCame()
  await loadFonts('柳堤')
  expect(shown).toEqual(['numbers ', 'names 柳堤'])
  names.place()
  expect(shown.at(-1)).toBe('names 柳堤')
  expect(shown).toHaveLength(3)
})

test('of areas that follow each other quicker than their fonts the last are named', async () => {
  const { names, shown, redraw } = named('书院社区')
  names.write()
  redraw('白鹭社区')
  names.write()
  names.place()
  fontsCame()
  await loadFonts('白鹭')
  expect(shown).toEqual(['numbers ', 'names 白鹭'])
})

test('nothing is written on a map that has gone', async () => {
  const { names, shown, end } = named('桐荫社区')
  names.write()
  end.abort()
  fontsCame()
  await loadFonts('桐荫')
  expect(shown).toEqual([])
})
