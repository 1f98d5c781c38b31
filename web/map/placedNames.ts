/** The areas' names as the map's source wants them, each on the free place nearest to its middle. */
import type { FeatureCollection } from 'geojson'
import type { NamedSpot } from './areaShapes.ts'
import { type Obstacle, placeNames } from './placeNames.ts'

export type Projection = {
  project(lng: number, lat: number): { x: number; y: number }
  unproject(x: number, y: number): { lng: number; lat: number }
}

export function placedNames(
  names: readonly NamedSpot[],
  { project, unproject }: Projection,
  sizePx: number,
  obstacles: readonly Obstacle[],
  unitPx: number,
): FeatureCollection {
  const toPlace = names.map(name => ({
    id: name.code,
    ...project(name.lng, name.lat),
    width: [...name.text].length * sizePx * 1.22,
    height: sizePx * 1.25,
    ring: name.ring.map(([lng = 0, lat = 0]) => {
      const spot = project(lng, lat)
      return [spot.x, spot.y]
    }),
  }))
  const spots = placeNames(toPlace, obstacles, unitPx)
  return {
    type: 'FeatureCollection',
    features: names.map(name => {
      const spot = spots.get(name.code)
      const at = spot ? unproject(spot.x, spot.y) : name
      return {
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [at.lng, at.lat] },
        properties: { text: name.text, code: name.code },
      }
    }),
  }
}
