import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { type Home, homesOf } from '#domain/heat/households.ts'
import type { MapArea } from '../../map/mapScene.ts'
import { subtree } from '../../stores/areas.ts'
import type { WallArea } from '../../stores/wallState.ts'

/** The homes of those whose incidents are counted: with its neighbours' below the line, an area's edges would look too quiet. */
export function homesIn(areas: readonly WallArea[], root: string | null): Home[] {
  const codes = subtree(areas, root)
  const own = areas.filter(({ code }) => codes.has(code))
  return homesOf(own.map(area => ({ ...area, geometry: geometryOf(area.geometry) })))
}

/** GeoJSON's own types say the same with fewer words: `Position` is any list of numbers there. */
export const geometryOf = (geometry: MapArea['geometry']) => geometry as unknown as AreaGeometry | null
