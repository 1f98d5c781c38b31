import { DATUMS, toWgs84 } from '#domain/geo/datum.ts'
import { skewMs } from '#domain/incident/honestTime.ts'
import { soundMotion } from '#domain/worker/acceptFix.ts'
import type { FixVerdict } from '#domain/worker/judgeFixes.ts'
import { actorOf } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { failure } from '../commands/failure.ts'
import { requestHash } from '../commands/requestHash.ts'
import { isStorable } from '../commands/storable.ts'
import type { Metrics } from '../metrics.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { setDuty } from './setDuty.ts'
import type { DutyOutcome, DutyRequest, IncomingFix, PositionService, RecordOutcome, RecordRequest } from './types.ts'

/** `now` other than the present is for those who make history: the demo's backfill. */
export type TimedPositionService = Pick<PositionService, 'onFixes'> & {
  record(
    viewer: Viewer,
    worker: string,
    fixes: readonly IncomingFix[],
    request: RecordRequest | null,
    now?: number,
  ): Promise<RecordOutcome>
  setDuty(viewer: Viewer, worker: string, onDuty: boolean, request: DutyRequest, now?: number): Promise<DutyOutcome>
}

/** Keeps the fixes that can be true and tells of the others why not; starts and ends duty. */
export function positionService(app: App, metrics: Metrics): TimedPositionService {
  const listeners = new Set<(fixes: readonly PositionFix[]) => void>()

  async function record(
    viewer: Viewer,
    worker: string,
    incoming: readonly IncomingFix[],
    request: RecordRequest | null,
    now = app.time.now(),
  ): Promise<RecordOutcome> {
    if (viewer.worker !== worker) return failure('FORBIDDEN', 'notYourself')
    if (request !== null && !incoming.every(isStorable)) return failure('BAD_INPUT', 'badText')
    const skew = request === null ? 0 : skewMs(request.sentAt ?? null, now)
    const fixes = incoming.map(fix => canonical(worker, fix, now, skew))
    const command = request && {
      id: request.commandId,
      requestHash: requestHash(actorOf(viewer), { worker, fixes: incoming }),
    }
    const result = await app.store.recordPositions({ fixes, command })
    if (result.kind === 'commandConflict') return failure('CONFLICT', 'commandIdTaken')
    if (result.kind === 'recorded') tell(fixes, result.verdicts)
    return outcomeOf(result.verdicts)
  }

  function tell(fixes: readonly PositionFix[], verdicts: readonly FixVerdict[]): void {
    for (const outcome of verdicts) metrics.count('gridwatch_fixes_total', { outcome })
    const accepted = fixes.filter((_, index) => verdicts[index] === 'accepted')
    if (accepted.length > 0) for (const listener of listeners) listener(accepted)
  }

  return {
    record,
    setDuty: (viewer, worker, onDuty, request, now = app.time.now()) =>
      setDuty(app, viewer, worker, onDuty, request, now),
    onFixes(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function outcomeOf(verdicts: readonly FixVerdict[]): RecordOutcome {
  return {
    ok: true,
    accepted: verdicts.filter(verdict => verdict === 'accepted').length,
    duplicates: verdicts.filter(verdict => verdict === 'duplicate').length,
    refused: verdicts.flatMap((reason, index) =>
      reason === 'accepted' || reason === 'duplicate' ? [] : [{ index, reason }],
    ),
  }
}

/** In WGS 84 and by our clock; what was converted or moved stays as it came beside it. */
function canonical(worker: string, fix: IncomingFix, now: number, skew: number): PositionFix {
  const datum = DATUMS.find(name => name === fix.datum)
  const isConverted = datum === 'gcj02' || datum === 'bd09'
  // An unknown datum cannot be placed: NaN is refused as badInput below.
  const place = datum === undefined ? { lng: Number.NaN, lat: Number.NaN } : toWgs84(fix, datum)
  return {
    worker,
    at: fix.at + skew,
    lng: place.lng,
    lat: place.lat,
    accuracyM: fix.accuracyM ?? null,
    ...soundMotion({
      speedMps: fix.speedMps ?? null,
      courseDeg: fix.courseDeg ?? null,
      batteryPct: fix.batteryPct ?? null,
    }),
    source: fix.source ?? 'app',
    datum: fix.datum,
    original: isConverted || skew !== 0 ? { lng: fix.lng, lat: fix.lat, ...(skew === 0 ? {} : { at: fix.at }) } : null,
    recordedAt: now,
  }
}
