/** Readers of single values, made once from a mapping and a header, then used on every row. */
import type { LngLat } from '#domain/incident/facts.ts'
import type { CsvRow } from './csvRows.ts'
import { UnusableInput } from './importReport.ts'
import type { PlaceMapping, ValueMapping } from './mapping.ts'

/** `field` is the column (or columns) to name when the value is refused. */
export type CellReader = { readonly field: string; readonly read: (row: CsvRow) => string }
export type ReadPlace = LngLat | null | { readonly fault: string }
export type PlaceReader = {
  readonly field: string
  readonly raw: (row: CsvRow) => string
  readonly read: (row: CsvRow) => ReadPlace
}

export function columnReader(header: readonly string[], column: string): CellReader {
  const index = header.indexOf(column)
  if (index < 0)
    throw new UnusableInput(`The mapping names the column “${column}”, the file has: ${header.join(', ')}.`)
  return { field: column, read: row => (row.cells[index] ?? '').trim() }
}

export function valueReader(header: readonly string[], mapping: ValueMapping): CellReader {
  if ('value' in mapping) return { field: '', read: () => mapping.value }
  if ('template' in mapping) {
    const parts = mapping.template.split(/\{([^}]*)\}/)
    const columns = parts.map((part, i) => (i % 2 === 1 ? columnReader(header, part) : null))
    return {
      field: columns.flatMap(c => (c ? [c.field] : [])).join(' + '),
      read: row => {
        const filled = columns.map(c => c?.read(row))
        return filled.some(cell => cell)
          ? parts
              .map((part, i) => filled[i] ?? part)
              .join('')
              .trim()
          : ''
      },
    }
  }
  const cell = columnReader(header, mapping.column)
  const values = new Map(Object.entries(mapping.values ?? {}))
  return {
    field: cell.field,
    read: row => {
      const written = cell.read(row) || (mapping.otherwise ?? '')
      return written === '' ? '' : (mapping.prefix ?? '') + (values.get(written) ?? written)
    },
  }
}

export function placeReader(header: readonly string[], mapping: PlaceMapping): PlaceReader {
  if ('pattern' in mapping) {
    const cell = columnReader(header, mapping.column)
    const pattern = placePattern(mapping.pattern)
    return {
      field: cell.field,
      raw: cell.read,
      read: row => {
        const text = cell.read(row)
        if (text === '') return null
        const found = pattern.exec(text)?.groups
        return found
          ? degrees(found['lng'] ?? '', found['lat'] ?? '')
          : { fault: `is not written as ${mapping.pattern}` }
      },
    }
  }
  const lng = columnReader(header, mapping.lng)
  const lat = columnReader(header, mapping.lat)
  return {
    field: `${lng.field} + ${lat.field}`,
    raw: row => `${lng.read(row)} ${lat.read(row)}`,
    read: row => {
      const written = [lng.read(row), lat.read(row)] as const
      return written[0] === '' && written[1] === '' ? null : degrees(...written)
    },
  }
}

/** A finite decimal number, or null. */
export function decimal(text: string): number | null {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : null
}

function degrees(lngText: string, latText: string): ReadPlace {
  const lng = decimal(lngText)
  const lat = decimal(latText)
  if (lng === null || lat === null) return { fault: 'is not a pair of decimal degrees' }
  if (Math.abs(lat) > 90 || Math.abs(lng) > 180)
    return { fault: 'lies outside the globe; are longitude and latitude swapped?' }
  return { lng, lat }
}

function placePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/\s+/g, '\\s*')
  const number = (name: string) => `(?<${name}>[+-]?[\\d.]+(?:[eE][+-]?\\d+)?)`
  // "(lat, lng)" is also met as "(lat,lng)"; where only a space parts the two, it must be there.
  const spaced = escaped.replace(/(lat|lng)\\s\*(lat|lng)/, '$1\\s+$2')
  return new RegExp(`^\\s*${spaced.replace(/\blat\b/, number('lat')).replace(/\blng\b/, number('lng'))}\\s*$`)
}
