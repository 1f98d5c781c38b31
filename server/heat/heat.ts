/** What heat maps and their figures are counted from, wherever it is kept. */
import type { Counts } from '#domain/heat/counts.ts'
import type { HeatFilter } from '#domain/heat/heatFilter.ts'
import type { Viewer } from '../access/viewer.ts'

/** `head`: the log's position that the answer stands for. `outside`: placed beyond the box around the viewer's areas. */
export type LeftOut = { readonly head: number; readonly unlocated: number; readonly outside: number }
export type HeatCounts = LeftOut & { readonly counts: Counts }
/** How many began in each local hour; days on which nothing began are left out. */
export type HeatTimes = LeftOut & {
  readonly n: number
  readonly days: readonly { readonly day: string; readonly hours: readonly number[] }[]
}

export interface Heat {
  counts(viewer: Viewer, filter: HeatFilter, bandwidthM: number): Promise<HeatCounts>
  times(viewer: Viewer, filter: HeatFilter): Promise<HeatTimes>
}
