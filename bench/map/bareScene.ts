/** What the wall hands to its map before anything has happened, for a page that has nothing but the map. */
import { createApi } from '../../e2e/api.ts'
import { areaShapes } from '../../web/map/areaShapes.ts'
import { fitCamera, shownBbox, wallReserve } from '../../web/map/camera.ts'
import type { Bbox, MapArea } from '../../web/map/mapScene.ts'
import { palettes } from '../../web/map/palette.ts'
import { mapStyle } from '../../web/map/style.ts'
import type { BareScene } from './bare/bare.ts'

const AREAS = `{ settings { levels } areas { code name level bbox geometry parent { code } } }`
type Answer = {
  readonly settings: { readonly levels: string[] }
  readonly areas: readonly (Omit<MapArea, 'parent' | 'bbox'> & { bbox: Bbox | null; parent: { code: string } | null })[]
}

export async function bareScene(url: string, token: string, root: string, box: BareScene['box']): Promise<BareScene> {
  const told = await createApi(url, token).ask<Answer>(AREAS)
  const areas = told.areas.map(area => ({ ...area, parent: area.parent?.code ?? null }))
  const { shapes, fine, selection } = areaShapes(areas, told.settings.levels, root, null)
  const bbox = shownBbox(areas, root)
  const camera = bbox && fitCamera(bbox, box, wallReserve(1, box.width))
  if (!camera) throw new Error(`the area ${root} has no shape`)
  return { style: mapStyle(palettes.dark, 1, { areas: shapes, fine, selection }), camera, box }
}
