import type { AreaFeature } from './areasFeatures.ts'
import type { AreasLayer, AreasMapping } from './areasMapping.ts'
import { UnusableInput } from './importReport.ts'

/** A property that the mapping names and no feature has is a slip in the mapping: refused whole, as an unknown column is. */
export function refuseUnknownProperties(
  layer: AreasLayer,
  mapping: AreasMapping,
  features: readonly AreaFeature[],
): void {
  if (features.length === 0) return
  const known = new Set(features.flatMap(({ properties }) => Object.keys(properties)))
  const unknown = named(layer, mapping).filter(property => !known.has(property))
  if (unknown.length === 0) return
  const written = unknown.map(property => `“${property}”`).join(', ')
  throw new UnusableInput(
    `No feature has the propert${unknown.length === 1 ? 'y' : 'ies'} ${written} that the mapping names; they have ${[...known].join(', ') || 'none'}.`,
  )
}

function named(layer: AreasLayer, mapping: AreasMapping): string[] {
  const { code, areaName, households, parent, level, keep = [], derive = [] } = layer
  const times = [layer.validFrom ?? mapping.validFrom, layer.validTo ?? mapping.validTo]
  const given = [level, parent, ...times].flatMap(from => (from && 'property' in from ? [from.property] : []))
  const above = derive.map(({ areaName }) => areaName)
  return [...new Set([code, areaName, ...given, ...(households === undefined ? [] : [households]), ...keep, ...above])]
}
