/** The windows of a playback. */
import type { HourCount } from '#domain/heat/hourlyCounts.ts'
import type { Period } from '../view/periods.ts'
import type { Play } from '../view/studioView.ts'

const HOUR = 3_600_000
const MOST_FRAMES = 20_000

/** How many frames a period has: the last window ends with the period or before it; a short one is one frame. */
export function frameCount({ from, to }: Period, { windowHours, stepHours }: Play): number {
  const room = to - from - windowHours * HOUR
  return Math.min(MOST_FRAMES, Math.max(0, Math.floor(room / (stepHours * HOUR))) + 1)
}

/** The window of one frame; where it grows, it begins with the period. */
export function frameAt({ from, to }: Period, { windowHours, stepHours, isCumulative }: Play, frame: number): Period {
  const begin = from + frame * stepHours * HOUR
  return { from: isCumulative ? from : begin, to: Math.min(to, begin + windowHours * HOUR) }
}

/** The frame in which most happened, so that its scale holds for all of them. */
export function busiestFrame(period: Period, play: Play, hours: readonly HourCount[]): number {
  const frames = frameCount(period, play)
  if (play.isCumulative) return frames - 1
  let [busiest, most, n, first, end] = [0, -1, 0, 0, 0]
  // Windows only move on: each hour enters and leaves once.
  for (let frame = 0; frame < frames; frame++) {
    const { from, to } = frameAt(period, play, frame)
    for (; end < hours.length && (hours[end]?.from ?? to) < to; end++) n += hours[end]?.n ?? 0
    for (; first < end && (hours[first]?.from ?? from) < from; first++) n -= hours[first]?.n ?? 0
    if (n > most) [busiest, most] = [frame, n]
  }
  return busiest
}
