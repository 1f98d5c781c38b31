import type { Position } from '#domain/geo/geojson.ts'
import type { Counts } from '#domain/heat/counts.ts'
import { positionAt } from '#domain/heat/lattice.ts'
import { isRatio } from '#domain/heat/quantity.ts'
import { cellCentre, type Raster } from '#domain/heat/raster.ts'
import { ExportRefused } from './exportRefused.ts'
import type { Column, Layer, Row } from './layer.ts'
import type { Material } from './material.ts'
import type { Projection } from './projection.ts'

const MOST_ROWS = 300_000

/**
 * The cells of the raster that any incident reaches, or in which a ratio says something, as squares: how many lie in each (not told
 * where small counts are held back), and the value at its centre.
 */
export function cellsLayer(material: Material, counts: Counts, raster: Raster, projection: Projection): Layer {
  const { unit, k } = material.request
  const tally = talliesOf(counts, raster, projection)
  const rows: Row[] = []
  const isNothing = isRatio(unit) ? Number.isNaN : (value: number) => !(value > 0)
  for (const [cell, value] of raster.values.entries()) {
    if (isNothing(value)) continue
    if (rows.length === MOST_ROWS)
      throw new ExportRefused(`more than ${MOST_ROWS} cells: ask for larger ones (--cell), or a smaller area`)
    const [column, row] = [cell % raster.width, Math.floor(cell / raster.width)]
    const centre = cellCentre(raster, column, row)
    const [lng, lat] = projection.inverse(...centre)
    rows.push({
      geometry: { type: 'Polygon', coordinates: [cornersOf(raster, column, row, projection)] },
      values: [row, column, lng, lat, k > 1 ? null : (tally.get(cell) ?? 0), Number(value.toPrecision(7))],
    })
  }
  return { name: 'cells', title: '热力格', geometry: 'polygon', columns: [...COLUMNS, VALUE[unit]], rows }
}

const COLUMNS: readonly Column[] = [
  { name: 'row', zh: '行', en: 'Row', type: 'integer' },
  { name: 'col', zh: '列', en: 'Column', type: 'integer' },
  { name: 'lng', zh: '中心经度', en: 'Longitude of the centre', type: 'real' },
  { name: 'lat', zh: '中心纬度', en: 'Latitude of the centre', type: 'real' },
  { name: 'n', zh: '事件数', en: 'Incidents', type: 'integer' },
]
export const VALUE: { readonly [unit in Material['request']['unit']]: Column } = {
  perHectareHour: {
    name: 'per_hectare_hour',
    zh: '密度（件/公顷·小时）',
    en: 'Incidents per hectare·hour',
    type: 'real',
  },
  perKm2: { name: 'per_km2', zh: '密度（件/平方公里）', en: 'Incidents per km²', type: 'real' },
  perThousand: {
    name: 'per_1000_households_day',
    zh: '每千户每日件数',
    en: 'Incidents per 1,000 households and day',
    type: 'real',
  },
  share: { name: 'breached_share', zh: '超时占比（0–1）', en: 'Share of breaches (0–1)', type: 'real' },
}

function talliesOf(counts: Counts, raster: Raster, { forward }: Projection): Map<number, number> {
  const tally = new Map<number, number>()
  for (const [i, cell] of counts.cells.entries()) {
    const [column, row] = [cell % counts.width, Math.floor(cell / counts.width)]
    const [x, y] = forward(positionAt(counts, column + 0.5, row + 0.5))
    const at = [Math.floor((x - raster.west) / raster.cellX), Math.floor((raster.north - y) / raster.cellY)] as const
    if (at[0] < 0 || at[1] < 0 || at[0] >= raster.width || at[1] >= raster.height) continue
    const index = at[1] * raster.width + at[0]
    tally.set(index, (tally.get(index) ?? 0) + (counts.counts[i] ?? 0))
  }
  return tally
}

function cornersOf(
  { west, north, cellX, cellY }: Raster,
  column: number,
  row: number,
  { inverse }: Projection,
): Position[] {
  const [left, right] = [west + column * cellX, west + (column + 1) * cellX]
  const [top, bottom] = [north - row * cellY, north - (row + 1) * cellY]
  const ring = [inverse(left, bottom), inverse(right, bottom), inverse(right, top), inverse(left, top)]
  return [...ring, ...ring.slice(0, 1)]
}
