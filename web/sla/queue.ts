import type { LiveIncident, MarkState } from './liveIncident.ts'

const RANK: { readonly [state in MarkState]: number } = { breached: 0, unknown: 1, atRisk: 2, normal: 2, paused: 3 }

/**
 * What needs somebody first: breached by overtime, longest first; then running by deadline; then paused; and last the
 * open ones that no clock drives now.
 */
export function queueOrder(incidents: readonly LiveIncident[]): readonly LiveIncident[] {
  return incidents.toSorted(
    (a, b) => rank(a) - rank(b) || remaining(a) - remaining(b) || (a.incident.id < b.incident.id ? -1 : 1),
  )
}

const rank = (item: LiveIncident): number => (item.clock === null ? 4 : RANK[item.state])
const remaining = (item: LiveIncident): number => item.clock?.remainingMs ?? 0
