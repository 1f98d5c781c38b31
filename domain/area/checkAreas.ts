import type { AreaVersion } from './areaVersion.ts'

/** `field` is the field of the version that is wrong; `reason` is a sentence that names the area. */
export type AreaFault = {
  readonly code: string
  readonly validFrom: number | null
  readonly field: 'code' | 'parent' | 'validTo'
  readonly reason: string
}

/** What keeps versions from being a tree at every instant: at most one fault per version, in the order given. */
export function checkAreas(versions: readonly AreaVersion[]): AreaFault[] {
  const byCode = new Map<string, AreaVersion[]>()
  for (const version of versions) byCode.set(version.code, [...(byCode.get(version.code) ?? []), version])
  for (const group of byCode.values()) group.sort((a, b) => from(a) - from(b))
  return versions.flatMap(version => {
    const found = faultOf(version, byCode)
    return found ? [{ code: version.code, validFrom: version.validFrom, ...found }] : []
  })
}

function faultOf(
  version: AreaVersion,
  byCode: ReadonlyMap<string, readonly AreaVersion[]>,
): Pick<AreaFault, 'field' | 'reason'> | null {
  const { code, parent } = version
  if (code === '') return { field: 'code', reason: 'an area has an empty code' }
  if (from(version) >= to(version))
    return {
      field: 'validTo',
      reason: `area ${code} ends (${day(to(version))}) before it begins (${day(from(version))})`,
    }
  const versions = byCode.get(code) ?? []
  const rival = versions.find(other => other !== version && from(other) < to(version) && from(version) < to(other))
  if (rival && versions.indexOf(rival) < versions.indexOf(version))
    return { field: 'code', reason: `area ${code} has two versions at ${day(Math.max(from(version), from(rival)))}` }
  if (parent === null) return null
  if (!byCode.has(parent)) return { field: 'parent', reason: `area ${code} has an unknown parent ${parent}` }
  const gap = firstGap(byCode.get(parent) ?? [], from(version), to(version))
  if (gap !== null) return { field: 'parent', reason: `area ${code}: its parent ${parent} is not valid at ${day(gap)}` }
  const cycle = cycleFrom(version, byCode)
  return cycle && { field: 'parent', reason: `area ${code} is its own ancestor: ${cycle.join(' › ')}` }
}

/** The first instant of a span that no version covers; versions in time order. */
function firstGap(versions: readonly AreaVersion[], start: number, end: number): number | null {
  let reached = start
  for (const version of versions) {
    if (from(version) > reached) break
    reached = Math.max(reached, to(version))
    if (reached >= end) return null
  }
  return reached
}

/** Every cycle is seen by its latest version at the instant at which that one begins, so one walk per version finds them all. */
function cycleFrom(version: AreaVersion, byCode: ReadonlyMap<string, readonly AreaVersion[]>): string[] | null {
  const at = from(version)
  const walked = [version.code]
  for (let parent = version.parent; parent !== null; ) {
    walked.push(parent)
    if (parent === version.code) return walked
    if (walked.indexOf(parent) < walked.length - 1) return null // a cycle above it, told where it lies
    const next = byCode.get(parent)?.find(candidate => from(candidate) <= at && at < to(candidate))
    parent = next?.parent ?? null
  }
  return null
}

function from(version: AreaVersion): number {
  return version.validFrom ?? -Infinity
}
function to(version: AreaVersion): number {
  return version.validTo ?? Infinity
}
function day(at: number): string {
  return Number.isFinite(at) ? new Date(at).toISOString() : at < 0 ? 'the beginning' : 'the end'
}
