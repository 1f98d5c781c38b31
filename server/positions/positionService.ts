import { DATUMS, toWgs84 } from '#domain/geo/datum.ts'
import { skewMs } from '#domain/incident/honestTime.ts'
import { soundMotion } from '#domain/worker/acceptFix.ts'
import { judgeFixes } from '#domain/worker/judgeFixes.ts'
import { actorOf } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { failure } from '../commands/failure.ts'
import { requestHash } from '../commands/requestHash.ts'
import { isStorable } from '../commands/storable.ts'
import type { Metrics } from '../metrics.ts'
import type { DoneCommand, PositionFix } from '../store/eventStore.ts'
import { knownAround } from './knownAround.ts'
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
  const underWay = new Map<string, Promise<unknown>>()

  async function record(
    viewer: Viewer,
    worker: string,
    incoming: readonly IncomingFix[],
    request: RecordRequest | null,
    now = app.time.now(),
  ): Promise<RecordOutcome> {
    if (viewer.worker !== worker) return failure('FORBIDDEN', 'notYourself')
    if (request === null) return keep(worker, incoming, now, 0)
    if (!incoming.every(isStorable)) return failure('BAD_INPUT', 'badText')
    const hash = requestHash(actorOf(viewer), { worker, fixes: incoming })
    return inTurn(request.commandId, () => recordOnce(worker, incoming, request, hash, now))
  }

  /** One after the other: of two requests under one commandId the second keeps nothing that its answer denies. */
  async function inTurn<T>(commandId: string, run: () => Promise<T>): Promise<T> {
    const before = underWay.get(commandId)
    const turn = before === undefined ? run() : before.then(run, run)
    underWay.set(commandId, turn)
    try {
      return await turn
    } finally {
      if (underWay.get(commandId) === turn) underWay.delete(commandId)
    }
  }

  async function recordOnce(
    worker: string,
    incoming: readonly IncomingFix[],
    request: RecordRequest,
    hash: string,
    now: number,
  ): Promise<RecordOutcome> {
    const done = await app.store.command(request.commandId)
    if (done !== null) return firstOutcome(done, hash)
    const outcome = await keep(worker, incoming, now, skewMs(request.sentAt ?? null, now))
    const appended = await app.store.append({
      command: { id: request.commandId, requestHash: hash, result: outcome },
      recordedAt: now,
      streams: [],
      personal: [],
    })
    // The same command came to two processes at the same moment: both are told what the first did.
    const first = appended.kind === 'appended' ? null : await app.store.command(request.commandId)
    return first === null ? outcome : firstOutcome(first, hash)
  }

  async function keep(
    worker: string,
    incoming: readonly IncomingFix[],
    now: number,
    skew: number,
  ): Promise<RecordOutcome & { ok: true }> {
    const fixes = incoming.map(fix => canonical(worker, fix, now, skew))
    const { kept, spans } = await knownAround(app, worker, fixes)
    const judged = judgeFixes(kept, fixes, spans, now)
    const good = fixes.filter((_, index) => judged[index] === 'accepted')
    const stored = await app.store.recordPositions(good)
    const accepted = good.filter((_, index) => stored[index] === 'accepted')
    if (accepted.length > 0) for (const listener of listeners) listener(accepted)
    let next = 0
    const outcomes = judged.map(verdict => (verdict === 'accepted' ? (stored[next++] ?? 'accepted') : verdict))
    for (const outcome of outcomes) metrics.count('gridwatch_fixes_total', { outcome })
    return {
      ok: true,
      accepted: accepted.length,
      duplicates: outcomes.filter(outcome => outcome === 'duplicate').length,
      refused: outcomes.flatMap((reason, index) =>
        reason === 'accepted' || reason === 'duplicate' ? [] : [{ index, reason }],
      ),
    }
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

/** What the command was answered with when it was done; kept by `record`, so it has its shape. */
function firstOutcome({ requestHash: hash, result }: DoneCommand, asked: string): RecordOutcome {
  return hash === asked && result !== null ? (result as RecordOutcome) : failure('CONFLICT', 'commandIdTaken')
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
