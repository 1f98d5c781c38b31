import type { Incident } from '#domain/incident/incident.ts'
import { localDay, localHour } from '#domain/time/localTime.ts'
import type { ReferenceData } from '../app.ts'

export const GROUPS = ['AREA', 'LEVEL', 'CATEGORY', 'SOURCE', 'TIER', 'WORKER', 'HOUR', 'DAY'] as const
export type GroupBy = (typeof GROUPS)[number]

/** The keys under which an incident counts: one for most groups, every worker who ever accepted for WORKER. */
export function groupKeys(
  groupBy: GroupBy,
  incident: Pick<Incident, 'path' | 'firstAt' | 'category' | 'source' | 'tier' | 'acceptedBy'>,
  { areas, timezone }: Pick<ReferenceData, 'areas' | 'timezone'>,
  area: string | null,
): readonly (string | null)[] {
  switch (groupBy) {
    case 'AREA':
      return [areaKey(incident.path, area)]
    case 'LEVEL': {
      const deepest = incident.path.at(-1)
      return [deepest === undefined ? null : (areas.area(deepest, incident.firstAt)?.level ?? null)]
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
