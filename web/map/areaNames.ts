/** Owns what is written on the areas of one map: the numbers in their middles, and names that give way to pins and people. */
import type { FeatureCollection } from 'geojson'
import { loadFonts } from '../styles/fonts.ts'
import type { AreaShapes } from './areaShapes.ts'
import type { MapScene } from './mapScene.ts'
import { nameObstacles } from './nameObstacles.ts'
import { type Projection, placedNames } from './placedNames.ts'
import type { Obstacle } from './placeNames.ts'
import type { SourceId } from './style.ts'

export type AreaNames = {
  /** Everything anew, once its fonts are there. */
  write(): void
  /** The names anew, where there is room for them now; none before its font is there. */
  place(): void
  /** In a replay names stand while pins come and go: each move of theirs draws the whole map anew. */
  placeAtRest(): void
}
export type NamedGround = Projection & {
  scene(): MapScene
  shapes(): AreaShapes
  pinBoxes(): readonly Obstacle['box'][]
  markUnit(): number
}

const NAME_UNITS = 25
const REST_MS = 1000

export function createAreaNames(
  ground: NamedGround,
  show: (id: SourceId, data: FeatureCollection) => void,
  gone: AbortSignal,
): AreaNames {
  let lettered: AreaShapes | null = null // whose fonts are there
  let resting: ReturnType<typeof setTimeout> | undefined
  gone.addEventListener('abort', () => clearTimeout(resting))

  function place() {
    clearTimeout(resting)
    const shapes = ground.shapes()
    if (shapes !== lettered) return
    const { unitPx, workers } = ground.scene()
    const obstacles = nameObstacles({ shapes, pinBoxes: ground.pinBoxes(), workers, project: ground.project, unitPx })
    show('names', placedNames(shapes.names, ground, NAME_UNITS * ground.markUnit(), obstacles, unitPx))
  }

  return {
    write() {
      const shapes = ground.shapes()
      const numbers = shapes.numbers.features.map(({ properties }) => properties.text)
      // MapLibre keeps the first picture of a character for good, so its font comes first.
      void loadFonts([...shapes.names.map(({ text }) => text), ...numbers].join('')).then(() => {
        if (gone.aborted || shapes !== ground.shapes()) return
        lettered = shapes
        show('numbers', shapes.numbers)
        place()
      })
    },
    place,
    placeAtRest() {
      clearTimeout(resting)
      resting = setTimeout(place, REST_MS)
    },
  }
}
