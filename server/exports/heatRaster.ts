import type { Bbox } from '#domain/geo/bbox.ts'
import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { EARTH_RADIUS_M } from '#domain/geo/distance.ts'
import { type RasterFrame, rasterOver, resample } from '#domain/heat/raster.ts'
import { ExportRefused } from './exportRefused.ts'
import { heatGrid } from './heatGrid.ts'
import type { Material } from './material.ts'
import { knownSystem, type Projection, projectionTo } from './projection.ts'
import type { OnProgress } from './rendered.ts'

const MOST_CELLS = 64_000_000
/** Straight edges bend when they are projected. */
const STEPS_PER_EDGE = 32
const WEB_MERCATOR_RADIUS_M = 6_378_137

/** The density in the file's system, with what the sidecar says of it. */
export function heatRaster(material: Material, onProgress: OnProgress = () => {}) {
  const { heat, request, outlines, bounds, systemCode } = material
  if (heat === null) throw new Error('heat was asked for and nothing counted')
  const { filter, cellM } = request
  const system = knownSystem(systemCode)
  const projection = projectionTo(system)
  const { grid, masked, facts } = heatGrid(material, { ...heat, ...filter }, outlines)
  const frame = frameOf(bounds, cellM, system, projection)
  const raster = resample(frame, grid, masked, projection.inverse, row => onProgress((row + 1) / frame.height))
  const about = {
    raster: { ...frame, unit: system.unit, pixel: 'area', holds: 'the value at the centre of the cell' },
    lattice: { level: grid.level, countLevel: heat.counts.level },
    ...facts(),
    isClipped: outlines !== null,
  }
  return { raster, counts: heat.counts, system, facts: about }
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
