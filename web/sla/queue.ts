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

/** A title beside its category's seal: of `Medical Incident · 5TH ST` only what the seal doesn't say already. */
export function titleBeside(title: string, category: string): string {
  if (category === '' || !title.startsWith(category)) return title
  const rest = title.slice(category.length).replace(/^[\s·:：,，–-]+/, '')
  return rest === '' || rest === title.slice(category.length) ? title : rest
}

const HEAD_REM = 2.6
/** As high as a wall: there more rows stand closer together; a queue that shares its column is read one by one. */
const TALL_REM = 45
const FEWEST_ROWS = 3

/** How many rows a queue of that height holds, and how high each is. */
export function queueRows(heightRem: number, isWide: boolean): { readonly rows: number; readonly rowRem: number } {
  const isTall = heightRem >= TALL_REM
  const least = isWide ? (isTall ? 3.2 : 3.82) : isTall ? 2.88 : 3.1
  const room = heightRem - HEAD_REM
  const rows = Math.max(FEWEST_ROWS, Math.floor(room / least))
  // What is left over is shared out: no gap before the panel below.
  return { rows, rowRem: Math.max(least, room / rows) }
}

const rank = (item: LiveIncident): number => (item.clock === null ? 4 : RANK[item.state])
const remaining = (item: LiveIncident): number => item.clock?.remainingMs ?? 0
