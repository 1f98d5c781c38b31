/** The seam between GraphQL (and the feeds) and the workers' positions and duty. */
import type { LngLat } from '#domain/incident/facts.ts'
import type { Viewer } from '../access/viewer.ts'
import type { CommandFailure } from '../commands/types.ts'
import type { PositionFix } from '../store/eventStore.ts'

/** A fix as it came in, in the datum that its sender declares. */
export type IncomingFix = LngLat & {
  readonly at: number
  readonly datum: string
  readonly accuracyM?: number | null
  readonly speedMps?: number | null
  readonly courseDeg?: number | null
  readonly batteryPct?: number | null
  readonly source?: string
}

/** `sentAt`: the telephone's clock when it sent the request; where that is off, the fixes are moved (SLA "Honest times"). */
export type RecordRequest = { readonly commandId: string; readonly sentAt?: number | undefined }

export type RecordOutcome =
  | {
      readonly ok: true
      readonly accepted: number
      readonly duplicates: number
      readonly refused: readonly { readonly index: number; readonly reason: string }[]
    }
  | CommandFailure

export type DutyRequest = { readonly commandId: string; readonly at?: number; readonly sentAt?: number }
export type DutyOutcome =
  | { readonly ok: true; readonly position: number; readonly replayed: boolean; readonly worker: string }
  | CommandFailure

export type PositionService = {
  record(
    viewer: Viewer,
    worker: string,
    fixes: readonly IncomingFix[],
    request: RecordRequest | null,
  ): Promise<RecordOutcome>
  setDuty(viewer: Viewer, worker: string, onDuty: boolean, request: DutyRequest): Promise<DutyOutcome>
  /** Called with the fixes that were accepted, in WGS 84, by this process. Returns the way to stop. */
  onFixes(listener: (fixes: readonly PositionFix[]) => void): () => void
}
