/** Where the camera stands so that a rectangle fills the map, less what lies over its edges. */
import type { Bbox, MapArea, MapScene } from './mapScene.ts'

export type Size = { width: number; height: number }
export type Reserve = { top: number; right: number; bottom: number; left: number }
export type Camera = { lng: number; lat: number; zoom: number }
export type FixedView = { lng: number; lat: number; metresPerPx: number }

const TILE_PX = 512 // MapLibre's zoom 0 draws the whole world into 512 px
const MAX_ZOOM = 19

/** A map narrower than this, in units, gives the cards at its edges more of itself. */
const NARROW_UNITS = 1280

/** The people's legend and the plate stand at the left, outside the street's outline; VISUAL §3. */
export function wallReserve(unitPx: number, widthPx: number): Reserve {
  const isNarrow = widthPx < NARROW_UNITS * unitPx
  const [left, bottom] = isNarrow ? [176, 76] : [144, 26]
  return { top: 26 * unitPx, right: 18 * unitPx, bottom: bottom * unitPx, left: left * unitPx }
}

/** Where a map looks that nobody moves: at the area shown, else where the place is told to be. Null: nobody knows. */
export function homeCamera(scene: MapScene, size: Size, reserve: Reserve | null): Camera | null {
  const bbox = shownBbox(scene.areas, scene.root) ?? scene.bounds ?? null
  return bbox ? fitCamera(bbox, size, reserve ?? wallReserve(scene.unitPx, size.width)) : null
}

export function viewCamera({ lng, lat, metresPerPx }: FixedView): Camera {
  return { lng, lat, zoom: zoomForScale(lat, metresPerPx) }
}

export function fitCamera(bbox: Bbox, size: Size, reserve: Reserve): Camera | null {
  const [west, south, east, north] = bbox
  const x0 = mercatorX(west)
  const x1 = mercatorX(east)
  const y0 = mercatorY(north)
  const y1 = mercatorY(south)
  // An overlay wider than the map (a test page, a phone) must not turn the picture inside out.
  const width = Math.max(size.width - reserve.left - reserve.right, size.width * 0.25)
  const height = Math.max(size.height - reserve.top - reserve.bottom, size.height * 0.25)
  if (!(width > 0 && height > 0) || ![x0, x1, y0, y1].every(Number.isFinite)) return null
  const perWorld = Math.min(width / Math.max(x1 - x0, 1e-9), height / Math.max(y1 - y0, 1e-9))
  const zoom = Math.min(MAX_ZOOM, Math.log2(perWorld / TILE_PX))
  const worldPx = TILE_PX * 2 ** zoom
  const x = (x0 + x1) / 2 - (reserve.left - reserve.right) / 2 / worldPx
  const y = (y0 + y1) / 2 - (reserve.top - reserve.bottom) / 2 / worldPx
  return { lng: x * 360 - 180, lat: latitude(y), zoom }
}

/** The rectangle of the area shown: its own, else its children's, else every area's. */
export function shownBbox(areas: readonly MapArea[], root: string | null): Bbox | null {
  const own = areas.filter(area => area.code === root)
  const children = areas.filter(area => area.parent === root)
  for (const group of [own, children, areas]) {
    const box = unionBbox(group.map(area => area.bbox ?? geometryBbox(area.geometry)))
    if (box) return box
  }
  return null
}

export function unionBbox(boxes: readonly (Bbox | null)[]): Bbox | null {
  let all: Bbox | null = null
  for (const box of boxes) {
    if (!box) continue
    all = all
      ? [Math.min(all[0], box[0]), Math.min(all[1], box[1]), Math.max(all[2], box[2]), Math.max(all[3], box[3])]
      : box
  }
  return all
}

export function geometryBbox(geometry: MapArea['geometry']): Bbox | null {
  if (!geometry) return null
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (const [lng = Number.NaN, lat = Number.NaN] of ring) {
      if (lng < box[0]) box[0] = lng
      if (lat < box[1]) box[1] = lat
      if (lng > box[2]) box[2] = lng
      if (lat > box[3]) box[3] = lat
    }
  }
  return Number.isFinite(box[0]) && Number.isFinite(box[1]) ? box : null
}

/** CSS pixels that one metre takes on the ground at this place and zoom. */
export function pxPerMetre(lat: number, zoom: number): number {
  return (TILE_PX * 2 ** zoom) / (40_075_016.686 * Math.cos((lat * Math.PI) / 180))
}

/** The zoom at which one CSS pixel is `metresPerPx` of ground. */
export function zoomForScale(lat: number, metresPerPx: number): number {
  return Math.log2((40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (TILE_PX * metresPerPx))
}

const mercatorX = (lng: number) => (lng + 180) / 360
const mercatorY = (lat: number) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)
const latitude = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
