import type { Step, Stop, TrackFix } from './trackParts.ts'

const M_PER_DEGREE = 111_195

/**
 * The fixes worth keeping, as ascending indices: whoever runs in a straight line at even speed from each to the next, along
 * the moves, is at every left-out fix's instant within `toleranceM` of it. Ends of gaps and jumps and of stops are kept.
 */
export function thinTrack(
  fixes: readonly TrackFix[],
  { steps, stops }: { readonly steps: readonly Step[]; readonly stops: readonly Stop[] },
  toleranceM: number,
): number[] {
  const kept = new Set<number>()
  for (const { first, last } of stops) kept.add(first).add(last)
  for (const [i, step] of steps.entries()) if (step !== 'move') kept.add(i).add(Math.max(0, i - 1))
  if (fixes.length > 0) kept.add(fixes.length - 1)
  const ends = [...kept].sort((a, b) => a - b)
  for (const [i, to] of ends.entries()) {
    const from = ends[i - 1]
    if (from !== undefined && steps[to] === 'move') keepBetween(fixes, from, to, toleranceM, kept)
  }
  return [...kept].sort((a, b) => a - b)
}

/** Douglas and Peucker with the distance at the same instant (SED) instead of the one to the line. */
function keepBetween(
  fixes: readonly TrackFix[],
  from: number,
  to: number,
  toleranceM: number,
  kept: Set<number>,
): void {
  const waiting: [number, number][] = [[from, to]]
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const [first, last] = span
    const [a, b] = [fixes[first], fixes[last]]
    if (a === undefined || b === undefined) continue
    const perLng = M_PER_DEGREE * Math.cos((a.lat * Math.PI) / 180)
    let [worst, farthestM] = [-1, toleranceM]
    for (let i = first + 1; i < last; i++) {
      const fix = fixes[i]
      if (fix === undefined) continue
      const share = b.at === a.at ? 0 : (fix.at - a.at) / (b.at - a.at)
      const east = (fix.lng - a.lng - share * (b.lng - a.lng)) * perLng
      const north = (fix.lat - a.lat - share * (b.lat - a.lat)) * M_PER_DEGREE
      const offM = Math.hypot(east, north)
      if (offM > farthestM) [worst, farthestM] = [i, offM]
    }
    if (worst < 0) continue
    kept.add(worst)
    waiting.push([first, worst], [worst, last])
  }
}
