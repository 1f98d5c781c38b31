/**
 * The map's colours. WebGL can't read custom properties, so what `styles/tokens.css` names stands here a second time;
 * `palette.test.ts` holds the two equal. The basemap's greys stand only here.
 */
import type { Theme } from './mapScene.ts'

const dark = {
  bg: '#0b0c0d',
  'k-1': '#f1f3f4',
  'k-2': '#b6b9bb',
  'k-3': '#8a8d90',
  'k-4': '#5f6264',
  accent: '#37b6ea',
  'heat-1': '#2b2244',
  'heat-2': '#44336c',
  'heat-3': '#5e4892',
  'heat-4': '#7860b5',
  'heat-5': '#927bd0',
  'heat-alpha': '.86',
  'map-road': '#1d1f21',
  'map-road-out': '#131415',
  'map-block': '#121314',
  'map-block-out': '#0d0e0f',
  'map-park': '#131614',
  'map-park-out': '#0e100f',
  'map-bld': 'rgba(255,255,255,.062)',
  'map-bld-out': 'rgba(255,255,255,.026)',
  'map-water': '#0b1216',
  'map-bank': '#1d262b',
  'map-bridge': '#25282a',
  'map-rail': '#2b2d2f',
  'map-grid': '#5d6163',
  'map-com': '#a4a8ab',
  'map-street': '#d9dcde',
  'map-halo': '#0b0c0d',
}

export type Palette = typeof dark

const light: Palette = {
  bg: '#f1f1ee',
  'k-1': '#161715',
  'k-2': '#454643',
  'k-3': '#666763',
  'k-4': '#91928e',
  accent: '#00699b',
  'heat-1': '#dfdaf2',
  'heat-2': '#c0b6e6',
  'heat-3': '#a392d6',
  'heat-4': '#866ec5',
  'heat-5': '#6b4eab',
  'heat-alpha': '.88',
  'map-road': '#ffffff',
  'map-road-out': '#f1f1ee',
  'map-block': '#e9e9e5',
  'map-block-out': '#e6e6e2',
  'map-park': '#e0e5dc',
  'map-park-out': '#e2e5df',
  'map-bld': 'rgba(20,20,18,.085)',
  'map-bld-out': 'rgba(20,20,18,.035)',
  'map-water': '#d3dde1',
  'map-bank': '#b7c3c8',
  'map-bridge': '#ffffff',
  'map-rail': '#c3c3be',
  'map-grid': '#8d8e8a',
  'map-com': '#555652',
  'map-street': '#1b1c1a',
  'map-halo': '#f4f4f1',
}

export const palettes: Record<Theme, Palette> = { dark, light }

/** `#rrggbb` as deck.gl wants it, with an alpha of 0…255. */
export function rgba(hex: string, alpha = 255): [number, number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, alpha]
}
