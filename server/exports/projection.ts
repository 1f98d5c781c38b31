import proj4 from 'proj4'
import { type CoordinateSystem, coordinateSystem } from '#domain/geo/coordinateSystem.ts'
import type { Position } from '#domain/geo/geojson.ts'

export type Projection = {
  /** Longitude and latitude (WGS 84 / CGCS2000) to the system's x east and y north. */
  readonly forward: (place: Position) => readonly [x: number, y: number]
  readonly inverse: (x: number, y: number) => Position
}

/** WGS 84 and CGCS2000 coincide to well under a metre: between them nothing is converted. */
export function projectionTo(system: CoordinateSystem): Projection {
  if (system.projection === null) return { forward: ([lng, lat]) => [lng, lat], inverse: (x, y) => [x, y] }
  const converter = proj4('+proj=longlat +ellps=WGS84 +no_defs', definition(system.projection, system.datum))
  return {
    forward: ([lng, lat]) => pair(converter.forward([lng, lat])),
    inverse: (x, y) => pair(converter.inverse([x, y])),
  }
}

/** The system of that EPSG number, which must be one of those that are supported. */
export function knownSystem(code: number): CoordinateSystem {
  const system = coordinateSystem(code)
  if (system === null) throw new RangeError(`EPSG:${code} is not supported`)
  return system
}

function definition(projection: NonNullable<CoordinateSystem['projection']>, datum: CoordinateSystem['datum']): string {
  if (projection.kind === 'webMercator')
    return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs'
  const { centralMeridian, scale, falseEastingM, falseNorthingM } = projection
  // GRS80 is the ellipsoid of CGCS2000 but for the last digits of its flattening: less than 0.1 mm.
  const ellipsoid = datum === 'CGCS2000' ? 'GRS80' : 'WGS84'
  return `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=${scale} +x_0=${falseEastingM} +y_0=${falseNorthingM} +ellps=${ellipsoid} +units=m +no_defs`
}

function pair([x = Number.NaN, y = Number.NaN]: readonly number[]): readonly [number, number] {
  return [x, y]
}
