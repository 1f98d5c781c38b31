import { EARTH_RADIUS_M } from './distance.ts'

/**
 * Web Mercator as the unit square: x runs east from the antimeridian, y runs south from 85.0511° N. A lattice of level z cuts it
 * into 2^z × 2^z cells; level z of the lattice is level z of the map's tiles.
 */
export function worldX(lng: number): number {
  return lng / 360 + 0.5
}

export function worldY(lat: number): number {
  const sin = Math.sin((lat * Math.PI) / 180)
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
}

export function lngAt(x: number): number {
  return (x - 0.5) * 360
}

export function latAt(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI
}

/** Metres on the ground that one unit of the square spans at a latitude: Mercator stretches by 1 / cos φ, the ground does not. */
export function metresPerWorld(lat: number): number {
  return 2 * Math.PI * EARTH_RADIUS_M * Math.cos((lat * Math.PI) / 180)
}

/** Side in metres on the ground of a lattice cell of a level. */
export function cellSizeM(level: number, lat: number): number {
  return metresPerWorld(lat) / 2 ** level
}

/** The lattice cell that holds a place; what lies on the far border of the square counts to its last cell. */
export function cellAt(lng: number, lat: number, level: number): { x: number; y: number } {
  const side = 2 ** level
  const within = (world: number) => Math.min(side - 1, Math.max(0, Math.floor(world * side)))
  return { x: within(worldX(lng)), y: within(worldY(lat)) }
}
