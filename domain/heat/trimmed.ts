import type { Counts } from './counts.ts'

/** The same counts in the smallest window that holds them: a nation's window with three incidents costs three incidents. */
export function trimmed(counts: Counts): Counts {
  let [west, east, north, south] = [counts.width, -1, counts.height, -1]
  for (const cell of counts.cells) {
    const column = cell % counts.width
    const row = Math.floor(cell / counts.width)
    west = Math.min(west, column)
    east = Math.max(east, column)
    north = Math.min(north, row)
    south = Math.max(south, row)
  }
  if (east < 0) return { ...counts, width: 1, height: 1 }
  const width = east - west + 1
  const cells = counts.cells.map(
    cell => (Math.floor(cell / counts.width) - north) * width + (cell % counts.width) - west,
  )
  return { ...counts, x0: counts.x0 + west, y0: counts.y0 + north, width, height: south - north + 1, cells }
}
