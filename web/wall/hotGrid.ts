import type { LiveIncident } from '../sla/liveIncident.ts'
import { gridOn } from '../stores/areas.ts'
import type { WallArea } from '../stores/wallState.ts'

/** As many as the rotation goes round: with 20 s each, whoever looks up sees every one within two minutes. */
export const MOST_HOT = 5

/** The grids that hold the most open incidents, breached ones first; of equals the first by code. */
export function hotGrids(areas: readonly WallArea[], open: readonly LiveIncident[]): readonly string[] {
  const counts = new Map<string, { breached: number; open: number }>()
  for (const { incident, state } of open) {
    const code = gridOn(areas, incident.path)?.code
    if (code === undefined) continue
    const count = counts.get(code) ?? { breached: 0, open: 0 }
    counts.set(code, { breached: count.breached + (state === 'breached' ? 1 : 0), open: count.open + 1 })
  }
  return [...counts]
    .toSorted(([a, x], [b, y]) => y.breached - x.breached || y.open - x.open || (a < b ? -1 : 1))
    .slice(0, MOST_HOT)
    .map(([code]) => code)
}
