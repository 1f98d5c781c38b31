import { heatGrid } from './heatGrid.ts'
import type { Material } from './material.ts'
import { heatPicture } from './picture/heatPicture.ts'
import { auxXml, worldFile } from './picture/worldFile.ts'
import { knownSystem } from './projection.ts'
import type { OnProgress, Rendered } from './rendered.ts'

/** A picture with its world file and GDAL's side file, which say where on the ground each pixel lies. */
export function heatPng(material: Material, onProgress: OnProgress): Rendered {
  const { heat, request, n, head } = material
  if (heat === null) throw new Error('heat was asked for and nothing counted')
  const { filter, bandwidthM, unit } = request
  const { grid, facts } = heatGrid(material, { ...heat, ...filter }, null)
  onProgress(0.4)
  const { png, view, width, height } = heatPicture(material, { grid, from: filter.from, to: filter.to, n })
  const metadata = {
    place: material.placeName,
    from: new Date(filter.from).toISOString(),
    to: new Date(filter.to).toISOString(),
    unit,
    bandwidth_m: String(bandwidthM),
    classes: request.classes.join(','),
    log_position: String(head),
  }
  const { toPx: _toPx, ...map } = view
  return {
    files: [
      { suffix: '', bytes: png },
      { suffix: '~pgw', bytes: worldFile(view) },
      { suffix: '.aux.xml', bytes: auxXml(view, knownSystem(material.systemCode), metadata) },
    ],
    facts: { picture: { width, height, map }, ...facts() },
  }
}
