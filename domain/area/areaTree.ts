import { holdsPoint } from '../geo/pointInPolygon.ts'
import type { LngLat } from '../incident/facts.ts'
import type { AreaVersion } from './areaVersion.ts'
import { boxIndex } from './boxIndex.ts'
import { checkAreas } from './checkAreas.ts'

/** Areas as they stand at an instant `at` (epoch ms). Lists are in order of code; an unknown code is null or an empty list. */
export type AreaTree = {
  readonly versions: readonly AreaVersion[]
  area(code: string, at: number): AreaVersion | null
  roots(at: number): AreaVersion[]
  children(code: string, at: number): AreaVersion[]
  /** Codes from the root down to the area itself. */
  path(code: string, at: number): string[]
  /** Codes of the area and of everything below it. */
  subtree(code: string, at: number): string[]
  /**
   * Codes from the root to the deepest area that holds the place; with `level`, to the area of that level above it. [] when none
   * does. An area without geometry holds what its children hold. Where areas of the same depth overlap, the smallest code wins.
   */
  locate(place: LngLat, at: number, level?: string): string[]
}

/** Throws a RangeError that names the first faults when `checkAreas` finds any. */
export function areaTree(versions: readonly AreaVersion[]): AreaTree {
  const faults = checkAreas(versions)
  if (faults.length > 0) {
    const said = faults
      .slice(0, 3)
      .map(fault => fault.reason)
      .join('; ')
    throw new RangeError(`${faults.length} fault${faults.length === 1 ? '' : 's'} in the areas: ${said}`)
  }
  const byCode = groupedBy(versions, version => version.code)
  const byParent = groupedBy(versions, version => version.parent)
  const located = boxIndex(
    versions.flatMap(version => (version.geometry ? [{ of: version, geometry: version.geometry }] : [])),
  )

  const area = (code: string, at: number) => byCode.get(code)?.find(version => isValid(version, at)) ?? null
  const below = (parent: string | null, at: number) =>
    (byParent.get(parent) ?? []).filter(version => isValid(version, at))
  const path = (code: string, at: number): string[] => {
    const codes: string[] = []
    for (let next = area(code, at); next; next = next.parent === null ? null : area(next.parent, at))
      codes.push(next.code)
    return codes.reverse()
  }
  return {
    versions,
    area,
    roots: at => below(null, at),
    children: (code, at) => below(code, at),
    path,
    subtree(code, at) {
      const codes = area(code, at) ? [code] : []
      for (const next of codes) for (const child of below(next, at)) codes.push(child.code)
      return codes
    },
    locate(place, at, level) {
      const candidates = located(place.lng, place.lat)
        .filter(({ of }) => isValid(of, at))
        .map(({ of, geometry }) => ({ geometry, path: path(of.code, at) }))
        .sort((a, b) => b.path.length - a.path.length || compare(a.path.at(-1) ?? '', b.path.at(-1) ?? ''))
      for (const { geometry, path: found } of candidates) {
        const end = level === undefined ? found.length : found.findIndex(code => area(code, at)?.level === level) + 1
        if (end > 0 && holdsPoint(geometry, place.lng, place.lat)) return found.slice(0, end)
      }
      return []
    },
  }
}

export function isValid(version: AreaVersion, at: number): boolean {
  return (version.validFrom ?? -Infinity) <= at && at < (version.validTo ?? Infinity)
}

function groupedBy<K>(versions: readonly AreaVersion[], key: (version: AreaVersion) => K): Map<K, AreaVersion[]> {
  const groups = new Map<K, AreaVersion[]>()
  for (const version of [...versions].sort((a, b) => compare(a.code, b.code))) {
    const group = groups.get(key(version))
    if (group) group.push(version)
    else groups.set(key(version), [version])
  }
  return groups
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
