import type { AreaShapes } from './areaShapes.ts'
import type { MapWorker } from './mapScene.ts'
import type { Obstacle } from './placeNames.ts'

export type NameGround = {
  readonly shapes: AreaShapes
  readonly pinBoxes: readonly Obstacle['box'][]
  readonly workers: readonly MapWorker[]
  readonly project: (lng: number, lat: number) => { readonly x: number; readonly y: number }
  readonly unitPx: number
}
/** More people than this hide no name. */
const MOST_PEOPLE = 300

/** What an area's name had better not cover: pins above all, then numbers and people. */
export function nameObstacles({ shapes, pinBoxes, workers, project, unitPx: u }: NameGround): Obstacle[] {
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
  return obstacles
}
