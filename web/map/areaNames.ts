/** Owns what is written on the areas of one map: the numbers in their middles, and names that give way to what stands there. */
import type { FeatureCollection } from 'geojson'
import { loadFonts } from '../styles/fonts.ts'
import type { AreaShapes } from './areaShapes.ts'
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
  shapes(): AreaShapes
  /** What names give way to. */
  obstacles(): readonly Obstacle[]
  unitPx(): number
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
    const sizePx = NAME_UNITS * ground.markUnit()
    show('names', placedNames(shapes.names, ground, sizePx, ground.obstacles(), ground.unitPx()))
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
