import type { Confirmation, FactData, Opening, Texts } from './facts.ts'
import type { Status } from './incident.ts'

/** The incident that another is merged into. */
export type MergeTarget = { readonly id: string; readonly firstAt: number; readonly status: Status }

type Wrote = { readonly texts?: Texts }
type By = { readonly assignee: string }
/** Whether any of its clocks is breached now (not at `at`: backdating hides nothing), and whether a leader asks. */
type Removing = Wrote & { readonly hasBreach: boolean; readonly byLeader: boolean }

/** What each command says, computed already: placement, number, policy, digests of what was written. */
type CommandData = {
  signal: { readonly opening: Opening; readonly autoConfirm: boolean }
  report: { readonly opening: Opening | Confirmation } // the whole opening of a new one, or what confirms a signal
  register: Wrote
  classify: { readonly correction: FactData['classified'] }
  dispatch: By & Wrote
  redispatch: By & Wrote
  accept: By & Wrote
  withdraw: Partial<By> & Wrote
  return: Partial<By> & Wrote
  arrive: By & Wrote
  pause: Wrote
  resume: Wrote
  resolve: Partial<By> & Wrote
  verify: Wrote
  rate: { readonly score: number } & Wrote
  reopen: Wrote
  close: Wrote
  merge: { readonly into: MergeTarget } & Removing
  void: Removing
  restore: Wrote
  remind: Wrote
  supervise: Wrote
  escalate: Wrote
}
export type IncidentCommandVerb = keyof CommandData

/** A command on an incident; `at` is the honest time (epoch ms), `originalAt` the client's where it was moved. */
export type IncidentCommand = {
  [V in IncidentCommandVerb]: { readonly verb: V; readonly at: number; readonly originalAt?: number } & CommandData[V]
}[IncidentCommandVerb]
