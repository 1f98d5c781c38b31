/** Heat of so many incidents that reading them one by one would take minutes: counted by the port that the screens ask. */
import { FINE_LEVEL, type FineBox } from '#domain/heat/finePlace.ts'
import type { Lattice } from '#domain/heat/lattice.ts'
import type { Heat } from '../heat/heat.ts'
import { PRESENT } from '../incidents/asOf.ts'
import { hasClockFilter, queryOf } from '../incidents/incidentFilter.ts'
import type { Asker } from '../incidents/scope.ts'
import type { Snapshot } from '../store/eventStore.ts'
import type { ExportRequest } from './exportRequest.ts'
import { publishedLeftOut, publishedN } from './heldBack.ts'
import type { ExportedArea, Material } from './material.ts'

/** `mostRead`: up to so many are read one by one, which also tells their datums, and how many were voided or merged. */
export type CountMany = { readonly heat: Heat; readonly mostRead: number }
export const MOST_READ = 20_000

export type Counted = Pick<Material, 'head' | 'incidents' | 'heat' | 'frames' | 'n' | 'leftOut' | 'datums'> & {
  readonly box: FineBox
  readonly areas: readonly ExportedArea[] | null // null: not counted
}

/**
 * Null where they are few, or must be read: rows, frames, a past, and clocks at the export's own instant. Small counts of a part
 * are held back by what the other parts count, so that is read too.
 */
export async function whereMany(
  snapshot: Snapshot,
  asker: Asker,
  { what, format, filter, bandwidthM, k }: ExportRequest,
  countMany: CountMany | null,
): Promise<Counted | null> {
  const isCounted = what === 'heat' && (format === 'geotiff' || format === 'png')
  const isOfPart = k > 1 && filter.area !== null
  if (
    countMany === null ||
    asker === null ||
    !isCounted ||
    isOfPart ||
    filter.asOf !== null ||
    filter.knownAt !== null ||
    hasClockFilter(filter)
  )
    return null
  const found = await snapshot.countIncidents(queryOf(filter, asker, PRESENT))
  if (found <= countMany.mostRead) return null
  const { counts, head, unlocated, outside } = await countMany.heat.counts(asker, filter, bandwidthM)
  const leftOut = { unlocated, outside, voided: null, merged: null }
  return {
    head,
    box: boxOf(counts),
    incidents: [],
    areas: null,
    heat: { counts, breached: null },
    frames: [],
    n: publishedN(counts.n, leftOut, k),
    leftOut: publishedLeftOut(leftOut, k),
    datums: null,
  }
}

function boxOf({ level, x0, y0, width, height }: Lattice): FineBox {
  const side = 2 ** (FINE_LEVEL - level)
  return { west: x0 * side, north: y0 * side, east: (x0 + width) * side - 1, south: (y0 + height) * side - 1 }
}
