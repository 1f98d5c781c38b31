import type { Snapshot } from '../store/eventStore.ts'

export type AreaCounts = { readonly today: number; readonly open: number }

/** Of whole subtrees: how many began on the local day, and how many stand open whenever they began. */
export async function counts(
  snapshot: Snapshot,
  areas: readonly string[],
  today: string,
): Promise<Map<string, AreaCounts>> {
  const found = new Map(areas.map(area => [area, { today: 0, open: 0 }]))
  for (const row of await snapshot.areaCounts({ areas })) {
    const sum = found.get(row.area)
    if (sum === undefined) continue
    sum.open += row.open
    if (row.day === today) sum.today += row.cohort
  }
  return found
}
