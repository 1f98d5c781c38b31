import type { Bbox } from '#domain/geo/bbox.ts'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { EARTH_RADIUS_M } from '#domain/geo/distance.ts'
import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { contributors, maskFewer } from '#domain/heat/contributors.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { type Density, density, type HeatUnit, maskOutside, massOf } from '#domain/heat/density.ts'
import { type RasterFrame, rasterOver, resample } from '#domain/heat/raster.ts'
import { ExportRefused } from './exportRefused.ts'
import type { Material } from './material.ts'
import { knownSystem, type Projection, projectionTo } from './projection.ts'
import type { OnProgress } from './rendered.ts'

const MOST_CELLS = 64_000_000
/** Straight edges bend when they are projected. */
const STEPS_PER_EDGE = 32
const WEB_MERCATOR_RADIUS_M = 6_378_137

/** The density in the file's system, with what the sidecar says of it. */
export function heatRaster(material: Material, onProgress: OnProgress = () => {}) {
  const { counts, request, outlines, bounds, systemCode } = material
  if (counts === null) throw new Error('heat was asked for and nothing counted')
  const { bandwidthM, unit, filter, cellM, k } = request
  const system = knownSystem(systemCode)
  const projection = projectionTo(system)
  const kernel = { bandwidthM, unit, windowMs: filter.to - filter.from, k }
  const { grid, masked, mass } = heatGrid(counts, kernel, outlines)
  const frame = frameOf(bounds, cellM, system, projection)
  const raster = resample(frame, grid, masked, projection.inverse, row => onProgress((row + 1) / frame.height))
  const facts = {
    raster: { ...frame, unit: system.unit, pixel: 'area', holds: 'the density at the centre of the cell' },
    lattice: { level: grid.level, countLevel: counts.level },
    mass: material.n === null ? null : mass,
    isClipped: outlines !== null,
  }
  return { raster, counts, system, facts }
}

export type HeatGrid = {
  readonly grid: Density // NaN where fewer than k make it
  /** The same with NaN where no area of those that are exported lies. */
  readonly masked: Density
  /** Counted before anything was masked. */
  readonly mass: number
}

type Kernel = { readonly bandwidthM: number; readonly unit: HeatUnit; readonly windowMs: number }

/** The density of the screens: same counts, same function, same lattice. */
export function heatGrid(
  counts: Counts,
  kernel: Kernel & { readonly k: number },
  outlines: readonly AreaGeometry[] | null,
): HeatGrid {
  const whole = density(counts, kernel)
  const grid = kernel.k > 1 ? maskFewer(whole, contributors(counts, whole), kernel.k) : whole
  return { grid, masked: outlines === null ? grid : maskOutside(grid, outlines), mass: massOf(whole) }
}

/** Cells of `cellM` metres on the ground in the middle of the box, in the system's own unit. */
export function frameOf(bounds: Bbox, cellM: number, system: CoordinateSystem, projection: Projection): RasterFrame {
  const lat = (bounds[1] + bounds[3]) / 2
  const cosine = Math.cos((lat * Math.PI) / 180)
  const degree = cellM / ((2 * Math.PI * EARTH_RADIUS_M) / 360)
  const stretched = (cellM * WEB_MERCATOR_RADIUS_M) / EARTH_RADIUS_M / cosine
  const [cellX, cellY] =
    system.unit === 'degree'
      ? [degree / cosine, degree]
      : system.projection?.kind === 'webMercator'
        ? [stretched, stretched]
        : [cellM, cellM]
  const frame = rasterOver(projectedBox(bounds, projection), cellX, cellY)
  const cells = frame.width * frame.height
  if (cells > MOST_CELLS)
    throw new ExportRefused(
      `${frame.width} × ${frame.height} cells of ${cellM} m are too many: ask for larger cells (--cell), or a smaller area`,
    )
  return frame
}

export function projectedBox([west, south, east, north]: Bbox, { forward }: Projection): Bbox {
  let [left, bottom, right, top] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i <= STEPS_PER_EDGE; i++) {
    const share = i / STEPS_PER_EDGE
    const [lng, lat] = [west + share * (east - west), south + share * (north - south)]
    for (const [x, y] of [forward([lng, south]), forward([lng, north]), forward([west, lat]), forward([east, lat])]) {
      left = Math.min(left, x)
      right = Math.max(right, x)
      bottom = Math.min(bottom, y)
      top = Math.max(top, y)
    }
  }
  return [left, bottom, right, top]
}
