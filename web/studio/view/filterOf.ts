import type { Bbox } from '#domain/geo/bbox.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import { LONGEST_WINDOW_MS } from '#domain/heat/heatFilter.ts'
import { livedPart, type Period } from './periods.ts'
import type { Selection, Standpoint } from './studioView.ts'

/** What the server is asked for: the selection over the part of a period that has been lived. */
export function filterOf(
  selection: Selection & Standpoint,
  period: Period,
  now: number,
  bounds: Bbox | null,
): HeatFilter {
  const { area, category, source, tier, clock, clockState, hour, weekday, asOf } = selection
  const knownAt = selection.knowing === 'then' ? asOf : null
  const { from, to } = livedPart(period, now)
  const span = { from, to: Math.min(to, from + LONGEST_WINDOW_MS) }
  return { ...span, area, bounds, category, source, tier, clock, clockState, hour, weekday, asOf, knownAt }
}
