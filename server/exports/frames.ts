import { ExportRefused } from './exportRefused.ts'
import type { ExportRequest } from './exportRequest.ts'

export const MOST_FRAMES = 300

export type FrameTime = { readonly from: number; readonly to: number }

/** When each frame of a playback begins and ends: one window after the other, or all that came before. */
export function frameTimes({
  filter,
  windowMs,
  stepMs,
  cumulative,
}: Pick<ExportRequest, 'filter' | 'windowMs' | 'stepMs' | 'cumulative'>): FrameTime[] {
  const count = Math.floor((filter.to - filter.from - windowMs) / stepMs) + 1
  if (count < 1) throw new ExportRefused('the window of a frame is longer than the whole period')
  if (count > MOST_FRAMES)
    throw new ExportRefused(
      `that would be ${count} frames; ${MOST_FRAMES} are possible: ask for a longer step, or a shorter period`,
    )
  return Array.from({ length: count }, (_, i) => {
    const to = filter.from + windowMs + i * stepMs
    return { from: cumulative ? filter.from : to - windowMs, to }
  })
}
