import type { Role, Viewer } from './viewer.ts'

/** The commands on an incident, by their imperative names. */
export const VERBS = [
  'signal',
  'report',
  'register',
  'classify',
  'dispatch',
  'redispatch',
  'accept',
  'withdraw',
  'return',
  'arrive',
  'pause',
  'resume',
  'resolve',
  'verify',
  'rate',
  'reopen',
  'close',
  'merge',
  'void',
  'restore',
  'remind',
  'supervise',
  'escalate',
] as const
export type Verb = (typeof VERBS)[number]

/** What the table needs to know of the incident; `resolvedBy`: the actors and assignees of its standing resolution. */
export type Subject = {
  readonly path: readonly string[]
  readonly assignee: string | null
  readonly resolvedBy: readonly string[]
  readonly reportedBy: string | null
}

type Rule = (viewer: Viewer, subject: Subject) => boolean

const role =
  (...roles: readonly Role[]): Rule =>
  viewer =>
    roles.includes(viewer.role)
const lead: Rule = (viewer, subject) =>
  viewer.role === 'worker' && subject.path.some(code => viewer.leads.includes(code))
const any =
  (...rules: readonly Rule[]): Rule =>
  (viewer, subject) =>
    rules.some(rule => rule(viewer, subject))

const dispatching = any(role('dispatcher'), lead)
/** A telephone's own token (role `device`) knows its worker too, and is no worker. */
const theAssignee: Rule = (viewer, subject) =>
  viewer.role === 'worker' && viewer.worker !== null && viewer.worker === subject.assignee
const working = any(theAssignee, dispatching, role('section'))
const notWhoResolved: Rule = (viewer, subject) => !subject.resolvedBy.includes(actorOf(viewer))
const theReporter: Rule = (viewer, subject) => subject.reportedBy !== null && subject.reportedBy === actorOf(viewer)
/** After a breach only a leader may: that rule is the incident's own (`needsLeaderAfterBreach`). */
const removing = any(role('leader'), dispatching)

/** BLUEPRINT §8 as a table: who may give which command. Scope is checked apart from it. */
const TABLE: { readonly [V in Verb]: Rule } = {
  signal: role('worker', 'section', 'reporter', 'dispatcher', 'device'),
  report: role('worker', 'section', 'reporter', 'dispatcher'),
  register: dispatching,
  classify: dispatching,
  dispatch: dispatching,
  redispatch: dispatching,
  accept: working,
  withdraw: working,
  return: working,
  arrive: working,
  pause: dispatching,
  resume: dispatching,
  resolve: working,
  verify: (viewer, subject) =>
    any(role('dispatcher', 'leader'), lead)(viewer, subject) && notWhoResolved(viewer, subject),
  rate: any(theReporter, role('dispatcher')),
  reopen: (viewer, subject) =>
    any(theReporter, (v, s) => any(role('dispatcher', 'leader'), lead)(v, s) && notWhoResolved(v, s))(viewer, subject),
  close: dispatching,
  merge: removing,
  void: removing,
  restore: role('leader'),
  remind: dispatching,
  supervise: role('leader'),
  escalate: any(role('leader'), dispatching),
}

export function mayCommand(viewer: Viewer, verb: Verb, subject: Subject): boolean {
  return TABLE[verb](viewer, subject)
}

/** Reads of incidents and areas in scope. `device` and `reporter` see only what they reported themselves. */
export function mayRead(viewer: Viewer): boolean {
  return viewer.role !== 'device' && viewer.role !== 'reporter'
}

export function mayReadTracks(viewer: Viewer): boolean {
  return viewer.role === 'leader' || viewer.role === 'dispatcher' || viewer.role === 'auditor'
}

export function mayReadPersonal(viewer: Viewer): boolean {
  return mayRead(viewer) && viewer.role !== 'admin'
}

/** Who did it, as the log names it. */
export function actorOf(viewer: Viewer): string {
  return viewer.worker === null ? `token:${viewer.tokenId}` : `worker:${viewer.worker}`
}
