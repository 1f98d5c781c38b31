import type { IncidentCommandVerb } from '#domain/incident/command.ts'
import { incidentAsOf } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { standingResolution } from '#domain/incident/resolution.ts'
import type { Role, Viewer } from './viewer.ts'

/** What may be allowed: the commands on an incident, and `confirm`, which is to report what was a signal so far. */
export type Right = IncidentCommandVerb | 'confirm'

/** What the table looks at. */
export type Subject = {
  readonly incident: Incident | null // null: one that is about to be reported
  readonly path: readonly string[] // where it lies, or where the command puts it
  readonly at: number // when what is commanded happened, epoch ms
  readonly assignee: string | null // of whom it is told
}

type Rule = (viewer: Viewer, subject: Subject) => boolean

const role =
  (...roles: readonly Role[]): Rule =>
  viewer =>
    roles.includes(viewer.role)
const lead: Rule = (viewer, { path }) => leads(viewer, path)
const any =
  (...rules: readonly Rule[]): Rule =>
  (viewer, subject) =>
    rules.some(rule => rule(viewer, subject))
const all =
  (...rules: readonly Rule[]): Rule =>
  (viewer, subject) =>
    rules.every(rule => rule(viewer, subject))

const dispatching = any(role('dispatcher'), lead)
/** A telephone's own token (role `device`) knows its worker too, and is no worker. */
const themselves: Rule = (viewer, { assignee }) =>
  viewer.role === 'worker' && viewer.worker !== null && viewer.worker === assignee
/** By how it stood when it happened, or stands now: what a telephone tells late is not refused for what came between. */
const onIt: Rule = ({ worker }, { incident, at }) =>
  worker !== null &&
  incident !== null &&
  [incidentAsOf(incident, Math.max(at, incident.firstAt), Number.POSITIVE_INFINITY) ?? incident, incident].some(
    ({ assignees }) => assignees.length === 0 || assignees.includes(worker),
  )
/** Somebody else's matter is claimed by accepting it; on the spot, where nobody is on it yet, the first to come may. */
const working = any(all(themselves, onIt), dispatching)
const notWhoResolved: Rule = (viewer, { incident }) => {
  const resolution = incident && standingResolution(incident)
  const by = [resolution?.actor, workerActor(resolution?.data.assignee)]
  return !by.includes(actorOf(viewer))
}
const theReporter: Rule = (viewer, { incident }) => incident?.facts[0]?.actor === actorOf(viewer)
const checking = all(any(role('dispatcher', 'leader'), lead), notWhoResolved)
/** Nobody rates their own work, also not who reported the matter; a resident who did is never on it. */
const rating = all(any(theReporter, role('dispatcher')), notWhoResolved)
/** After a breach only a leader may: that rule is the incident's own (`needsLeaderAfterBreach`). */
const removing = any(role('leader'), dispatching)

/**
 * BLUEPRINT §8 as a table: who may give which command. Scope is checked apart from it. Nothing is dispatched to a section
 * yet, so a section signals and reports and does no more.
 */
const TABLE: { readonly [R in Right]: Rule } = {
  signal: role('worker', 'section', 'reporter', 'dispatcher', 'device'),
  report: role('worker', 'section', 'reporter', 'dispatcher'),
  confirm: role('dispatcher', 'worker'),
  register: dispatching,
  classify: dispatching,
  dispatch: dispatching,
  redispatch: dispatching,
  accept: any(themselves, dispatching),
  withdraw: any(themselves, dispatching),
  return: dispatching,
  arrive: working,
  pause: dispatching,
  resume: dispatching,
  resolve: working,
  verify: checking,
  rate: rating,
  reopen: any(all(theReporter, any(role('reporter'), notWhoResolved)), checking),
  close: dispatching,
  merge: removing,
  void: removing,
  restore: role('leader'),
  remind: dispatching,
  supervise: role('leader'),
  escalate: removing,
}

export function mayCommand(viewer: Viewer, right: Right, subject: Subject): boolean {
  return TABLE[right](viewer, subject)
}

/** Start and end somebody's duty; `homes`: paths of the areas where they belong. */
export function mayChangeDuty(viewer: Viewer, worker: string, homes: readonly (readonly string[])[]): boolean {
  if (viewer.role === 'dispatcher') return true
  if (viewer.role !== 'worker') return false
  return viewer.worker === worker || homes.some(path => leads(viewer, path))
}

function leads(viewer: Viewer, path: readonly string[]): boolean {
  return viewer.role === 'worker' && path.some(code => viewer.leads.includes(code))
}

/** Reads of incidents and areas in scope. `device` and `reporter` see only what they reported themselves. */
export function mayRead(viewer: Viewer): boolean {
  return viewer.role !== 'device' && viewer.role !== 'reporter'
}

export function mayReadTracks(viewer: Viewer): boolean {
  return viewer.role === 'leader' || viewer.role === 'dispatcher' || viewer.role === 'auditor'
}

/** Where people are now. An administrator looks after the machine, not after them. */
export function mayReadPositions(viewer: Viewer): boolean {
  return mayRead(viewer) && viewer.role !== 'admin'
}

export function mayReadPersonal(viewer: Viewer): boolean {
  return mayRead(viewer) && viewer.role !== 'admin'
}

/** A file goes where nobody sees it any more: no screen on a wall and nobody on the street takes one. */
export function mayExport(viewer: Viewer): boolean {
  return ['analyst', 'leader', 'dispatcher', 'admin', 'auditor'].includes(viewer.role)
}

/** In files: counts below k, which may point at somebody. A leader may unmask, and an administrator has the machine. */
export function mayExportSmallCounts(viewer: Viewer): boolean {
  return viewer.role === 'leader' || viewer.role === 'admin'
}

/** Which files left, for whom. */
export function mayReadExports(viewer: Viewer): boolean {
  return viewer.role === 'auditor' || viewer.role === 'admin'
}

/** Who did it, as the log names it. */
export function actorOf(viewer: Viewer): string {
  return workerActor(viewer.worker) ?? `token:${viewer.tokenId}`
}

function workerActor(worker: string | null | undefined): string | null {
  return worker == null ? null : `worker:${worker}`
}
