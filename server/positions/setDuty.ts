import { honestTime } from '#domain/incident/honestTime.ts'
import { isOnDuty } from '#domain/worker/duty.ts'
import { actorOf, mayChangeDuty } from '../access/may.ts'
import type { Viewer } from '../access/viewer.ts'
import type { App } from '../app.ts'
import { failure } from '../commands/failure.ts'
import { requestHash } from '../commands/requestHash.ts'
import { homesOf, seesWorker } from '../incidents/sight.ts'
import type { StreamName } from '../store/eventStore.ts'
import type { DutyOutcome, DutyRequest } from './types.ts'

/** Two telephones of one person at once are rare. */
const ATTEMPTS = 5

/** Starts or ends somebody's duty, at an honest time. */
export async function setDuty(
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
  const time = honestTime({ at: request.at ?? null, sentAt: request.sentAt ?? null, now })
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
    return { onDuty: isOnDuty(spans, at), version: last.at(-1)?.version ?? 0 }
  } finally {
    await snapshot.close()
  }
}
