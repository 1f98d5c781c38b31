import { feasibleRanges, type PartCount, type Table, tableOf } from './suppressionTable.ts'

/** The same with null where the count must not leave. It does not say whether for itself or for another: that alone would tell. */
export type PublishedCount = { readonly code: string; readonly parent: string | null; readonly n: number | null }

/**
 * Hides counts below k, and as many others as it takes that nobody can work them out: who knows every published number and that
 * hidden ones are at least 1 is left with max(2, k − 1) possible values or more for each, as many as 1…k−1 are. So a published total has
 * no hidden part or several, which sum to k or more. What of a total lies in none of its parts is treated as one more part of it.
 *
 * Zeros are published: "none" is nobody's incident, and hiding them would hatch most of a map. Not covered: tables that cross
 * (area × category with both margins; publish one margin), two exports whose filters differ by little, and who knows the rule of choice
 * so well as to argue from it.
 */
export function suppressSmall(counts: readonly PartCount[], k: number): PublishedCount[] {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k is a whole number of 1 or more, not ${k}`)
  const table = tableOf(counts)
  const isHidden = table.n.map(n => n > 0 && n < k)
  const needed = Math.max(2, k - 1)
  for (;;) {
    const ranges = feasibleRanges(table, isHidden)
    const open = ranges.flatMap(([low, high], cell) => (isHidden[cell] && high - low + 1 < needed ? [cell] : []))
    if (open.length === 0) break
    // A hidden total whose parts all stand there is hidden in vain: that first, since it opens what it was hidden for.
    const within = [...new Set(open.map(cell => hiddenInVain(table, isHidden, cell)).filter(part => part !== null))]
    // One for each sum at a time: what protects one part often protects the others.
    const firsts = open.filter((cell, i) => open.findIndex(other => table.total[other] === table.total[cell]) === i)
    const next = within.length > 0 ? within : firsts.map(cell => besideOrAbove(table, isHidden, cell))
    for (const cell of next) isHidden[cell] = true
  }
  return counts.map(({ code, parent, n }, cell) => ({ code, parent, n: isHidden[cell] ? null : n }))
}

/** The part to hide of a hidden cell of which every part is published; null where that is not so. */
function hiddenInVain(table: Table, isHidden: readonly boolean[], cell: number): number | null {
  const parts = table.parts[cell] ?? []
  return parts.some(part => isHidden[part]) ? null : smallest(table, isHidden, parts)
}

/** The smallest published cell of the same sum; where there is none, of the next sum above, or that sum's total. */
function besideOrAbove(table: Table, isHidden: readonly boolean[], cell: number): number {
  for (let total = table.total[cell] ?? null; total !== null; total = table.total[total] ?? null) {
    const beside = smallest(table, isHidden, table.parts[total] ?? [])
    if (beside !== null) return beside
    if (!isHidden[total]) return total
  }
  throw new Error(`the count of cell ${cell} can be told although everything around it is hidden`)
}

function smallest(table: Table, isHidden: readonly boolean[], cells: readonly number[]): number | null {
  const nOf = (cell: number) => table.n[cell] ?? 0
  const published = cells.filter(cell => !isHidden[cell] && nOf(cell) > 0)
  return published.length > 0 ? published.reduce((least, cell) => (nOf(cell) < nOf(least) ? cell : least)) : null
}
