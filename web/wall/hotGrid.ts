import type { LiveIncident } from '../sla/liveIncident.ts'
import { gridOn } from '../stores/areas.ts'
import type { WallArea } from '../stores/wallState.ts'

/** The grid that holds the most open incidents, breached ones first; of equals the first by code. */
export function hotGrid(areas: readonly WallArea[], open: readonly LiveIncident[]): string | null {
  const counts = new Map<string, { breached: number; open: number }>()
  for (const { incident, state } of open) {
    const code = gridOn(areas, incident.path)?.code
    if (code === undefined) continue
    const count = counts.get(code) ?? { breached: 0, open: 0 }
    counts.set(code, { breached: count.breached + (state === 'breached' ? 1 : 0), open: count.open + 1 })
  }
  const ranked = [...counts].toSorted(
    ([a, x], [b, y]) => y.breached - x.breached || y.open - x.open || (a < b ? -1 : 1),
  )
  return ranked[0]?.[0] ?? null
}
