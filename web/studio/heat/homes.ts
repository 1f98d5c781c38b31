import type { MapArea } from '../../map/mapScene.ts'
import type { WallArea } from '../../stores/wallState.ts'
import type { Home } from './quantities.ts'

/** The areas whose households are counted: those without parts that tell theirs. They do not overlap. */
export function homesOf(areas: readonly WallArea[]): Home[] {
  const told = areas.filter(area => area.households !== null && area.geometry !== null)
  const parents = new Set(told.map(area => area.parent))
  return told
    .filter(area => !parents.has(area.code))
    .map(({ code, households, geometry }) => ({ code, households, geometry: geometryOf(geometry) }))
}

/** GeoJSON's own types say the same with fewer words: `Position` is any list of numbers there. */
export const geometryOf = (geometry: MapArea['geometry']) => geometry as unknown as Home['geometry']
