import { DATUMS, toWgs84 } from '#domain/geo/datum.ts'
import { honestTime } from '#domain/incident/honestTime.ts'
import { acceptFix, type Fix, type FixRefusal } from '#domain/worker/acceptFix.ts'
import { actorOf, mayChangeDuty } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { failure } from '../commands/failure.ts'
import { requestHash } from '../commands/requestHash.ts'
import { isStorable } from '../commands/storable.ts'
import { homesOf, seesWorker } from '../incidents/sight.ts'
import type { Metrics } from '../metrics.ts'
import type { DoneCommand, DutySpan, PositionFix, Snapshot, StreamName } from '../store/eventStore.ts'
import type { DutyOutcome, DutyRequest, IncomingFix, PositionService, RecordOutcome } from './types.ts'

/** `now` other than the present is for those who make history: the demo's backfill. */
export type TimedPositionService = Pick<PositionService, 'onFixes'> & {
  record(
    viewer: Viewer,
    worker: string,
    fixes: readonly IncomingFix[],
    commandId: string | null,
    now?: number,
  ): Promise<RecordOutcome>
  setDuty(viewer: Viewer, worker: string, onDuty: boolean, request: DutyRequest, now?: number): Promise<DutyOutcome>
}

/** Two telephones of one person at once are rare. */
const ATTEMPTS = 5

/** Keeps the fixes that can be true and tells of the others why not; starts and ends duty. */
export function positionService(app: App, metrics: Metrics): TimedPositionService {
  const listeners = new Set<(fixes: readonly PositionFix[]) => void>()

  async function record(
    viewer: Viewer,
    worker: string,
    incoming: readonly IncomingFix[],
    commandId: string | null,
    now = app.time.now(),
  ): Promise<RecordOutcome> {
    if (viewer.worker !== worker) return failure('FORBIDDEN', 'notYourself')
    if (commandId === null) return keep(worker, incoming, now)
    if (!incoming.every(isStorable)) return failure('BAD_INPUT', 'badText')
    const hash = requestHash(actorOf(viewer), { worker, fixes: incoming })
    const done = await app.store.command(commandId)
    if (done !== null) return firstOutcome(done, hash)
    const outcome = await keep(worker, incoming, now)
    const appended = await app.store.append({
      command: { id: commandId, requestHash: hash, result: outcome },
      recordedAt: now,
      streams: [],
      personal: [],
    })
    // The same command came twice at the same moment: both are told what the first did.
    const first = appended.kind === 'appended' ? null : await app.store.command(commandId)
    return first === null ? outcome : firstOutcome(first, hash)
  }

  async function keep(
    worker: string,
    incoming: readonly IncomingFix[],
    now: number,
  ): Promise<RecordOutcome & { ok: true }> {
    const fixes = incoming.map(fix => canonical(worker, fix, now))
    const judged = await judge(app, worker, fixes, now)
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

function canonical(worker: string, fix: IncomingFix, now: number): PositionFix {
  const datum = DATUMS.find(name => name === fix.datum)
  const isConverted = datum === 'gcj02' || datum === 'bd09'
  // An unknown datum cannot be placed: NaN is refused as badInput below.
  const place = datum === undefined ? { lng: Number.NaN, lat: Number.NaN } : toWgs84(fix, datum)
  return {
    worker,
    at: fix.at,
    lng: place.lng,
    lat: place.lat,
    accuracyM: fix.accuracyM ?? null,
    speedMps: fix.speedMps ?? null,
    courseDeg: fix.courseDeg ?? null,
    batteryPct: fix.batteryPct ?? null,
    source: fix.source ?? 'app',
    datum: fix.datum,
    original: isConverted ? { lng: fix.lng, lat: fix.lat } : null,
    recordedAt: now,
  }
}

/** Judges each fix against the duty of its time and its neighbours in time, those of the same batch included. */
async function judge(
  app: App,
  worker: string,
  fixes: readonly PositionFix[],
  now: number,
): Promise<('accepted' | FixRefusal)[]> {
  const instants = fixes.map(fix => fix.at).filter(Number.isSafeInteger)
  if (instants.length === 0) return fixes.map(() => 'badInput')
  const snapshot = await app.store.snapshot()
  try {
    const [from, to] = [Math.min(...instants), Math.max(...instants)]
    const spans = await snapshot.dutySpans({ worker, from, to: to + 1 })
    const kept = await neighbourhood(snapshot, worker, from, to)
    return fixes.map(fix => {
      const neighbours = {
        before: kept.findLast(other => other.at < fix.at) ?? null,
        after: kept.find(other => other.at > fix.at) ?? null,
      }
      const verdict = acceptFix(
        neighbours,
        fix,
        now,
        spans.some(span => covers(span, fix.at)),
      )
      if (verdict === 'accepted') insert(kept, fix)
      return verdict
    })
  } finally {
    await snapshot.close()
  }
}

async function neighbourhood(snapshot: Snapshot, worker: string, from: number, to: number): Promise<Fix[]> {
  const workers = [worker]
  const before = await snapshot.lastPositions({ workers, at: from - 1 })
  const within = await snapshot.positions({ workers, from, to })
  const after = await snapshot.positions({ workers, from: to + 1, to: Number.MAX_SAFE_INTEGER, limit: 1 })
  return [...before, ...within, ...after]
}

function insert(kept: Fix[], fix: Fix): void {
  const index = kept.findLastIndex(other => other.at <= fix.at)
  kept.splice(index + 1, 0, fix)
}

function covers(span: DutySpan, at: number): boolean {
  return span.from <= at && (span.to === null || at < span.to)
}

async function setDuty(
  app: App,
  viewer: Viewer,
  worker: string,
  onDuty: boolean,
  request: DutyRequest,
  now: number,
): Promise<DutyOutcome> {
  const reference = await app.reference()
  const person = reference.workers.get(worker)
  if (person === undefined || !seesWorker(viewer, reference, person, now)) return failure('NOT_FOUND', 'noWorker')
  const homes = homesOf(person).map(area => reference.areas.path(area, now))
  if (!mayChangeDuty(viewer, worker, homes)) return failure('FORBIDDEN', 'notAllowed')
  const hash = requestHash(actorOf(viewer), { worker, onDuty, ...request })
  const first = await firstDuty(app, worker, request.commandId, hash)
  if (first !== null) return first
  const time = honestTime({
    at: request.at ?? null,
    sentAt: request.sentAt ?? null,
    now,
    isAdmin: viewer.role === 'admin',
  })
  if (!time.ok) return failure('BAD_INPUT', time.rule)
  const fact = {
    eventId: app.random.uuid(),
    type: onDuty ? 'dutyStarted' : 'dutyEnded',
    schemaVersion: 1,
    data: time.originalAt === undefined ? {} : { originalAt: time.originalAt },
    actor: actorOf(viewer),
    at: time.at,
  }
  for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
    const standing = await dutyAt(app, worker, time.at)
    if (standing.onDuty === onDuty) {
      // The same command may have been under way: what it did refuses its retry, whose answer is what it did.
      const done = await firstDuty(app, worker, request.commandId, hash)
      return done ?? failure('REFUSED', onDuty ? 'alreadyOnDuty' : 'notOnDuty')
    }
    const result = await app.store.append({
      command: { id: request.commandId, requestHash: hash },
      recordedAt: now,
      streams: [{ stream: `worker:${worker}`, expected: standing.version, events: [fact] }],
      personal: [],
    })
    if (result.kind === 'appended' || result.kind === 'replayed')
      return { ok: true, position: result.position, replayed: result.kind === 'replayed', worker }
    if (result.kind === 'commandConflict') return failure('CONFLICT', 'commandIdTaken')
  }
  return failure('UNAVAILABLE', 'busy')
}

async function firstDuty(app: App, worker: string, commandId: string, hash: string): Promise<DutyOutcome | null> {
  const done = await app.store.command(commandId)
  if (done === null) return null
  if (done.requestHash !== hash) return failure('CONFLICT', 'commandIdTaken')
  return { ok: true, position: done.position, replayed: true, worker }
}

/** Whether the worker was on duty then, by what is known now, and the version of the stream that says so. */
async function dutyAt(app: App, worker: string, at: number): Promise<{ onDuty: boolean; version: number }> {
  const snapshot = await app.store.snapshot()
  try {
    const spans = await snapshot.dutySpans({ worker, from: at, to: at + 1 })
    const state = (await snapshot.workerStates()).find(({ id }) => id === worker)
    const stream: StreamName = `worker:${worker}`
    const last =
      state === undefined
        ? []
        : await snapshot.events({ after: state.position - 1, limit: Number.MAX_SAFE_INTEGER, stream })
    return { onDuty: spans.some(span => covers(span, at)), version: last.at(-1)?.version ?? 0 }
  } finally {
    await snapshot.close()
  }
}
