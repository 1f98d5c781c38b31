import type { LngLat } from '../incident/facts.ts'

/** Mean radius of WGS 84 in metres (2a + b) / 3. Everything here that says metres stands on this one sphere. */
export const EARTH_RADIUS_M = 6_371_008.8

const RADIANS = Math.PI / 180

/**
 * Metres between two places in degrees: haversine on the mean sphere. Against the ellipsoid's geodesic it is wrong by at most
 * 0.56 % (north to south at the equator), by less than 0.3 % within China: 3 m in 1 km.
 */
export function distanceM(a: LngLat, b: LngLat): number {
  const halfLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2)
  const halfLng = Math.sin(((b.lng - a.lng) * RADIANS) / 2)
  const h = halfLat * halfLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * halfLng * halfLng
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Initial bearing of the great circle from a to b, degrees clockwise from north, 0 ≤ bearing < 360; 0 for the same place. */
export function bearingDeg(a: LngLat, b: LngLat): number {
  const lng = (b.lng - a.lng) * RADIANS
  const from = a.lat * RADIANS
  const to = b.lat * RADIANS
  const east = Math.sin(lng) * Math.cos(to)
  const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(lng)
  const bearing = Math.atan2(east, north) / RADIANS
  return bearing < 0 ? bearing + 360 : bearing
}
