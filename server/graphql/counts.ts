import type { Snapshot } from '../store/eventStore.ts'

export type AreaCounts = { readonly today: number; readonly open: number }

/** Of whole subtrees: how many began on the local day, and how many stand open whenever they began. */
export async function counts(
  snapshot: Snapshot,
  areas: readonly string[],
  today: string,
): Promise<Map<string, AreaCounts>> {
  const found = new Map(areas.map(area => [area, { today: 0, open: 0 }]))
  // Two narrow reads: the days of years in which all is done are never walked through.
  const [begun, standing] = await Promise.all([
    snapshot.areaCounts({ areas, days: [today] }),
    snapshot.areaCounts({ areas, open: true }),
  ])
  for (const { area, cohort } of begun) add(found.get(area), 'today', cohort)
  for (const { area, open } of standing) add(found.get(area), 'open', open)
  return found
}

function add(sum: { today: number; open: number } | undefined, what: 'today' | 'open', count: number): void {
  if (sum !== undefined) sum[what] += count
}
