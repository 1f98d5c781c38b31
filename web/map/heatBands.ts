/** Counts → density on the ground → flat bands, cut to the area shown. Mass is counted before the cut. */
import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { type AreaGeometry, polygonsOf } from '#domain/geo/geojson.ts'
import { isobands } from '#domain/heat/bands.ts'
import { decodeHeat } from '#domain/heat/codec.ts'
import { type Density, density, type HeatUnit } from '#domain/heat/density.ts'
import { levelFor, positionAt } from '#domain/heat/lattice.ts'
import { trimmed } from '#domain/heat/trimmed.ts'
import { cutTo } from './cutTo.ts'
import type { HeatSettings } from './mapScene.ts'

export type HeatBands = FeatureCollection<MultiPolygon, { band: number; from: number }>

export function heatBands(
  bytes: Uint8Array,
  settings: HeatSettings,
  clip: Polygon | MultiPolygon | null,
): { bands: HeatBands; grid: Density } {
  const { counts, fromMs, toMs } = decodeHeat(bytes)
  const { bandwidthM } = settings
  // The level is the whole window's, so that the value at a place doesn't depend on what else happened.
  const level = Math.min(counts.level, levelFor(bandwidthM, positionAt(counts, 0, counts.height / 2)[1]))
  const grid = density(trimmed(counts), {
    bandwidthM,
    level,
    unit: heatUnit(settings.unit),
    windowMs: toMs > fromMs ? toMs - fromMs : settings.windowMs,
  })
  return { bands: bandsOf(grid, settings.classes, clip), grid }
}

/** Flat bands between ascending limits, cut to an area. */
export function bandsOf(grid: Density, limits: readonly number[], clip: Polygon | MultiPolygon | null): HeatBands {
  const features: HeatBands['features'] = []
  for (const [band, { from, geometry }] of isobands(grid, limits).entries()) {
    const whole = polygonsOf(geometry)
    const drawn = clip === null ? whole : cutTo(whole, clip as unknown as AreaGeometry)
    if (drawn.length === 0) continue
    const shape: MultiPolygon = { type: 'MultiPolygon', coordinates: drawn as unknown as Position[][][] }
    features.push({ type: 'Feature', geometry: shape, properties: { band, from } })
  }
  return { type: 'FeatureCollection', features }
}

function heatUnit(unit: string): HeatUnit {
  if (unit === 'perKm2' || unit === 'perHectareHour') return unit
  throw new RangeError(`the map knows no heat unit ${unit}`)
}
