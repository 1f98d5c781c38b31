import type { AreaVersion } from '#domain/area/areaVersion.ts'
import { checkAreas } from '#domain/area/checkAreas.ts'
import type { Datum } from '#domain/geo/datum.ts'
import type { AreaRow } from '../store/eventStore.ts'
import { type AreaFeature, areaFeatures } from './areasFeatures.ts'
import { faultText, readGeometry } from './areasGeometry.ts'
import type { AreasLayer, AreasMapping } from './areasMapping.ts'
import { refuseUnknownProperties } from './areasProperties.ts'
import { dateReader } from './dateReader.ts'
import type { RefusedRow } from './importReport.ts'

export type AreasContext = {
  readonly datum: Datum
  readonly timezone: string // of times that carry none
  readonly known: readonly AreaRow[] // what the store has already
}
/** `areas`: rows to put, parents before children; among them earlier versions that end where a new one begins. */
export type AreasRead = {
  readonly areas: AreaRow[]
  readonly ended: number // of them: the earlier versions, which come first
  readonly refused: RefusedRow[]
  readonly told: string[]
}

type Read = { readonly row: AreaRow; readonly line: number; readonly parentField: string }
type Tally = { withoutGeometry: number; mended: number; readonly told: string[] }

/** The areas of GeoJSON or TopoJSON (text, or what it parses to) by a mapping. Together with the known ones they are a tree at every instant. */
export function readAreas(content: unknown, mapping: AreasMapping, context: AreasContext): AreasRead {
  const featuresOf = areaFeatures(content)
  const refused: RefusedRow[] = []
  const tally: Tally = { withoutGeometry: 0, mended: 0, told: [] }
  const read = new Map<string, Read>()
  for (const layer of mapping.layers) {
    const features = featuresOf(layer)
    refuseUnknownProperties(layer, mapping, features)
    for (const feature of features) {
      const found = rowOf(feature, layer, mapping, context, tally)
      if ('reason' in found) {
        refused.push(found)
        continue
      }
      const key = keyOf(found.row)
      const earlier = read.get(key)
      if (earlier) {
        const reason = `feature ${earlier.line} of level ${earlier.row.level} has this code already; parts of one area belong in one MultiPolygon`
        refused.push({ line: feature.line, field: layer.code, value: found.row.code, reason })
        continue
      }
      for (const row of derived(found.row, feature, layer))
        if (!read.has(keyOf(row))) read.set(keyOf(row), { row, line: feature.line, parentField: layer.code })
      read.set(key, found)
    }
  }
  const areas = fitting([...read.values()], context.known, refused, tally)
  return { ...areas, refused: refused.toSorted((a, b) => a.line - b.line), told: toldOf(tally, context) }
}

function rowOf(
  feature: AreaFeature,
  layer: AreasLayer,
  mapping: AreasMapping,
  context: AreasContext,
  tally: Tally,
): Read | RefusedRow {
  const { line, properties } = feature
  const refuse = (field: string, value: string, reason: string): RefusedRow => ({ line, field, value, reason })
  const textAt = (property: string) => text(properties[property])
  const given = (from: { value: string } | { property: string }) =>
    'value' in from ? from.value : textAt(from.property)
  const nameOf = (from: { value: string } | { property: string }, whole: string) =>
    'value' in from ? whole : from.property

  const code = textAt(layer.code)
  if (code === '') return refuse(layer.code, '', 'is empty: an area needs a code')
  const level = given(layer.level)
  if (level === '') return refuse(nameOf(layer.level, 'level'), '', 'is empty: an area needs a level')
  const name = textAt(layer.areaName)
  if (name === '') return refuse(layer.areaName, '', `is empty: area ${code} needs a name`)

  const times: { validFrom: number | null; validTo: number | null } = { validFrom: null, validTo: null }
  const readTime = dateReader(['iso'], context.timezone)
  for (const end of ['validFrom', 'validTo'] as const) {
    const from = layer[end] ?? mapping[end]
    const written = from ? given(from) : ''
    times[end] = written === '' ? null : readTime(written)
    if (from && written !== '' && times[end] === null)
      return refuse(nameOf(from, end), written, 'is not a time as ISO 8601 writes it')
  }

  const households = layer.households === undefined ? '' : textAt(layer.households)
  if (layer.households !== undefined && households !== '' && !/^\d+(\.0+)?$/.test(households))
    return refuse(layer.households, households, 'is not a whole number of households')

  const shape = readGeometry(feature.geometry, context.datum)
  if ('reason' in shape) return refuse('geometry', code, faultText(shape))
  if (shape.geometry === null) tally.withoutGeometry++
  if (shape.repaired.length > 0) tellRepair(code, name, shape.repaired.map(faultText), shape.changedBy, tally)

  const kept = Object.fromEntries(Object.entries(properties).filter(([key]) => layer.keep?.includes(key) ?? true))
  const original = shape.original === null ? {} : { originalGeometry: shape.original, originalDatum: context.datum }
  const row: AreaRow = {
    code,
    level,
    name,
    ...times,
    parent: parentOf(code, layer, given),
    households: households === '' ? null : Number(households),
    geometry: shape.geometry as AreaRow['geometry'],
    properties: { ...kept, ...original } as AreaRow['properties'],
  }
  const { parent } = layer
  return { row, line, parentField: parent && !('codePrefix' in parent) ? nameOf(parent, 'parent') : layer.code }
}

function parentOf(
  code: string,
  { parent, derive }: AreasLayer,
  given: (from: { value: string } | { property: string }) => string,
): string | null {
  const lowest = derive?.at(-1)
  if (lowest) return code.slice(0, lowest.codePrefix)
  if (!parent) return null
  return ('codePrefix' in parent ? code.slice(0, parent.codePrefix) : given(parent)) || null
}

/** The areas above a feature that exist only as the beginnings of its code. */
function derived(row: AreaRow, { properties }: AreaFeature, { derive = [] }: AreasLayer): AreaRow[] {
  return derive.map(({ level, codePrefix, areaName }, i) => {
    const code = row.code.slice(0, codePrefix)
    const above = derive[i - 1]
    const name = text(properties[areaName]) || code
    const parent = above ? row.code.slice(0, above.codePrefix) : null
    return {
      code,
      level,
      name,
      parent,
      households: null,
      validFrom: row.validFrom,
      validTo: row.validTo,
      geometry: null,
      properties: {},
    }
  })
}

/** Without those that break the tree, each told why; with the known versions that the new ones end. */
function fitting(
  read: readonly Read[],
  known: readonly AreaRow[],
  refused: RefusedRow[],
  tally: Tally,
): Pick<AreasRead, 'areas' | 'ended'> {
  let taken = read
  for (;;) {
    const keys = new Map(taken.map(each => [keyOf(each.row), each]))
    const starts = new Map(taken.map(each => [each.row.code, each.row.validFrom]))
    const remaining = known.filter(row => !keys.has(keyOf(row)))
    const ended = remaining.flatMap(row => {
      const start = starts.get(row.code) ?? null
      const isCut = start !== null && (row.validFrom ?? -Infinity) < start && start < (row.validTo ?? Infinity)
      return isCut ? [{ ...row, validTo: start }] : []
    })
    const endedKeys = new Set(ended.map(keyOf))
    const all = [...remaining.filter(row => !endedKeys.has(keyOf(row))), ...ended, ...taken.map(each => each.row)]
    const faults = checkAreas(all as unknown as AreaVersion[]).flatMap(fault => {
      const at =
        keys.get(keyOf(fault)) ?? taken.find(each => each.row.parent === fault.code || each.row.code === fault.code)
      return at ? [{ at, fault }] : []
    })
    if (faults.length === 0) {
      if (ended.length > 0)
        tally.told.push(
          `${ended.length} earlier version${ended.length === 1 ? '' : 's'} of these areas end where the new ones begin.`,
        )
      return { areas: [...ended, ...taken.map(each => each.row)], ended: ended.length }
    }
    const out = new Set<Read>()
    for (const { at, fault } of faults) {
      if (out.has(at)) continue
      out.add(at)
      const isParent = fault.field === 'parent'
      refused.push({
        line: at.line,
        field: isParent ? at.parentField : fault.field,
        value: (isParent ? at.row.parent : null) ?? at.row.code,
        reason: fault.reason,
      })
    }
    taken = taken.filter(each => !out.has(each))
  }
}

function tellRepair(code: string, name: string, faults: readonly string[], changedBy: number, tally: Tally): void {
  if (changedBy <= 0.01) {
    tally.mended++
    return
  }
  const change = Number.isFinite(changedBy)
    ? `its area changed by ${(changedBy * 100).toFixed(1)} %`
    : 'its area was nothing before'
  tally.told.push(`Area ${code} ${name} was repaired (${faults.join('; ')}) and ${change}: look at it.`)
}

function toldOf(tally: Tally, { datum }: AreasContext): string[] {
  const told = [...tally.told]
  if (tally.mended > 0)
    told.push(
      `${tally.mended} geometr${tally.mended === 1 ? 'y was' : 'ies were'} repaired; no area changed by more than 1 %.`,
    )
  if (tally.withoutGeometry > 0)
    told.push(
      `${tally.withoutGeometry} feature${tally.withoutGeometry === 1 ? ' has' : 's have'} no geometry: taken as areas without one.`,
    )
  if (datum === 'gcj02' || datum === 'bd09')
    told.push(`Geometries were converted from ${datum} to WGS 84; each area keeps the original.`)
  if (datum === 'cgcs2000') told.push('CGCS2000 was taken as WGS 84: they differ by less than a metre.')
  return told
}

function keyOf({ code, validFrom }: { readonly code: string; readonly validFrom: number | null }): string {
  return `${code}\n${validFrom}`
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}
