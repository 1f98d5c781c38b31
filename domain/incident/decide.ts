import type { IncidentCommand } from './command.ts'
import type { Fact, FactData, FactType, NewFact } from './facts.ts'
import { incidentAsOf } from './fold.ts'
import { TOLERATED_MS } from './honestTime.ts'
import type { Incident } from './incident.ts'
import { REFUSALS, type RefusalRule } from './refusals.ts'

export type Decision =
  | { readonly ok: true; readonly facts: readonly NewFact[] }
  | { readonly ok: false; readonly rule: RefusalRule; readonly message: { readonly en: string; readonly zh: string } }

/**
 * The facts that a command leads to, or the rule that refuses it. It is judged by how the incident stood at the
 * command's `at`, with all that is known today: an acceptance of 10:03 that a phone tells at 10:20 is a truth, whatever
 * was recorded in between, and the clocks need it. Who may give which command is not decided here (server/access).
 */
export const decide = (incident: Incident | null, command: IncidentCommand): Decision => {
  if (command.verb === 'signal') {
    if (incident) return refuse('alreadyExists')
    const signalled = tell(command, 'signalled', command.opening)
    return done(signalled, ...(command.autoConfirm ? [tell(command, 'reported', {})] : []))
  }
  if (!incident) {
    const isNew = command.verb === 'report' && 'number' in command.opening
    return isNew ? done(tell(command, 'reported', command.opening)) : refuse('unknownIncident')
  }
  // Nobody is refused for a clock that runs two seconds behind the one that opened the incident.
  if (command.at < incident.firstAt - TOLERATED_MS) return refuse('beforeIncident')
  const then = incidentAsOf(incident, Math.max(command.at, incident.firstAt), Number.POSITIVE_INFINITY) ?? incident
  const rule = refusal(incident, then, command)
  return rule ? refuse(rule) : done(factOf(command))
}

type Existing = Exclude<IncidentCommand, { verb: 'signal' }>

/** `incident`: all that is known; `then`: as it stood at the command's `at`. */
const refusal = (incident: Incident, then: Incident, command: Existing): RefusalRule | null => {
  switch (command.verb) {
    case 'report':
      return removed(then) ?? (isReported(incident) ? 'alreadyReported' : null)
    case 'register':
      return ended(then) ?? (then.facts.some(fact => fact.type === 'registered') ? 'alreadyRegistered' : null)
    case 'classify':
      if (!['category', 'tier', 'path'].some(field => field in command.correction)) return 'nothingToClassify'
      return removed(then) ?? closed(then)
    case 'dispatch':
      return notWorkable(incident, then) ?? (then.assignees.includes(command.assignee) ? 'alreadyDispatched' : null)
    case 'redispatch': {
      const [only, ...others] = then.assignees
      if (only === undefined) return notWorkable(incident, then) ?? 'notDispatched'
      const isSame = only === command.assignee && others.length === 0
      return notWorkable(incident, then) ?? (isSame ? 'alreadyDispatched' : null)
    }
    case 'accept':
      return notWorkable(incident, then) ?? (stands(then, 'accepted', command.assignee) ? 'alreadyAccepted' : null)
    case 'arrive':
      return notWorkable(incident, then) ?? (stands(then, 'arrived', command.assignee) ? 'alreadyArrived' : null)
    case 'withdraw':
    case 'return': {
      const known = [...then.assignees, ...incident.assignees]
      if (command.assignee === undefined) return notWorkable(incident, then) ?? (known.length ? null : 'notDispatched')
      return notWorkable(incident, then) ?? (known.includes(command.assignee) ? null : 'notAssignee')
    }
    case 'pause':
      return unreasoned(command) ?? notWorkable(incident, then) ?? (then.status === 'paused' ? 'alreadyPaused' : null)
    case 'resume':
      return notWorkable(incident, then) ?? (then.status === 'paused' ? null : 'notPaused')
    case 'resolve':
      return notWorkable(incident, then)
    case 'verify':
      return removed(then) ?? closed(then) ?? notResolved(then) ?? (isVerified(then) ? 'alreadyVerified' : null)
    case 'rate':
      if (!Number.isInteger(command.score) || command.score < 1 || command.score > 5) return 'scoreOutOfRange'
      return removed(then) ?? notResolved(then)
    case 'reopen':
      return unreasoned(command) ?? removed(then) ?? notResolved(then)
    case 'close':
      // Nobody need have resolved it before: what the telephone settled is closed at once, and counts as resolved then.
      return removed(then) ?? (isReported(incident) ? null : 'notReported') ?? closed(then)
    case 'merge': {
      if (command.into.id === incident.id) return 'mergeIntoItself'
      if (command.into.status === 'voided' || command.into.status === 'merged') return 'mergeTargetGone'
      const isEarliest = incident.firstAt < command.into.firstAt
      return unreasoned(command) ?? removed(then) ?? (isEarliest ? 'mergeKeepsEarliest' : breachHeld(command))
    }
    case 'void':
      return unreasoned(command) ?? removed(then) ?? breachHeld(command)
    case 'restore':
      return unreasoned(command) ?? (removed(then) ? null : 'notRemoved')
    case 'remind':
    case 'supervise':
    case 'escalate':
      return ended(then)
    default:
      return command satisfies never
  }
}

const factOf = (command: Existing): NewFact => {
  const wrote = 'texts' in command && command.texts !== undefined ? { texts: command.texts } : {}
  const by = 'assignee' in command && command.assignee !== undefined ? { assignee: command.assignee } : {}
  switch (command.verb) {
    case 'report':
      return tell(command, 'reported', command.opening)
    case 'classify':
      return tell(command, 'classified', command.correction)
    case 'dispatch':
      return tell(command, 'dispatched', { assignee: command.assignee, ...wrote })
    case 'redispatch':
      return tell(command, 'redispatched', { assignee: command.assignee, ...wrote })
    case 'accept':
      return tell(command, 'accepted', { assignee: command.assignee, ...wrote })
    case 'arrive':
      return tell(command, 'arrived', { assignee: command.assignee, ...wrote })
    case 'withdraw':
      return tell(command, 'withdrawn', { ...by, ...wrote })
    case 'return':
      return tell(command, 'returned', { ...by, ...wrote })
    case 'resolve':
      return tell(command, 'resolved', { ...by, ...wrote })
    case 'rate':
      return tell(command, 'rated', { score: command.score, ...wrote })
    case 'merge':
      return tell(command, 'merged', { into: command.into.id, ...wrote })
    default:
      return tell(command, PLAIN[command.verb], wrote)
  }
}

/** Commands whose fact says nothing but what was written. */
const PLAIN = {
  register: 'registered',
  pause: 'paused',
  resume: 'resumed',
  verify: 'verified',
  reopen: 'reopened',
  close: 'closed',
  void: 'voided',
  restore: 'restored',
  remind: 'reminded',
  supervise: 'supervised',
  escalate: 'escalated',
} as const

const tell = <T extends FactType>({ at, originalAt }: IncidentCommand, type: T, data: FactData[T]): NewFact =>
  ({ type, at, ...(originalAt === undefined ? {} : { originalAt }), data }) as NewFact

const done = (...facts: readonly NewFact[]): Decision => ({ ok: true, facts })
const refuse = (rule: RefusalRule): Decision => ({ ok: false, rule, message: REFUSALS[rule] })

const isReported = (incident: Incident) => incident.facts.some(fact => fact.type === 'reported')

const removed = ({ status }: Incident): RefusalRule | null =>
  status === 'voided' ? 'alreadyVoided' : status === 'merged' ? 'alreadyMerged' : null
const closed = ({ status }: Incident): RefusalRule | null => (status === 'closed' ? 'alreadyClosed' : null)
const ended = (then: Incident): RefusalRule | null =>
  removed(then) ?? closed(then) ?? (then.status === 'resolved' ? 'alreadyResolved' : null)
const notResolved = ({ status }: Incident): RefusalRule | null =>
  status === 'resolved' || status === 'closed' ? null : 'notResolved'

/** Work needs an incident, not only a signal; which of the two was told first does not matter. */
const notWorkable = (incident: Incident, then: Incident): RefusalRule | null =>
  ended(then) ?? (isReported(incident) ? null : 'notReported')

const unreasoned = (command: { readonly texts?: { readonly reason?: string } }): RefusalRule | null =>
  command.texts?.reason ? null : 'needsReason'
const breachHeld = (command: { readonly hasBreach: boolean; readonly byLeader: boolean }): RefusalRule | null =>
  command.hasBreach && !command.byLeader ? 'needsLeaderAfterBreach' : null

/** Has somebody accepted, or arrived, and not handed it back since? */
const stands = (then: Incident, type: 'accepted' | 'arrived', assignee: string): boolean => {
  const last = inTime(then).findLast(
    fact =>
      (fact.type === type && fact.data.assignee === assignee) ||
      fact.type === 'redispatched' ||
      ((fact.type === 'withdrawn' || fact.type === 'returned') && (fact.data.assignee ?? assignee) === assignee),
  )
  return last?.type === type
}

const isVerified = (then: Incident): boolean =>
  inTime(then).findLast(fact => ['resolved', 'verified', 'reopened'].includes(fact.type))?.type === 'verified'

const inTime = ({ facts }: Incident): Fact[] => facts.toSorted((a, b) => a.at - b.at)
