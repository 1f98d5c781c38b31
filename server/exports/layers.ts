import { areaM2 } from '#domain/geo/areaM2.ts'
import type { Column, Layer, Value } from './layer.ts'
import type { ExportedArea, ExportedIncident, Material } from './material.ts'

/** How many began in each area, and how dense that is. */
export function areasLayer({ areas }: Material): Layer {
  return {
    name: 'areas',
    title: '区域',
    geometry: 'polygon',
    columns: AREA_COLUMNS,
    rows: areas.map(area => ({ geometry: area.geometry, values: areaValues(area) })),
  }
}

const AREA_COLUMNS: readonly Column[] = [
  { name: 'code', zh: '区域代码', en: 'Code', type: 'text' },
  { name: 'name', zh: '名称', en: 'Name', type: 'text' },
  { name: 'level', zh: '层级', en: 'Level', type: 'text' },
  { name: 'parent', zh: '上级代码', en: 'Parent', type: 'text' },
  { name: 'households', zh: '户数', en: 'Households', type: 'integer' },
  { name: 'area_km2', zh: '面积（平方公里）', en: 'Area (km²)', type: 'real' },
  { name: 'n', zh: '事件数', en: 'Incidents', type: 'integer' },
  { name: 'per_km2', zh: '每平方公里事件数', en: 'Incidents per km²', type: 'real' },
  { name: 'per_1000_households', zh: '每千户事件数', en: 'Incidents per 1,000 households', type: 'real' },
]

function areaValues({ code, name, level, parent, households, geometry, n }: ExportedArea): Value[] {
  const km2 = geometry === null ? null : areaM2(geometry) / 1e6
  const perKm2 = n === null || km2 === null || km2 === 0 ? null : rounded(n / km2)
  const perThousand = n === null || households === null || households === 0 ? null : rounded((1000 * n) / households)
  return [code, name, level, parent, households, km2 === null ? null : rounded(km2), n, perKm2, perThousand]
}

/** No free text and nothing about a person ever stands here. */
export function incidentsLayer({ incidents }: Material): Layer {
  const clocks = [...new Set(incidents.flatMap(incident => Object.keys(incident.clocks)))].sort()
  return {
    name: 'incidents',
    title: '事件',
    geometry: 'point',
    columns: [
      ...INCIDENT_COLUMNS,
      ...clocks.flatMap((clock): Column[] => [
        { name: `${clock}_state`, zh: `${CLOCKS[clock] ?? clock}时限状态`, en: `${clock}: state`, type: 'text' },
        { name: `${clock}_s`, zh: `${CLOCKS[clock] ?? clock}用时（秒）`, en: `${clock}: seconds`, type: 'real' },
      ]),
    ],
    rows: incidents.map(incident => ({
      geometry:
        incident.place === null
          ? null
          : { type: 'Point', coordinates: [incident.place.lng, incident.place.lat] as const },
      values: [...incidentValues(incident), ...clocks.flatMap(clock => clockValues(incident, clock))],
    })),
  }
}

const CLOCKS: { readonly [clock: string]: string } = { discover: '发现', respond: '响应', resolve: '处置' }

const INCIDENT_COLUMNS: readonly Column[] = [
  { name: 'number', zh: '事件编号', en: 'Number', type: 'text' },
  { name: 'status', zh: '状态', en: 'Status', type: 'text' },
  { name: 'category', zh: '类别代码', en: 'Category', type: 'text' },
  { name: 'category_name', zh: '类别', en: 'Category name', type: 'text' },
  { name: 'source', zh: '来源', en: 'Source', type: 'text' },
  { name: 'tier', zh: '等级', en: 'Tier', type: 'text' },
  { name: 'first_at', zh: '发生时间', en: 'First fact at', type: 'datetime' },
  { name: 'last_at', zh: '最近更新', en: 'Last fact at', type: 'datetime' },
  { name: 'area', zh: '区域代码', en: 'Area', type: 'text' },
  { name: 'area_name', zh: '区域', en: 'Area name', type: 'text' },
  { name: 'lng', zh: '经度', en: 'Longitude', type: 'real' },
  { name: 'lat', zh: '纬度', en: 'Latitude', type: 'real' },
  { name: 'datum_in', zh: '原始坐标系', en: 'Datum it came in', type: 'text' },
]

function incidentValues(incident: ExportedIncident): Value[] {
  const { number, status, category, categoryName, source, tier, firstAt, lastAt, place, datum, path, areaName } =
    incident
  const [lng, lat] = [place?.lng ?? null, place?.lat ?? null]
  const area = path.at(-1) ?? null
  return [number, status, category, categoryName, source, tier, firstAt, lastAt, area, areaName, lng, lat, datum]
}

function clockValues({ clocks }: ExportedIncident, clock: string): Value[] {
  const reading = clocks[clock]
  const elapsedMs = reading?.elapsedMs ?? null
  return [reading?.state ?? null, elapsedMs === null ? null : elapsedMs / 1000]
}

function rounded(value: number): number {
  return Number(value.toPrecision(9))
}
