/** What the wall hands to its map, for a page that has nothing but the map. */
import { everyIncident, heatParameters } from '#domain/heat/heatFilter.ts'
import { createApi } from '../../e2e/api.ts'
import { areaShapes } from '../../web/map/areaShapes.ts'
import { fitCamera, shownBbox, wallReserve } from '../../web/map/camera.ts'
import { heatBands } from '../../web/map/heatBands.ts'
import type { Bbox, HeatSettings, MapArea } from '../../web/map/mapScene.ts'
import { palettes } from '../../web/map/palette.ts'
import { mapStyle } from '../../web/map/style.ts'
import type { BareScene } from './bare/bareMap.ts'

const FRAME = `{ settings { levels heat { unit bandwidthM windowMs classes } }
  areas { code name level bbox geometry parent { code } } }`
type Answer = {
  readonly settings: { readonly levels: string[]; readonly heat: HeatSettings }
  readonly areas: readonly (Omit<MapArea, 'parent' | 'bbox'> & { bbox: Bbox | null; parent: { code: string } | null })[]
}

export type Asked = {
  readonly url: string
  readonly token: string
  /** The area shown. */
  readonly root: string
  /** Where the wall's page has its map. */
  readonly box: BareScene['box']
  /** How many pixels its unit has: 1 on a wall of 1080 lines. */
  readonly unitPx: number
}

export async function bareScene(
  { url, token, root, box, unitPx }: Asked,
  people: BareScene['people'] = [],
): Promise<BareScene> {
  const told = await createApi(url, token).ask<Answer>(FRAME)
  const areas = told.areas.map(area => ({ ...area, parent: area.parent?.code ?? null }))
  const { shapes, fine, selection } = areaShapes(areas, told.settings.levels, root, null)
  const bbox = shownBbox(areas, root)
  const camera = bbox && fitCamera(bbox, box, wallReserve(unitPx, box.width))
  if (!camera) throw new Error(`the area ${root} has no shape`)
  const clip = areas.find(area => area.code === root)?.geometry ?? null
  const { bands } = heatBands(await heatCounts(url, token, told.settings.heat.windowMs), told.settings.heat, clip)
  return {
    style: mapStyle(palettes.dark, unitPx, { areas: shapes, fine, selection, heat: bands }),
    camera,
    box,
    unitPx,
    people,
  }
}

async function heatCounts(url: string, token: string, windowMs: number): Promise<Uint8Array> {
  const now = Date.now()
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/heat/counts?${heatParameters(everyIncident(now - windowMs, now))}`, { headers })
  if (!response.ok) throw new Error(`heat answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
