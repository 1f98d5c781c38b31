/**
 * Where the invented street lies: on open water in Hangzhou Bay, so that no real street can be mistaken for it.
 * A plane tangent at its middle is exact to a few centimetres over 4 km.
 */
import type { Point } from './plane.ts'

const ORIGIN = { lng: 121.86, lat: 30.55 }
const phi = (ORIGIN.lat * Math.PI) / 180
const METRES_PER_DEGREE_LAT = 111132.92 - 559.82 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi)
const METRES_PER_DEGREE_LNG = 111412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi)

/** Degrees WGS 84, rounded to 1e-6 (about 0.1 m): equal nodes stay equal. */
export function toLngLat([x, y]: Point): [number, number] {
  return [round(ORIGIN.lng + x / METRES_PER_DEGREE_LNG), round(ORIGIN.lat + y / METRES_PER_DEGREE_LAT)]
}

const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6
