/** The part of RFC 7946 that areas and heat need: longitude first, degrees, WGS 84; the last point of a ring repeats the first. */
export type Position = readonly [lng: number, lat: number, ...rest: number[]]
export type Ring = readonly Position[]
export type Polygon = { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
export type MultiPolygon = { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] }
export type AreaGeometry = Polygon | MultiPolygon

/** The polygons of a geometry, each a shell followed by its holes. */
export function polygonsOf(geometry: AreaGeometry): readonly (readonly Ring[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** As few words as the shape allows: one polygon is a Polygon, none or several are a MultiPolygon. */
export function geometryOf(polygons: readonly (readonly Ring[])[]): AreaGeometry {
  const [only] = polygons
  return only && polygons.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons }
}
