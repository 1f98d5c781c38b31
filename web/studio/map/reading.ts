/** What is read at a place: the value of each map, how many incidents lie around it, and whose grid it is. */
import { distanceM } from '#domain/geo/distance.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { densityAt } from '#domain/heat/density.ts'
import { positionAt } from '#domain/heat/lattice.ts'
import type { LngLat } from '#domain/incident/facts.ts'
import { areaAt } from '../../map/areaShapes.ts'
import type { MapArea } from '../../map/mapScene.ts'
import type { Shown } from '../heat/useHeat.ts'

/** A neighbourhood is this many bandwidths around a place: 86 % of what a value is made of. */
const NEAR_BANDWIDTHS = 2

export type Reading = { readonly value: number | null; readonly n: number }

export function readingsAt(shown: Shown, place: LngLat, bandwidthM: number): Reading[] {
  return shown.picture.periods.map(({ grid }, i) => {
    const counts = shown.counts[i]
    return { value: densityAt(grid, place), n: counts ? countNear(counts, place, NEAR_BANDWIDTHS * bandwidthM) : 0 }
  })
}

export function countNear(counts: Counts, place: LngLat, radiusM: number): number {
  let n = 0
  counts.cells.forEach((cell, i) => {
    const [lng, lat] = positionAt(counts, (cell % counts.width) + 0.5, Math.floor(cell / counts.width) + 0.5)
    if (distanceM(place, { lng, lat }) <= radiusM) n += counts.counts[i] ?? 0
  })
  return n
}

/** `柳堤社区 07网格`: the grid at a place, or what is narrowest there above it. */
export function gridNameAt(areas: readonly MapArea[], levels: readonly string[], root: string | null, place: LngLat) {
  const shown = areas.find(area => area.code === root)
  const rank = levels.indexOf('grid') - levels.indexOf(shown?.level ?? '')
  const code = areaAt(areas, levels, root, place, Math.max(1, rank))
  const area = areas.find(each => each.code === (code ?? root))
  if (!area) return null
  const parent = areas.find(each => each.code === area.parent)
  return area.level === 'grid' && parent ? `${parent.name} ${area.name}` : area.name
}
