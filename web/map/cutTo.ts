import type { MultiPolygon, Polygon, Position } from 'geojson'
import { type Geom, intersection } from 'polyclip-ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { holdsPoint } from '#domain/geo/pointInPolygon.ts'

/** Polygons (outer ring first) that do not overlap, cut to an area. Only those that its border may cross are clipped: that takes the time. */
export function cutTo(polygons: readonly Position[][][], area: Polygon | MultiPolygon): MultiPolygon {
  const border = edgesOf(area)
  const [whole, crossed]: [Position[][][], Position[][][]] = [[], []]
  for (const polygon of polygons) {
    const box = boxOf(polygon[0] ?? [])
    const [[lng = 0, lat = 0] = []] = polygon[0] ?? []
    if (border.some(edge => overlap(edge, box))) crossed.push(polygon)
    else if (holdsPoint(area as unknown as AreaGeometry, lng, lat)) whole.push(polygon)
  }
  const clipped = crossed.length === 0 ? [] : intersection(crossed as Geom, area.coordinates as Geom)
  return { type: 'MultiPolygon', coordinates: [...whole, ...clipped] }
}

type Box = { readonly west: number; readonly south: number; readonly east: number; readonly north: number }

function edgesOf(area: Polygon | MultiPolygon): Box[] {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates
  return polygons.flat().flatMap(ring => ring.slice(1).map((to, i) => boxOf([ring[i] ?? to, to])))
}

function boxOf(positions: readonly Position[]): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const [lng = 0, lat = 0] of positions) {
    box.west = Math.min(box.west, lng)
    box.east = Math.max(box.east, lng)
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
  }
  return box
}

function overlap(a: Box, b: Box): boolean {
  return a.west <= b.east && a.east >= b.west && a.south <= b.north && a.north >= b.south
}
