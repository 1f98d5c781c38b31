import type { Bbox } from '../geo/bbox.ts'
import { metresPerWorld } from '../geo/mercator.ts'
import { REACH } from './density.ts'

/** The kernel's reach, and as much more as its rounding to cells, the reading between cells and Mercator's stretch take. */
const PAD_BANDWIDTHS = REACH + 0.75
const FARTHEST_LAT = 85

/**
 * The box whose counts decide every density inside a viewport: with as much around it as a kernel of that bandwidth reaches. Two
 * viewports asked for this way agree wherever they overlap, provided that the levels of counts and density are those of the place
 * (`levelFor` with the place's latitude) and not of the viewport. Ends at 85° and at the antimeridian.
 */
export function windowFor([west, south, east, north]: Bbox, bandwidthM: number): Bbox {
  const padM = PAD_BANDWIDTHS * bandwidthM
  const padLat = (padM / metresPerWorld(0)) * 360
  const [bottom, top] = [Math.max(-FARTHEST_LAT, south - padLat), Math.min(FARTHEST_LAT, north + padLat)]
  const padLng = (padM / metresPerWorld(Math.max(Math.abs(bottom), Math.abs(top)))) * 360
  return [Math.max(-180, west - padLng), bottom, Math.min(180, east + padLng), top]
}
