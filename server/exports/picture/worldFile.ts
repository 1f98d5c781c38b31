import type { CoordinateSystem } from '#domain/geo/coordinateSystem.ts'
import { wktOf } from '../wkt.ts'
import type { MapView } from './mapView.ts'

/** Of the whole page, furniture included: its first pixel lies beyond the map, and the affine holds there too. */
export function worldFile({ x, y, west, north, unitsPerPxX, unitsPerPxY }: MapView): Uint8Array {
  const [firstX, firstY] = [west + (0.5 - x) * unitsPerPxX, north - (0.5 - y) * unitsPerPxY]
  const lines = [unitsPerPxX, 0, 0, -unitsPerPxY, firstX, firstY]
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1')
}

/** What GDAL, and with it QGIS, reads beside a picture: the system and what it shows. */
export function auxXml(
  { x, y, west, north, unitsPerPxX, unitsPerPxY }: MapView,
  system: CoordinateSystem,
  metadata: { readonly [name: string]: string },
): Uint8Array {
  const affine = [west - x * unitsPerPxX, unitsPerPxX, 0, north + y * unitsPerPxY, 0, -unitsPerPxY]
  const items = Object.entries(metadata).map(([key, value]) => `    <MDI key="${xml(key)}">${xml(value)}</MDI>`)
  return Buffer.from(
    [
      '<PAMDataset>',
      `  <SRS>${xml(wktOf(system))}</SRS>`,
      `  <GeoTransform>${affine.join(', ')}</GeoTransform>`,
      '  <Metadata>',
      ...items,
      '  </Metadata>',
      '</PAMDataset>',
      '',
    ].join('\n'),
    'utf8',
  )
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
