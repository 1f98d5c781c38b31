/** The seam between GraphQL (and the feeds) and the commands on incidents. */
import type { IncidentCommandVerb } from '#domain/incident/command.ts'
import type { LngLat, Tier } from '#domain/incident/facts.ts'
import type { Viewer } from '../access/viewer.ts'

/** The domain's commands but those that nothing outside can give yet. */
export type IncidentVerb = Exclude<
  IncidentCommandVerb,
  'register' | 'redispatch' | 'return' | 'remind' | 'supervise' | 'escalate'
>

/** One command as it came in. `at` and `sentAt` are the client's own times (SLA "Honest times"); the server judges them. */
export type IncidentRequest = {
  readonly verb: IncidentVerb
  readonly commandId: string
  readonly at?: number
  readonly sentAt?: number
  readonly incident?: string
  readonly newId?: string // the id of a new incident, for those who make ids themselves (never from outside)
  readonly assignee?: string
  readonly reason?: string
  readonly category?: string
  readonly title?: string
  readonly place?: LngLat
  readonly area?: string
  readonly source?: string
  readonly tier?: Tier
  readonly occurredAt?: number
  readonly description?: string
  readonly result?: string
  readonly score?: number
  readonly comment?: string
  readonly into?: string
}

/** Why a command was not done: a closed list of codes; `rule` says which rule refused; the message is for the person. */
export type CommandFailure = {
  readonly ok: false
  readonly code: 'BAD_INPUT' | 'NOT_FOUND' | 'FORBIDDEN' | 'CONFLICT' | 'REFUSED' | 'UNAVAILABLE'
  readonly rule?: string
  readonly message: { readonly en: string; readonly zh: string }
}
export type CommandOutcome =
  | { readonly ok: true; readonly position: number; readonly replayed: boolean; readonly incident: string }
  | CommandFailure

export type IncidentCommands = { execute(viewer: Viewer, request: IncidentRequest): Promise<CommandOutcome> }
