import { localDay, localHour } from '../time/localTime.ts'
import type { Incident } from './incident.ts'

export const GROUPS = ['AREA', 'LEVEL', 'CATEGORY', 'SOURCE', 'TIER', 'WORKER', 'HOUR', 'DAY'] as const
export type GroupBy = (typeof GROUPS)[number]

/** What keys need to know of the place: the level of an area at an instant (null: unknown), and the store's zone. */
export type Place = { readonly levelOf: (area: string, at: number) => string | null; readonly timezone: string }

/** The keys under which an incident counts: one for most groups, every worker who ever accepted for WORKER. */
export function groupKeys(
  groupBy: GroupBy,
  incident: Pick<Incident, 'path' | 'firstAt' | 'category' | 'source' | 'tier' | 'acceptedBy'>,
  { levelOf, timezone }: Place,
  area: string | null,
): readonly (string | null)[] {
  switch (groupBy) {
    case 'AREA':
      return [areaKey(incident.path, area)]
    case 'LEVEL': {
      const deepest = incident.path.at(-1)
      return [deepest === undefined ? null : levelOf(deepest, incident.firstAt)]
    }
    case 'CATEGORY':
      return [incident.category]
    case 'SOURCE':
      return [incident.source]
    case 'TIER':
      return [incident.tier === null ? null : incident.tier.toUpperCase()]
    case 'WORKER':
      return incident.acceptedBy
    case 'HOUR':
      return [String(localHour(incident.firstAt, timezone)).padStart(2, '0')]
    case 'DAY':
      return [localDay(incident.firstAt, timezone)]
    default:
      return groupBy satisfies never
  }
}

/** The child of `area` on the path; the area itself for what was placed no deeper; a root without an area. */
function areaKey(path: readonly string[], area: string | null): string | null {
  if (area === null) return path[0] ?? null
  return path[path.indexOf(area) + 1] ?? area
}
