/** What the simulator says to the system, and all that it asks of it. The composition root binds it to the real commands. */
import type { LngLat } from '#domain/incident/facts.ts'

export type SimVerb =
  | 'signal'
  | 'report'
  | 'dispatch'
  | 'accept'
  | 'withdraw'
  | 'arrive'
  | 'pause'
  | 'resume'
  | 'resolve'
  | 'verify'
  | 'rate'
  | 'reopen'
  | 'close'
  | 'merge'
  | 'void'

/**
 * One command. `incident` and `commandId` are UUIDs made of the seed: the same story has the same ids, so that playing it
 * twice does nothing twice. `actor`: a worker's id, `dispatcher`, `leader`, `resident`, `hotline`, or a sensor's id.
 */
export type SimCommand = {
  readonly verb: SimVerb
  readonly commandId: string
  readonly incident: string
  readonly at: number
  readonly actor: string
  readonly assignee?: string
  readonly category?: string
  readonly source?: string
  readonly title?: string
  readonly place?: LngLat
  readonly occurredAt?: number
  readonly reason?: string
  readonly result?: string
  readonly score?: number
  readonly into?: string
}

/** A fix as a phone sends it. */
export type SimFix = LngLat & {
  readonly at: number
  readonly accuracyM: number
  readonly speedMps: number
  readonly courseDeg: number | null
  readonly batteryPct: number
}
export type WorkerFixes = { readonly worker: string; readonly fixes: readonly SimFix[] }

export type PlannedFact =
  | { readonly kind: 'command'; readonly at: number; readonly command: SimCommand }
  | { readonly kind: 'startDuty' | 'endDuty'; readonly at: number; readonly worker: string; readonly commandId: string }

/** `refused`: a rule said no (somebody was faster); the rest of that story is dropped. */
export type SimOutcome = 'done' | 'refused'

export type SimulatorPort = {
  now(): number
  execute(command: SimCommand): Promise<SimOutcome>
  recordPositions(batch: readonly WorkerFixes[]): Promise<void>
  startDuty(worker: string, at: number, commandId: string): Promise<void>
  endDuty(worker: string, at: number, commandId: string): Promise<void>
}

/** History goes in in large batches, in order of `at`. */
export type BackfillPort = {
  appendHistory(facts: readonly PlannedFact[]): Promise<void>
  recordPositions(batch: readonly WorkerFixes[]): Promise<void>
}
