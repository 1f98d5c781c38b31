import type { AreaGeometry } from '#domain/geo/geojson.ts'
import { localFields } from '#domain/time/localTime.ts'

/** One table with places, as every format of tables writes it. Geometry is WGS 84 degrees. */
export type Layer = {
  readonly name: string // code name, ASCII
  readonly title: string
  readonly geometry: 'point' | 'polygon'
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}
export type Column = {
  readonly name: string // code name, ASCII
  readonly zh: string
  readonly en: string
  readonly type: 'text' | 'integer' | 'real' | 'datetime' // a datetime is epoch ms
}
export type Value = string | number | null
export type Row = {
  readonly geometry: { readonly type: 'Point'; readonly coordinates: readonly [number, number] } | AreaGeometry | null
  readonly values: readonly Value[]
}

/** An instant as people of a zone write it, with its offset: 2026-03-02T10:00:00+08:00. */
export function zonedText(at: number, zone: string): string {
  const { year, month, day, hour, minute, second, ms } = localFields(at, zone)
  const offsetMinutes = Math.round((Date.UTC(year, month - 1, day, hour, minute, second, ms) - at) / 60_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const away = Math.abs(offsetMinutes)
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${offset}`
}

export function readable(value: Value, type: Column['type'], timezone: string): Value {
  return type === 'datetime' && typeof value === 'number' ? zonedText(value, timezone) : value
}

export function headingOf(column: Column, headings: 'zh' | 'en' | 'codes'): string {
  return headings === 'codes' ? column.name : column[headings]
}
