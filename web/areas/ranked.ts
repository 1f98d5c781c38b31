import type { FigureRow } from './figures.ts'

/** Rows in the order of one figure, what has none last, ties by key. */
export function ranked(
  rows: readonly FigureRow[],
  value: (row: FigureRow) => number | string | null,
  isDescending: boolean,
) {
  const compare = (a: number | string, b: number | string) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-CN')
  return rows.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x === null || y === null) return x === y ? byKey(a, b) : x === null ? 1 : -1
    return compare(x, y) * (isDescending ? -1 : 1) || byKey(a, b)
  })
}

function byKey(a: FigureRow, b: FigureRow): number {
  return (a.key ?? '') < (b.key ?? '') ? -1 : 1
}
