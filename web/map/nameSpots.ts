import type { AreaShapes } from './areaShapes.ts'
import type { MapWorker } from './mapScene.ts'
import { type NameToPlace, type Obstacle, placeNames } from './placeNames.ts'

type Spot = { readonly x: number; readonly y: number }
export type NameGround = {
  readonly shapes: AreaShapes
  readonly pinBoxes: readonly Obstacle['box'][]
  readonly workers: readonly MapWorker[]
  readonly project: (lng: number, lat: number) => Spot
  readonly unitPx: number
  readonly markUnitPx: number
}
/** More people than this hide no name. */
const MOST_PEOPLE = 300

/** Where on the screen each area's name finds room: first beside pins, then beside numbers and people. */
export function nameSpots({ shapes, pinBoxes, workers, project, unitPx: u, markUnitPx }: NameGround) {
  const size = 25 * markUnitPx
  const names = shapes.names.map((name): NameToPlace => {
    const { x, y } = project(name.lng, name.lat)
    const ring = name.ring.map(([lng = 0, lat = 0]) => {
      const spot = project(lng, lat)
      return [spot.x, spot.y]
    })
    return { id: name.code, x, y, width: [...name.text].length * size * 1.22, height: size * 1.25, ring }
  })
  const obstacles: Obstacle[] = pinBoxes.map(box => ({ box, weight: 4 }))
  for (const number of shapes.numbers.features) {
    if (number.properties.rank !== 2) continue
    const { x, y } = project(number.geometry.coordinates[0] ?? 0, number.geometry.coordinates[1] ?? 0)
    obstacles.push({ box: [x - 12 * u, y - 10 * u, x + 12 * u, y + 10 * u], weight: 1 })
  }
  for (const worker of workers.slice(0, MOST_PEOPLE)) {
    const { x, y } = project(worker.lng, worker.lat)
    obstacles.push({ box: [x - 11 * u, y - 11 * u, x + 11 * u, y + 11 * u], weight: 0.8 })
  }
  return placeNames(names, obstacles, u)
}
