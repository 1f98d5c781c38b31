/** Silence shorter than this is no gap, whatever the rhythm. */
const LEAST_GAP_MS = 30_000
const MISSED = 3

/**
 * How long a phone may be silent before nobody knows where it was: three times its own rhythm (the median of the times
 * between its fixes, in order), at least half a minute. Null: with fewer than two fixes there is no rhythm.
 */
export function gapMs(instants: readonly number[]): number | null {
  const steps = instants.slice(1).map((at, i) => at - (instants[i] ?? at))
  if (steps.length === 0) return null
  const middle = steps.toSorted((a, b) => a - b)[steps.length >> 1] ?? 0
  return Math.max(LEAST_GAP_MS, MISSED * middle)
}
