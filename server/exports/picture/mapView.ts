import type { Bbox } from '#domain/geo/bbox.ts'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { EARTH_RADIUS_M } from '#domain/geo/distance.ts'
import type { Position } from '#domain/geo/geojson.ts'
import { projectedBox } from '../heatRaster.ts'
import type { Projection } from '../projection.ts'

/** Where on a page the ground lies: the map's rectangle in pixels, and how much of the system's unit a pixel is. */
export type MapView = {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly west: number // of the rectangle, in the system
  readonly north: number
  readonly unitsPerPxX: number
  readonly unitsPerPxY: number
  readonly metresPerPx: number // on the ground, in the middle
  readonly toPx: (place: Position) => readonly [x: number, y: number]
}

/** Ground around the box, as a share of its larger side. */
const MARGIN = 0.03
const [FLATTEST, STEEPEST] = [0.35, 1.2]

/** The box in a rectangle of this width; its height follows the ground, within reason. */
export function mapView(
  bounds: Bbox,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  system: CoordinateSystem,
  projection: Projection,
): MapView {
  const [left, bottom, right, top] = projectedBox(bounds, projection)
  const lat = (bounds[1] + bounds[3]) / 2
  const cosine = Math.cos((lat * Math.PI) / 180)
  // Degrees of longitude are shorter on the ground: drawn so that nothing is squeezed.
  const stretch = system.unit === 'degree' ? 1 / cosine : 1
  const margin = MARGIN * Math.max((right - left) / stretch, top - bottom)
  const [groundX, groundY] = [(right - left) / stretch + 2 * margin, top - bottom + 2 * margin]
  const height = Math.round(width * Math.min(STEEPEST, Math.max(FLATTEST, groundY / groundX)))
  const unitsPerPxY = Math.max(groundX / width, groundY / height)
  const unitsPerPxX = unitsPerPxY * stretch
  const west = (left + right) / 2 - (width / 2) * unitsPerPxX
  const north = (bottom + top) / 2 + (height / 2) * unitsPerPxY
  const metresPerUnit =
    system.unit === 'degree'
      ? (2 * Math.PI * EARTH_RADIUS_M) / 360
      : system.projection?.kind === 'webMercator'
        ? cosine
        : 1
  return {
    ...{ x, y, width, height, west, north, unitsPerPxX, unitsPerPxY },
    metresPerPx: unitsPerPxY * metresPerUnit,
    toPx(place) {
      const [wx, wy] = projection.forward(place)
      return [x + (wx - west) / unitsPerPxX, y + (north - wy) / unitsPerPxY]
    },
  }
}
