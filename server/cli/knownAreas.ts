import type { AreaTree } from '#domain/area/areaTree.ts'
import type { ReferenceData } from '../app.ts'
import type { OpenApp } from '../openApp.ts'
import { storeName } from '../store/storeAddress.ts'
import { UsageError } from './command.ts'

const MOST = 10

/** Refuses --area with a code that there is not at an instant, and says which there are: from the top down, a few. */
export function refuseUnknownAreas(
  codes: readonly string[],
  { areas }: Pick<ReferenceData, 'areas'>,
  { config }: Pick<OpenApp, 'config'>,
  at: number,
): void {
  const unknown = codes.find(code => areas.area(code, at) === null)
  if (unknown !== undefined)
    throw new UsageError(
      `--area: there is no area ${unknown} in the store ${storeName(config.databaseUrl)}, which has ${someOf(areas, at)}`,
    )
}

function someOf(areas: AreaTree, at: number): string {
  const codes = areas.roots(at).map(({ code }) => code)
  // Level by level, because tokens are mostly for what is high up: the list grows while it is read.
  for (const code of codes) {
    if (codes.length > MOST) break
    codes.push(...areas.children(code, at).map(child => child.code))
  }
  if (codes.length === 0) return 'none yet (gridwatch import areas brings them)'
  const named = codes.slice(0, MOST).map(code => `${code} ${areas.area(code, at)?.name ?? ''}`.trim())
  return `${named.join(', ')}${codes.length > MOST ? ', …' : ''}`
}
