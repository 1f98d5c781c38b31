import type { Bbox } from '../geo/bbox.ts'
import { cellAt } from '../geo/mercator.ts'
import type { LngLat } from '../incident/facts.ts'
import type { Lattice } from './lattice.ts'

/** The level on which places are kept: cells of under 4 cm. Every coarser lattice's cell follows by a shift. */
export const FINE_LEVEL = 30

/** Cells of the fine lattice, all four inclusive; y runs south. */
export type FineBox = { readonly west: number; readonly north: number; readonly east: number; readonly south: number }

export function finePlace({ lng, lat }: LngLat): { x: number; y: number } {
  return cellAt(lng, lat, FINE_LEVEL)
}

export function fineBox([west, south, east, north]: Bbox): FineBox {
  const first = cellAt(west, north, FINE_LEVEL)
  const last = cellAt(east, south, FINE_LEVEL)
  return { west: first.x, north: first.y, east: last.x, south: last.y }
}

/** What lies in both; null stands for everywhere. An empty box holds nothing: its west lies east of its east. */
export function commonBox(a: FineBox | null, b: FineBox | null): FineBox | null {
  if (a === null || b === null) return a ?? b
  return {
    west: Math.max(a.west, b.west),
    north: Math.max(a.north, b.north),
    east: Math.min(a.east, b.east),
    south: Math.min(a.south, b.south),
  }
}

export function holdsPlace(box: FineBox, x: number, y: number): boolean {
  return x >= box.west && x <= box.east && y >= box.north && y <= box.south
}

/** The window of cells of a level (at most the fine one) that covers a box; an empty box has one cell, in which nothing lies. */
export function windowOf({ west, north, east, south }: FineBox, level: number): Lattice {
  const shift = FINE_LEVEL - level
  const [x0, y0] = [west >>> shift, north >>> shift]
  return {
    level,
    x0,
    y0,
    width: Math.max(1, (east >>> shift) - x0 + 1),
    height: Math.max(1, (south >>> shift) - y0 + 1),
  }
}
