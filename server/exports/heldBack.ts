/** What roles without the right to small counts don't get, taken out before any format sees it. */
import { suppressSmall } from '#domain/heat/suppression.ts'
import type { PartCount } from '#domain/heat/suppressionTable.ts'
import type { ExportedArea, ExportedIncident, LeftOut } from './material.ts'

/** The sum of everything, above the roots. */
const ALL = ''

export type Whole = {
  readonly areas: readonly ExportedArea[] // the asker's whole scope, whatever part of it was asked for
  readonly n: number // of that whole
}

/**
 * The areas with null where a count must not leave. Decided over the whole scope, so that asking for one part after the
 * other tells no more than asking for all.
 */
export function publishedAreas({ areas, n }: Whole, k: number): { areas: ExportedArea[]; isTotalHidden: boolean } {
  const seen = suppressSmall(tree(areas, n), k)
  const published = new Map(seen.map(count => [count.code, count.n]))
  return {
    areas: areas.map(area => ({ ...area, n: published.get(area.code) ?? null })),
    isTotalHidden: published.get(ALL) === null,
  }
}

/** A row is one incident: where it was is held back, and its area too below the last whose count stands. */
export function withoutPlace(
  incidents: readonly ExportedIncident[],
  areas: readonly ExportedArea[],
): ExportedIncident[] {
  const known = new Map(areas.map(area => [area.code, area]))
  return incidents.map(incident => {
    const hiddenAt = incident.path.findIndex(code => (known.get(code)?.n ?? null) === null && known.has(code))
    const path = hiddenAt < 0 ? incident.path : incident.path.slice(0, hiddenAt)
    const areaName = known.get(path.at(-1) ?? '')?.name ?? null
    return { ...incident, place: null, path, areaName }
  })
}

/** n of what was used, null where it or what it leaves of the whole would be a small count. */
export function publishedN(used: number, leftOut: LeftOut, k: number): number | null {
  const others = [leftOut.unlocated, leftOut.outside]
  return [used, ...others].some(count => count !== null && isSmall(count, k)) ? null : used
}

export function publishedLeftOut(leftOut: LeftOut, k: number): LeftOut {
  const shown = (count: number | null) => (count !== null && isSmall(count, k) ? null : count)
  const { unlocated, outside, voided, merged } = leftOut
  return { unlocated: shown(unlocated), outside: shown(outside), voided: shown(voided), merged: shown(merged) }
}

function isSmall(count: number, k: number): boolean {
  return count > 0 && count < k
}

/** Where areas were redrawn, parts can hold more than their whole: nothing is to be had there by subtraction, each stands alone. */
function tree(areas: readonly ExportedArea[], n: number): PartCount[] {
  const codes = new Set(areas.map(area => area.code))
  const counts = areas.map(({ code, parent, n }) => ({
    code,
    parent: parent !== null && codes.has(parent) ? parent : ALL,
    n: n ?? 0,
  }))
  const held = new Map<string, number>()
  for (const { parent, n } of counts) held.set(parent, (held.get(parent) ?? 0) + n)
  const whole = new Map([...counts.map(({ code, n }): [string, number] => [code, n]), [ALL, n]])
  const isSum = (parent: string) => (held.get(parent) ?? 0) <= (whole.get(parent) ?? 0)
  return [
    { code: ALL, parent: null, n },
    ...counts.map(count => ({ ...count, parent: isSum(count.parent) ? count.parent : null })),
  ]
}
