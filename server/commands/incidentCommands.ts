import type { IncidentCommand } from '#domain/incident/command.ts'
import { decide } from '#domain/incident/decide.ts'
import type { NewFact } from '#domain/incident/facts.ts'
import { honestTime, skewMs } from '#domain/incident/honestTime.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { withBreaches } from '#domain/incident/record.ts'
import { clockFacts, clocks } from '#domain/sla/clocks.ts'
import { policyOf } from '#domain/sla/policy.ts'
import { actorOf, mayCommand, type Right } from '../access/may.ts'
import { inScope, type Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { isVisible } from '../incidents/scope.ts'
import { seesWorker } from '../incidents/sight.ts'
import { freshReference } from '../reference.ts'
import type { IncidentRecord, PersonalValue } from '../store/eventStore.ts'
import { incidentStream, newEvent } from '../store/incidentEvents.ts'
import type { Attempt } from './attempt.ts'
import { failure } from './failure.ts'
import { incidentNumbers } from './numbers.ts'
import { openingOf } from './opening.ts'
import { requestHash } from './requestHash.ts'
import { isStorable } from './storable.ts'
import { setApart } from './texts.ts'
import type { CommandFailure, CommandOutcome, IncidentRequest } from './types.ts'
import { wordedRequest } from './wording.ts'

/** `now` other than the present is for those who make history: the demo's backfill. */
export type TimedIncidentCommands = {
  execute(viewer: Viewer, request: IncidentRequest, now?: number): Promise<CommandOutcome>
}

type Found = IncidentRecord | null

/** Two people at once are common, twenty are not. */
const ATTEMPTS = 20
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The one way in which incidents change: fetch, decide, append with the version that was read, again if it moved. */
export function incidentCommands(app: App): TimedIncidentCommands {
  const numbers = incidentNumbers(app)
  return {
    async execute(viewer, asked, now = app.time.now()) {
      if (!UUID.test(asked.commandId)) return failure('BAD_INPUT', 'badCommandId')
      if (!isStorable(asked)) return failure('BAD_INPUT', 'badText')
      const request = wordedRequest(asked)
      if (typeof request === 'string') return failure('BAD_INPUT', request)
      const hash = requestHash(actorOf(viewer), asked)
      const first = await firstResult(app, request.commandId, hash)
      if (first !== null) return first
      const time = honestTime({ at: request.at ?? null, sentAt: request.sentAt ?? null, now })
      if (!time.ok) return failure('BAD_INPUT', time.rule)
      const skew = skewMs(request.sentAt ?? null, now)
      const { at, originalAt } = time
      const attempt: Attempt = { app, viewer, request, hash, now, at, originalAt, skewMs: skew, numbers }
      let outcome: CommandOutcome | 'again' | 'unknownPolicy' = 'again'
      for (let attempts = 0; attempts < ATTEMPTS; attempts++) {
        // Somebody else may have put a policy, and an incident under it, since the reference was read last.
        const reference = outcome === 'unknownPolicy' ? await freshReference(app.store) : await app.reference()
        outcome = await tryOnce(attempt, reference)
        if (typeof outcome === 'object' && outcome.ok) return outcome
        // The same command may have been under way: what it did refuses its retry, whose answer is what it did.
        const done = await firstResult(app, request.commandId, hash)
        if (done !== null) return done
        if (typeof outcome === 'object') return outcome
      }
      return failure('UNAVAILABLE', 'busy')
    },
  }
}

async function firstResult(app: App, commandId: string, hash: string): Promise<CommandOutcome | null> {
  const done = await app.store.command(commandId)
  if (done === null) return null
  if (done.requestHash !== hash) return failure('CONFLICT', 'commandIdTaken')
  return { ok: true, position: done.position, replayed: true, incident: done.stream?.slice('incident:'.length) ?? '' }
}

async function tryOnce(
  attempt: Attempt,
  reference: ReferenceData,
): Promise<CommandOutcome | 'again' | 'unknownPolicy'> {
  const { app, viewer, request } = attempt
  const [record, target] = await load(app, request.incident, request.into)
  if (request.incident !== undefined && (record === null || !isVisible(viewer, record.incident)))
    return failure('NOT_FOUND', 'noIncident')
  if (request.into !== undefined && (target === null || !isVisible(viewer, target.incident)))
    return failure('NOT_FOUND', 'noIncident')
  if (record !== null && isUnderUnknown(reference, record.incident)) return 'unknownPolicy'

  const id = record?.incident.id ?? request.newId ?? app.random.uuid()
  const eventId = app.random.uuid()
  const { title, description, reason, result, comment } = request
  const written = setApart(app, id, eventId, { title, description, reason, result, comment })
  const command = await commandFrom(
    attempt,
    reference,
    record?.incident ?? null,
    target?.incident ?? null,
    written.texts,
  )
  if ('code' in command) return command
  const incident = record?.incident ?? null
  const placed = pathIn(command)
  if (placed !== undefined && !inScope(viewer, placed)) return failure('FORBIDDEN', 'outOfScope')
  const assignee = 'assignee' in command ? (command.assignee ?? null) : null
  const right: Right = request.verb === 'report' && incident !== null ? 'confirm' : request.verb
  // Who moves it needs the right to it where it lies and where it is put.
  for (const path of [incident?.path, placed].filter(path => path !== undefined))
    if (!mayCommand(viewer, right, { incident, path, at: attempt.at, assignee }))
      return failure('FORBIDDEN', 'notAllowed')

  const decision = decide(incident, command)
  if (!decision.ok) return { ok: false, code: 'REFUSED', rule: decision.rule, message: decision.message }
  const eventIds = decision.facts.map((_, index) => (index === 0 ? eventId : app.random.uuid()))
  const { now } = attempt
  const before = incident?.facts ?? []
  const facts = withBreaches({ id, before, told: decision.facts, eventIds, now }, reference.policies)
  if (facts === null) return 'unknownPolicy'
  const appended = await app.store.append({
    command: { id: request.commandId, requestHash: attempt.hash },
    recordedAt: now,
    streams: [
      {
        stream: incidentStream(id),
        expected: record?.version ?? 'none',
        events: facts.map((fact, i) => newEvent(fact, eventIds[i] ?? app.random.uuid(), actorOf(viewer))),
      },
      // What is merged into must still be what was read: two could be merged into each other otherwise.
      ...(target === null
        ? []
        : [{ stream: incidentStream(target.incident.id), expected: target.version, events: [] }]),
    ],
    personal: written.personal.filter(value => isHeld(decision.facts, value)),
  })
  switch (appended.kind) {
    case 'appended':
      return { ok: true, position: appended.position, replayed: false, incident: id }
    case 'numberTaken':
      attempt.numbers.taken(appended.number)
      return 'again'
    case 'replayed':
    case 'commandConflict':
    case 'versionConflict':
      return 'again'
  }
}

/** Where the command puts the incident, if it says. */
function pathIn(command: IncidentCommand): readonly string[] | undefined {
  return 'opening' in command ? command.opening.path : 'correction' in command ? command.correction.path : undefined
}

/** Not every fact takes words: what the log has no digest of is not kept. */
function isHeld(facts: readonly NewFact[], { field }: PersonalValue): boolean {
  const name = field.slice(field.lastIndexOf('.') + 1)
  return facts.some(({ data }) => 'texts' in data && data.texts !== undefined && name in data.texts)
}

async function load(app: App, ...ids: [string | undefined, string | undefined]): Promise<[Found, Found]> {
  const wanted = ids.filter(id => id !== undefined)
  if (wanted.length === 0) return [null, null]
  const snapshot = await app.store.snapshot()
  const records = await snapshot.incidents({ ids: wanted, limit: wanted.length }).finally(() => snapshot.close())
  const find = (id: string | undefined): Found => records.find(({ incident }) => incident.id === id) ?? null
  return [find(ids[0]), find(ids[1])]
}

function isUnderUnknown({ policies }: ReferenceData, { policy }: Incident): boolean {
  return policy !== null && policyOf(policies, policy) === null
}

/** The request as the domain's command: texts are digests by now, places are placed, policies chosen. */
async function commandFrom(
  attempt: Attempt,
  reference: ReferenceData,
  incident: Incident | null,
  target: Incident | null,
  texts: ReturnType<typeof setApart>['texts'],
): Promise<IncidentCommand | CommandFailure> {
  const { request, viewer, at, originalAt } = attempt
  const { verb } = request
  const base = { at, ...(originalAt === undefined ? {} : { originalAt }) }
  const wrote = Object.keys(texts).length === 0 ? {} : { texts }
  const needsReason = ['pause', 'reopen', 'merge', 'void', 'restore'].includes(verb)
  if (needsReason && !request.reason) return failure('BAD_INPUT', 'needsReason')
  switch (verb) {
    case 'signal':
    case 'report':
    case 'classify':
      return openingOf(attempt, reference, incident, wrote)
    case 'dispatch':
    case 'accept':
    case 'arrive':
    case 'withdraw':
      if (request.assignee === undefined) return failure('BAD_INPUT', 'needsAssignee')
      if (!isKnown(attempt, reference, incident, request.assignee)) return failure('NOT_FOUND', 'noWorker')
      return { verb, ...base, ...wrote, assignee: request.assignee }
    case 'resolve': {
      const assignee = request.assignee ?? viewer.worker ?? undefined
      if (assignee !== undefined && !isKnown(attempt, reference, incident, assignee))
        return failure('NOT_FOUND', 'noWorker')
      return { verb, ...base, ...wrote, ...(assignee === undefined ? {} : { assignee }) }
    }
    case 'rate': {
      const score = request.score ?? 0
      if (!Number.isInteger(score) || score < 1 || score > 5) return failure('BAD_INPUT', 'badScore')
      return { verb, ...base, ...wrote, score }
    }
    case 'merge': {
      if (target === null) return failure('NOT_FOUND', 'noIncident')
      const into = { id: target.id, firstAt: target.firstAt, status: target.status }
      return { verb, ...base, ...wrote, into, ...removing(attempt, reference, incident) }
    }
    case 'void':
      return { verb, ...base, ...wrote, ...removing(attempt, reference, incident) }
    case 'pause':
    case 'resume':
    case 'verify':
    case 'reopen':
    case 'close':
    case 'restore':
      return { verb, ...base, ...wrote }
  }
}

/** A worker of the viewer's areas, or one from elsewhere whom somebody with a wider view has put on it. */
function isKnown(
  { viewer, request, now }: Attempt,
  reference: ReferenceData,
  incident: Incident | null,
  id: string,
): boolean {
  const row = reference.workers.get(id)
  if (row === undefined) return false
  const isOnIt =
    request.verb !== 'dispatch' && incident?.facts.some(({ data }) => 'assignee' in data && data.assignee === id)
  return isOnIt || seesWorker(viewer, reference, row, now)
}

function removing(
  { viewer, now }: Attempt,
  reference: ReferenceData,
  incident: Incident | null,
): { hasBreach: boolean; byLeader: boolean } {
  const policy = incident === null ? null : policyOf(reference.policies, incident.policy)
  const readings = incident === null || policy === null ? {} : clocks(policy, clockFacts(incident.facts), now)
  const hasBreach = Object.values(readings).some(reading => reading.state === 'breached')
  return { hasBreach, byLeader: viewer.role === 'leader' }
}
