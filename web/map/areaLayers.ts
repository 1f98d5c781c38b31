/** Owns the boundaries of one map, and whether they are still those that its style was made with. */
import type { FeatureCollection } from 'geojson'
import { type AreaShapes, areaShapes } from './areaShapes.ts'
import type { MapScene } from './mapScene.ts'
import type { SourceId } from './style.ts'

export type AreaLayers = {
  shapes(): AreaShapes
  /** To be called when areas, levels, root or selection change. */
  set(scene: MapScene): void
  /** Hands them over: what a style was made with it holds already. */
  draw(): void
  hasMovedOn(): boolean
  /** The style went with its context: what the next one holds nobody knows. */
  forget(): void
}

export function createAreaLayers(first: MapScene, show: (id: SourceId, data: FeatureCollection) => void): AreaLayers {
  let shapes = shapesOf(first)
  let movedOn = false

  function draw() {
    show('areas', shapes.shapes)
    show('fine', shapes.fine)
    show('selection', shapes.selection)
  }

  return {
    shapes: () => shapes,
    set(scene) {
      shapes = shapesOf(scene)
      movedOn = true
      draw()
    },
    draw,
    hasMovedOn: () => movedOn,
    forget() {
      movedOn = true
    },
  }
}

const shapesOf = ({ areas, levels, root, selected }: MapScene) => areaShapes(areas, levels, root, selected)
