import { everyIncident, heatParameters } from '#domain/heat/heatFilter.ts'
import type { AskedExport } from '../exports/exportRequest.ts'
import { FORMATS, SUBJECTS } from '../exports/formats.ts'
import { instant, required, text, UsageError, type Values } from './command.ts'

/** What the options of `gridwatch export` ask for, in the words of the request that also comes over HTTP. */
export function askedFrom(values: Values, what: string | undefined): AskedExport {
  const subject = SUBJECTS.find(name => name === what)
  if (subject === undefined) throw new UsageError(`say what to export: ${SUBJECTS.join(', ')}`)
  const format = required(values, 'format')
  if (!Object.hasOwn(FORMATS, format))
    throw new UsageError(`--format is "${format}", expected one of ${Object.keys(FORMATS).join(', ')}`)
  const filter = heatParameters(everyIncident(instant(values, 'from'), instant(values, 'to')))
  for (const [option, parameter, isList] of FILTERS) {
    const value = text(values, option)
    if (value !== null) for (const part of isList ? value.split(',') : [value]) filter.append(parameter, part)
  }
  const classes = text(values, 'classes')
  const unit = text(values, 'unit')
  const headings = text(values, 'headings')
  return {
    what: subject,
    format: format as AskedExport['format'],
    filter: filter.toString(),
    ...numbered(values, 'bandwidth', 'bandwidthM'),
    ...numbered(values, 'cell', 'cellM'),
    ...numbered(values, 'width', 'widthPx'),
    ...numbered(values, 'k', 'k'),
    ...named(values, ['crs', 'title', 'window', 'step']),
    ...(classes === null ? {} : { classes: classes.split(',').map(Number) }),
    ...(unit === null ? {} : { unit: unit as AskedExport['unit'] & string }),
    ...(headings === null ? {} : { headings: headings as AskedExport['headings'] & string }),
    ...(values['no-bom'] ? { bom: false } : {}),
    ...(values['no-furniture'] ? { furniture: false } : {}),
    ...(values['cumulative'] ? { cumulative: true } : {}),
  }
}

const FILTERS = [
  ['area', 'area', false],
  ['bounds', 'bounds', false],
  ['category', 'category', true],
  ['source', 'source', true],
  ['tier', 'tier', true],
  ['clock', 'clock', false],
  ['clock-state', 'clockState', true],
  ['hour', 'hour', true],
  ['weekday', 'weekday', true],
  ['as-of', 'asOf', false],
  ['known-at', 'knownAt', false],
] as const

function numbered<K extends string>(values: Values, option: string, name: K): { [key in K]?: number } {
  const value = text(values, option)
  if (value === null) return {}
  if (!/^\d+(\.\d+)?$/.test(value)) throw new UsageError(`--${option} is "${value}", expected a number`)
  return { [name]: Number(value) } as { [key in K]: number }
}

function named<K extends string>(values: Values, options: readonly K[]): { [key in K]?: string } {
  const found = options.flatMap(option => {
    const value = text(values, option)
    return value === null ? [] : [[option, value]]
  })
  return Object.fromEntries(found) as { [key in K]?: string }
}
