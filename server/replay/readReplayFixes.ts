import { encodeFixes, type FixesOf } from '#domain/replay/fixCodec.ts'
import { isOnDuty } from '#domain/worker/duty.ts'
import { mayReadPositions } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import { seesWorker } from '../incidents/sight.ts'
import type { PositionFix, Snapshot } from '../store/eventStore.ts'

/** Where everybody was while on duty: the fixes from `from` to `to`, and of each the last one before, from the same spell. */
export async function readReplayFixes(
  snapshot: Snapshot,
  reference: ReferenceData,
  viewer: Viewer,
  { from, to }: { readonly from: number; readonly to: number },
  now: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!mayReadPositions(viewer)) return encodeFixes([])
  const all = await snapshot.dutySpans({ from, to: to + 1 })
  const seen = new Map<string, boolean>()
  const spans = Map.groupBy(
    all.filter(({ worker }) => {
      const row = reference.workers.get(worker)
      const known = seen.get(worker) ?? (row !== undefined && seesWorker(viewer, reference, row, now))
      seen.set(worker, known)
      return known
    }),
    span => span.worker,
  )
  const workers = [...spans.keys()]
  if (workers.length === 0) return encodeFixes([])
  const before = await snapshot.lastPositions({ workers, at: from })
  const during = await snapshot.positions({ workers, from: from + 1, to })
  const fixes = Map.groupBy(
    [...before, ...during].filter(fix => isOnDuty(spans.get(fix.worker) ?? [], fix.at)),
    fix => fix.worker,
  )
  return encodeFixes(workers.map((worker): FixesOf => ({ worker, fixes: (fixes.get(worker) ?? []).map(fixOf) })))
}

function fixOf({ at, lng, lat, courseDeg }: PositionFix) {
  return { at, lng, lat, courseDeg }
}
