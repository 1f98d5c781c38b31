import type { Datum } from '#domain/geo/datum.ts'
import { toWgs84 } from '#domain/geo/datum.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import type { AreaFeature } from './areasFeatures.ts'
import { checkPolygon } from './polygonCheck.ts'
import type { PolygonFault } from './polygonCrossings.ts'

export type GeometryReading = {
  readonly geometry: AreaGeometry | null
  readonly original: AreaFeature['geometry'] // as it came, when that was in a datum that shifts
  readonly repaired: readonly PolygonFault[]
  readonly changedBy: number
}

/** A feature's geometry in WGS 84, checked; or why it can't be taken. Nothing at all is an area without geometry. */
export function readGeometry(given: AreaFeature['geometry'], datum: Datum): GeometryReading | PolygonFault {
  const coordinates = given?.coordinates
  if (given === null || (Array.isArray(coordinates) && coordinates.length === 0))
    return { geometry: null, original: null, repaired: [], changedBy: 0 }
  if (given.type !== 'Polygon' && given.type !== 'MultiPolygon')
    return { reason: `its geometry is a ${given.type}; an area is a Polygon or a MultiPolygon`, place: null }
  const isShifted = datum === 'gcj02' || datum === 'bd09'
  const verdict = checkPolygon(given.type, isShifted ? converted(coordinates, datum) : coordinates)
  if (!verdict.isValid) return verdict.fault
  return { ...verdict, original: isShifted ? given : null }
}

/** Positions at any depth; what is not a position stays as it is, for the check to find. */
function converted(coordinates: unknown, datum: Datum): unknown {
  if (!Array.isArray(coordinates)) return coordinates
  const [lng, lat] = coordinates
  if (typeof lng !== 'number' || typeof lat !== 'number') return coordinates.map(each => converted(each, datum))
  const isOnEarth = Math.abs(lng) <= 180 && Math.abs(lat) <= 90
  if (!isOnEarth) return coordinates
  const place = toWgs84({ lng, lat }, datum)
  return [place.lng, place.lat]
}

/** A reason with the place that it is about, as a person types it into a map. */
export function faultText({ reason, place }: PolygonFault): string {
  return place ? `${reason}, at ${round(place[0])}, ${round(place[1])}` : reason
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6
}
