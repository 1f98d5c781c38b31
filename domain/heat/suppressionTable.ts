/** A count of an area (or any cell) and the total it is part of; a flat table is a total and its parts. */
export type PartCount = { readonly code: string; readonly parent: string | null; readonly n: number }

/** Cells in the order given, then one per total for what lies in none of its parts, where there is any. */
export type Table = {
  readonly n: readonly number[]
  readonly total: readonly (number | null)[]
  readonly parts: readonly (readonly number[])[]
}

/** Throws a RangeError that names the cell where counts are no tree or parts exceed their total. */
export function tableOf(counts: readonly PartCount[]): Table {
  const cellOf = new Map(counts.map(({ code }, cell) => [code, cell]))
  if (cellOf.size < counts.length) throw new RangeError('a code stands twice among the counts to publish')
  const n = counts.map(count => count.n)
  const parts: number[][] = counts.map(() => [])
  const total = counts.map(({ code, parent, n }, cell): number | null => {
    if (!(Number.isInteger(n) && n >= 0)) throw new RangeError(`${code}: ${n} is no count`)
    if (parent === null) return null
    const of = cellOf.get(parent)
    if (of === undefined) throw new RangeError(`${code}: its total ${parent} is not among the counts`)
    parts[of]?.push(cell)
    return of
  })
  for (const [cell, { code, n: whole }] of counts.entries()) {
    const own = parts[cell] ?? []
    const rest = own.reduce((left, part) => left - (n[part] ?? 0), whole)
    if (rest < 0) throw new RangeError(`${code}: its parts hold ${whole - rest}, more than its own ${whole}`)
    if (rest === 0 || own.length === 0) continue
    own.push(n.length)
    n.push(rest)
    total.push(cell)
    parts.push([])
  }
  return { n, total, parts }
}

/**
 * Per cell the least and the greatest count that agree with everything published, when hidden counts are at least 1. Exact: in a
 * tree every count stands in at most two sums, so one pass up and one down find what any solver would.
 */
export function feasibleRanges(
  { n, total, parts }: Table,
  isHidden: readonly boolean[],
): (readonly [number, number])[] {
  const order = fromTheTop(total, parts)
  const low = n.map((count, cell) => (isHidden[cell] ? 1 : count))
  const high = n.map((count, cell) => (isHidden[cell] ? Infinity : count))
  for (const cell of order.toReversed()) {
    const own = parts[cell] ?? []
    if (own.length === 0 || !isHidden[cell]) continue
    low[cell] = Math.max(1, sum(own, low))
    high[cell] = sum(own, high)
  }
  for (const cell of order) {
    const own = parts[cell] ?? []
    const [lows, highs] = [sum(own, low), sum(own, high)]
    const endless = own.filter(part => high[part] === Infinity).length
    const [wholeLow, wholeHigh] = [low[cell] ?? 0, high[cell] ?? 0]
    const finite =
      endless === 0
        ? highs
        : sum(
            own.filter(part => high[part] !== Infinity),
            high,
          )
    for (const part of own) {
      const [partLow, partHigh] = [low[part] ?? 0, high[part] ?? 0]
      const isEndless = partHigh === Infinity
      const othersHigh = endless > Number(isEndless) ? Infinity : finite - (isEndless ? 0 : partHigh)
      low[part] = Math.max(partLow, wholeLow - othersHigh)
      high[part] = Math.min(partHigh, wholeHigh - (lows - partLow))
    }
  }
  return low.map((least, cell) => [least, high[cell] ?? Infinity])
}

function fromTheTop(total: readonly (number | null)[], parts: readonly (readonly number[])[]): number[] {
  const order = total.flatMap((above, cell) => (above === null ? [cell] : []))
  for (const cell of order) order.push(...(parts[cell] ?? []))
  if (order.length < total.length) throw new RangeError('the counts to publish are parts of each other in a circle')
  return order
}

function sum(cells: readonly number[], of: readonly number[]): number {
  return cells.reduce((total, cell) => total + (of[cell] ?? 0), 0)
}
