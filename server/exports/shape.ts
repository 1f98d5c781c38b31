import type { AreaGeometry, Position } from '#domain/geo/geojson.ts'
import { rightHanded } from './geojson.ts'
import type { Row } from './layer.ts'
import type { Projection } from './projection.ts'

type XY = readonly [x: number, y: number]
/** A place in the file's own system: a point, or always a multipolygon, since tables want one kind per column. */
export type Shape = { readonly point: XY } | { readonly polygons: readonly (readonly (readonly XY[])[])[] }
export type Box = { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }

export function shapeOf(geometry: NonNullable<Row['geometry']>, { forward }: Projection): Shape {
  if (geometry.type === 'Point') return { point: forward(geometry.coordinates) }
  return { polygons: projected(geometry, forward) }
}

export function boxOf(shapes: readonly Shape[]): Box | null {
  let box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity }
  for (const shape of shapes)
    for (const [x, y] of 'point' in shape ? [shape.point] : shape.polygons.flat(2)) {
      box = {
        minX: Math.min(box.minX, x),
        minY: Math.min(box.minY, y),
        maxX: Math.max(box.maxX, x),
        maxY: Math.max(box.maxY, y),
      }
    }
  return box.minX <= box.maxX ? box : null
}

function projected(geometry: AreaGeometry, forward: (place: Position) => XY): XY[][][] {
  return rightHanded(geometry).map(rings => rings.map(ring => ring.map(forward)))
}
