import { type Geom, intersection } from 'polyclip-ts'
import { type Bbox, bboxOf } from '#domain/geo/bbox.ts'
import { type AreaGeometry, polygonsOf, type Ring } from '#domain/geo/geojson.ts'
import { holdsPoint } from '#domain/geo/pointInPolygon.ts'

type Polygons = readonly (readonly Ring[])[]

/** Polygons (shell first) that do not overlap, cut to an area. Only those that its border may cross are clipped: that takes the time. */
export function cutTo(polygons: Polygons, area: AreaGeometry): Polygons {
  const border = edgesOf(area)
  const [whole, crossed]: [(readonly Ring[])[], (readonly Ring[])[]] = [[], []]
  for (const polygon of polygons) {
    const box = bboxOf([{ type: 'Polygon', coordinates: polygon }])
    const corner = polygon[0]?.[0]
    if (box === null || corner === undefined) continue
    if (border.some(edge => overlap(edge, box))) crossed.push(polygon)
    else if (holdsPoint(area, corner[0], corner[1])) whole.push(polygon)
  }
  if (crossed.length === 0) return whole
  return [...whole, ...intersection(crossed as unknown as Geom, area.coordinates as unknown as Geom)]
}

/** The box of each edge of a border. */
function edgesOf(area: AreaGeometry): Bbox[] {
  const rings = polygonsOf(area).flat()
  return rings.flatMap(ring =>
    ring.slice(1).map(([lng, lat], i): Bbox => {
      const [fromLng, fromLat] = ring[i] ?? [lng, lat]
      return [Math.min(fromLng, lng), Math.min(fromLat, lat), Math.max(fromLng, lng), Math.max(fromLat, lat)]
    }),
  )
}

function overlap(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]
}
