import type { WallArea, WallFrame } from './wallState.ts'

/** Children of an area, in the order of their codes; without an area, the roots. */
export function within(areas: readonly WallArea[], parent: string | null): readonly WallArea[] {
  const known = new Set(areas.map(area => area.code))
  return areas
    .filter(area => (parent === null ? area.parent === null || !known.has(area.parent) : area.parent === parent))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** From the root down to the area itself; [] for one that isn't known. */
export function pathTo(areas: readonly WallArea[], code: string | null): readonly WallArea[] {
  const byCode = new Map(areas.map(area => [area.code, area]))
  const path: WallArea[] = []
  for (let area = byCode.get(code ?? ''); area && !path.includes(area); area = byCode.get(area.parent ?? ''))
    path.unshift(area)
  return path
}

/**
 * What a wall shows when its address names no area: what its viewer is for; and from there down as long as there is
 * only one way to go and something below it, so a district of one street shows the street.
 */
export function defaultScope(frame: Pick<WallFrame, 'areas' | 'viewerAreas'>): string | null {
  const [own, another] = frame.viewerAreas
  const isOwn = own !== undefined && another === undefined && frame.areas.some(area => area.code === own)
  let scope = isOwn ? own : null
  for (;;) {
    const [only, more] = within(frame.areas, scope)
    if (only === undefined || more !== undefined || within(frame.areas, only.code).length === 0) return scope
    scope = only.code
  }
}

export const areaName = (areas: readonly WallArea[], code: string): string =>
  areas.find(area => area.code === code)?.name ?? code

/** How many areas of each level lie below an area, from the top level down. */
export function countsBelow(areas: readonly WallArea[], scope: string | null, levels: readonly string[]) {
  const counts = new Map<string, number>()
  const visit = (parent: string | null) => {
    for (const child of within(areas, parent)) {
      counts.set(child.level, (counts.get(child.level) ?? 0) + 1)
      visit(child.code)
    }
  }
  visit(scope)
  return levels.flatMap(level => (counts.has(level) ? [{ level, count: counts.get(level) ?? 0 }] : []))
}
