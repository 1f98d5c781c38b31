import type { WallArea, WallFrame } from './wallState.ts'

type Tree = {
  readonly byCode: ReadonlyMap<string, WallArea>
  readonly children: ReadonlyMap<string | null, readonly WallArea[]>
  readonly namesakes: ReadonlyMap<string, number> // how many areas have a name
}
const trees = new WeakMap<readonly WallArea[], Tree>()

/** A list of areas is read once and asked a thousand times. */
function treeOf(areas: readonly WallArea[]): Tree {
  const known = trees.get(areas)
  if (known) return known
  const byCode = new Map(areas.map(area => [area.code, area]))
  const children = new Map<string | null, WallArea[]>()
  for (const area of areas.toSorted((a, b) => (a.code < b.code ? -1 : 1))) {
    // A viewer may see an area without what is above it: then it is a root.
    const parent = area.parent !== null && byCode.has(area.parent) ? area.parent : null
    children.set(parent, [...(children.get(parent) ?? []), area])
  }
  const namesakes = new Map<string, number>()
  for (const { name } of areas) namesakes.set(name, (namesakes.get(name) ?? 0) + 1)
  const tree = { byCode, children, namesakes }
  trees.set(areas, tree)
  return tree
}

/** Children of an area, in the order of their codes; without an area, the roots. */
export const within = (areas: readonly WallArea[], parent: string | null): readonly WallArea[] =>
  treeOf(areas).children.get(parent) ?? []

export const areaOf = (areas: readonly WallArea[], code: string | null): WallArea | null =>
  treeOf(areas).byCode.get(code ?? '') ?? null

export const areaName = (areas: readonly WallArea[], code: string): string => areaOf(areas, code)?.name ?? code

/** From the root down to the area itself; [] for one that isn't known. */
export function pathTo(areas: readonly WallArea[], code: string | null): readonly WallArea[] {
  const path: WallArea[] = []
  for (let area = areaOf(areas, code); area && !path.includes(area); area = areaOf(areas, area.parent))
    path.unshift(area)
  return path
}

/** An area and all below it; everything without one. */
export function subtree(areas: readonly WallArea[], root: string | null): ReadonlySet<string> {
  const codes = new Set<string>(root === null ? [] : [root])
  const visit = (parent: string | null) => {
    for (const { code } of within(areas, parent)) {
      if (codes.has(code)) continue
      codes.add(code)
      visit(code)
    }
  }
  visit(root)
  return codes
}

/**
 * What a wall shows when its address names no area: what its viewer is for; and from there down as long as there is
 * only one way to go, so a district of one street shows the street.
 */
export function defaultScope(frame: Pick<WallFrame, 'areas' | 'viewerAreas'>): string | null {
  const [own, another] = frame.viewerAreas
  const isOwn = own !== undefined && another === undefined && areaOf(frame.areas, own) !== null
  const start = isOwn ? own : null
  for (let scope = start; ; ) {
    const [only, more] = within(frame.areas, scope)
    if (more !== undefined) return scope
    if (only === undefined) return start // It never branches: nothing was gained by going down.
    scope = only.code
  }
}

/** How many areas of each level lie below an area, from the top level down. */
export function countsBelow(areas: readonly WallArea[], scope: string | null, levels: readonly string[]) {
  const counts = new Map<string, number>()
  for (const code of subtree(areas, scope)) {
    const level = code === scope ? null : areaOf(areas, code)?.level
    if (level) counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  return levels.flatMap(level => (counts.has(level) ? [{ level, count: counts.get(level) ?? 0 }] : []))
}

/** The grid on a path of codes: the level that has a plate and people; where a store has none, the deepest known area. */
export function gridOn(areas: readonly WallArea[], path: readonly string[]): WallArea | null {
  const known = path.map(code => areaOf(areas, code)).filter(area => area !== null)
  return known.find(area => area.level === 'grid') ?? known.at(-1) ?? null
}

/** How people call a place over the radio: `柳堤-07` for 柳堤社区's 07网格; a name that others have too with whose it is. */
export function placeLabel(areas: readonly WallArea[], path: readonly string[]): string | null {
  const grid = gridOn(areas, path)
  if (grid === null) return null
  const number = grid.name.match(/^第?(\d+)/u)?.[1]
  const parent = areaOf(areas, grid.parent)
  const isUnique = treeOf(areas).namesakes.get(grid.name) === 1
  return parent === null || (number === undefined && isUnique)
    ? grid.name
    : `${shortName(parent.name)}-${number ?? grid.name}`
}

/** In a list of communities nobody needs to read 社区 after each. */
export const shortName = (name: string): string => name.replace(/(?<=.)(社区|街道)$/u, '')
