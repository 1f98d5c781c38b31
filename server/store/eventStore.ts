/**
 * The port of the event store. Everything that a caller may know of it is here; no Drizzle or driver type leaves this
 * folder. Instants are epoch milliseconds (UTC). Positions are gapless and in commit order.
 */
import type { LngLat, Tier } from '#domain/incident/facts.ts'
import type { Incident } from '#domain/incident/incident.ts'
import type { ClockFigures } from '#domain/sla/clockFigures.ts'
import type { Policy } from '#domain/sla/policy.ts'
import type { Fix } from '#domain/worker/acceptFix.ts'
import type { FixVerdict } from '#domain/worker/judgeFixes.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }
export type ExpectedVersion = 'any' | 'none' | 'exists' | number

/** `incident:<id>` or `worker:<id>`. */
export type StreamName = `incident:${string}` | `worker:${string}`

export type NewEvent = {
  readonly eventId: string
  readonly type: string
  readonly schemaVersion: number
  readonly data: Json
  readonly actor: string | null
  readonly at: number
}
export type StoredEvent = NewEvent & {
  readonly position: number
  readonly stream: StreamName
  readonly version: number
  readonly commandId: string | null
  readonly recordedAt: number
  readonly previousHash: string
  readonly hash: string
}
/** A value kept apart from the log; the event's data holds `digest` = SHA-256 hex of salt + value. */
export type PersonalValue = {
  readonly subject: string
  readonly field: string
  readonly value: string
  readonly salt: string
}

/** One command's facts: written whole or not at all, to one or several streams. */
export type Append = {
  /** `result`: what a retry is to be told besides the position; kept with the command. */
  readonly command: { readonly id: string; readonly requestHash: string; readonly result?: Json } | null
  readonly recordedAt: number // the store moves it up, never down, so that it does not decrease with position
  readonly streams: readonly {
    readonly stream: StreamName
    readonly expected: ExpectedVersion
    readonly events: readonly NewEvent[]
  }[]
  readonly personal: readonly PersonalValue[]
}
export type AppendResult =
  | { readonly kind: 'appended'; readonly position: number } // of the last fact written, or the head when none was
  | { readonly kind: 'replayed'; readonly position: number } // the same command was done before
  | { readonly kind: 'commandConflict' } // the same command id with another request
  | { readonly kind: 'versionConflict'; readonly stream: StreamName; readonly actual: number }
  | { readonly kind: 'numberTaken'; readonly number: string }

export type DoneCommand = {
  readonly requestHash: string
  readonly position: number
  readonly stream: StreamName | null
  readonly result: Json // null when none was kept
}

/** An incident as the projection keeps it: the folded state with its facts, and the texts that lie in `personal`. */
export type IncidentRecord = {
  readonly incident: Incident
  readonly title: string | null
  readonly version: number // of its stream
  readonly position: number // of its last fact
}

/** What summaries count of an incident, without its facts; its clocks as they stood at its last fact. */
export type IncidentFigures = Pick<Incident, 'id' | 'firstAt' | 'lastAt' | 'category' | 'source' | 'tier'> & {
  readonly path: readonly string[]
  readonly acceptedBy: readonly string[]
  readonly policy: Incident['policy']
  readonly clocks: ClockFigures
}

/** Every given condition must hold. `areas`, `scope`: in the subtree of any of them, by the path it was placed in. */
export type IncidentQuery = {
  readonly ids?: readonly string[]
  readonly scope?: readonly string[] // absent: everything
  readonly areas?: readonly string[]
  readonly everPlaced?: boolean // match `areas` and `scope` on any path it ever had (reads of the past filter again)
  readonly open?: boolean
  readonly status?: readonly string[]
  readonly category?: readonly string[]
  readonly source?: readonly string[]
  readonly tier?: readonly Tier[]
  readonly firstActor?: string // who told of it first
  readonly from?: number // first fact's at, inclusive
  readonly to?: number // exclusive
  readonly firstAtMost?: number // first fact's at ≤
  readonly openOrChangedAfter?: { readonly at: number; readonly recordedAt: number } // open now, or its last fact is later than either
  readonly text?: string // in number or title
  readonly after?: { readonly firstAt: number; readonly id: string }
  readonly limit?: number
}

export type AreaRow = {
  readonly code: string
  readonly validFrom: number | null
  readonly validTo: number | null
  readonly parent: string | null
  readonly level: string
  readonly name: string
  readonly households: number | null
  readonly geometry: Json // GeoJSON Polygon or MultiPolygon, or null
  readonly properties: { readonly [key: string]: Json | undefined }
}
export type CategoryRow = {
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly autoConfirm: boolean
}
export type WorkerRow = {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly area: string | null
  readonly leads: readonly string[]
  readonly telephone: string | null
}
export type WorkerState = {
  readonly id: string
  readonly onDuty: boolean
  readonly since: number
  readonly position: number
}
export type DeviceRow = {
  readonly key: string
  readonly worker: string
  readonly validFrom: number
  readonly validTo: number | null
}
export type DutySpan = { readonly worker: string; readonly from: number; readonly to: number | null }

export type TokenRow = {
  readonly id: string
  readonly hash: string
  readonly role: string
  readonly areas: readonly string[]
  readonly worker: string | null
  readonly device: string | null
  readonly name: string | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
}

/** That somebody looked at a worker's track from `fromAt` to `toAt`, and why. */
export type LookRow = {
  readonly id: string
  readonly worker: string
  readonly token: string | null // by which they looked; not known of the oldest
  readonly actor: string
  readonly name: string | null
  readonly role: string
  readonly fromAt: number
  readonly toAt: number
  readonly reason: string
  readonly at: number
}

/** That a file left: who had it, what it holds and how to tell it. */
export type ExportRecord = {
  readonly id: string
  readonly token: string | null // null: from the shell
  readonly actor: string
  readonly name: string | null
  readonly role: string | null
  readonly areas: readonly string[] | null // what its reader may see; null: everything
  readonly what: string
  readonly format: string
  readonly filter: string
  readonly head: number
  readonly n: number | null // null: held back
  readonly suppressionK: number | null // null: nothing was held back
  readonly sha256: string
  readonly at: number
}

/**
 * A position fix; `datum` and `original` say how it came in, `original.at` when the phone's clock was off and the fix was
 * moved. `(worker, at)` is the key.
 */
export type PositionFix = LngLat & {
  readonly worker: string
  readonly at: number
  readonly accuracyM: number | null
  readonly speedMps: number | null
  readonly courseDeg: number | null
  readonly batteryPct: number | null
  readonly source: string
  readonly datum: string
  readonly original: (LngLat & { readonly at?: number }) | null
  readonly recordedAt: number
}
export type ClockTimer = { readonly incident: string; readonly clock: string; readonly deadline: number }
/** Incidents whose first fact lies in the local day, and how many of them are open, per area of their path. */
export type AreaCount = { readonly area: string; readonly day: string; readonly cohort: number; readonly open: number }

/** A consistent read of one instant of the store: everything read through it stands at the same head. */
export interface Snapshot {
  head(): Promise<number>
  /** In position order, positions > after. */
  events(query: {
    readonly after: number
    readonly limit: number
    readonly stream?: StreamName
  }): Promise<StoredEvent[]>
  /** Newest first fact first, then id. */
  incidents(query: IncidentQuery): Promise<IncidentRecord[]>
  /** Of the same incidents in the same order; no fact is read. */
  figures(query: IncidentQuery): Promise<IncidentFigures[]>
  countIncidents(query: IncidentQuery): Promise<number>
  /** Of the numbers that are `prefix` and a count: the one with the highest, null when there is none. */
  highestNumber(prefix: string): Promise<string | null>
  personal(subjects: readonly string[]): Promise<PersonalValue[]>
  /** `open`: only the days of which something stands open. */
  areaCounts(query: {
    readonly areas?: readonly string[]
    readonly days?: readonly string[]
    readonly open?: true
  }): Promise<AreaCount[]>
  workerStates(): Promise<WorkerState[]>
  dutySpans(query: { readonly worker?: string; readonly from: number; readonly to: number }): Promise<DutySpan[]>
  /** In time order, from ≤ at ≤ to. */
  positions(query: {
    readonly workers?: readonly string[]
    readonly from: number
    readonly to: number
    readonly limit?: number
  }): Promise<PositionFix[]>
  /** Of each worker the fixes from the one before these to the one after them, in time order. */
  fixesAround(
    fixes: readonly { readonly worker: string; readonly at: number }[],
  ): Promise<ReadonlyMap<string, readonly Fix[]>>
  /** The newest fix of each worker at or before an instant; `movedAfter`: only of those that moved since that revision. */
  lastPositions(query: {
    readonly workers?: readonly string[]
    readonly at?: number
    readonly notBefore?: number
    readonly movedAfter?: number
  }): Promise<PositionFix[]>
  /** Rises whenever somebody's newest fix changes, by whichever process. */
  positionRevision(): Promise<number>
  /** The newest recordedAt of the facts of a source's incidents and of its fixes; null: never heard of. */
  lastHeard(source: string): Promise<number | null>
  close(): Promise<void>
}

/** Fixes that came together, of one worker or of many. Under a command they are judged once, and a retry is told of that. */
export type PositionBatch = {
  readonly fixes: readonly PositionFix[]
  readonly command: { readonly id: string; readonly requestHash: string } | null
}
export type PositionResult =
  | { readonly kind: 'recorded' | 'replayed'; readonly verdicts: readonly FixVerdict[] } // one for each fix, in order
  | { readonly kind: 'commandConflict' } // the same command id with another request

/** What is not the log: areas, categories, policies, people, devices, tokens, settings (small; read whole and cached by callers), looks, exports. */
export interface Reference {
  areas(): Promise<AreaRow[]>
  putAreas(rows: readonly AreaRow[]): Promise<void> // replaces the versions with the same (code, validFrom)
  categories(): Promise<CategoryRow[]>
  putCategories(rows: readonly CategoryRow[]): Promise<void>
  policies(): Promise<Policy[]>
  putPolicies(rows: readonly Policy[]): Promise<void> // refuses to change a version that exists
  workers(): Promise<WorkerRow[]>
  putWorkers(rows: readonly WorkerRow[]): Promise<void>
  devices(): Promise<DeviceRow[]>
  putDevices(rows: readonly DeviceRow[]): Promise<void>
  tokens(): Promise<TokenRow[]>
  tokenByHash(hash: string): Promise<TokenRow | null>
  putToken(row: TokenRow): Promise<void>
  revokeToken(id: string, at: number): Promise<boolean>
  /** A pairing: a page's own candidate token (hashed) waiting for somebody to approve its code. */
  /** Those that are over at `now` are forgotten with it. */
  putPairing(
    row: { readonly code: string; readonly hash: string; readonly expiresAt: number },
    now: number,
  ): Promise<void>
  takePairing(code: string, now: number): Promise<{ readonly hash: string } | null>
  /** Looks are kept for good and raise no revision: nothing that is cached depends on them. */
  recordLook(row: LookRow): Promise<void>
  looks(worker: string): Promise<LookRow[]> // newest first
  /** Kept for good, as looks are. */
  recordExport(row: ExportRecord): Promise<void>
  exportRecords(limit: number): Promise<ExportRecord[]> // newest first
  settings(): Promise<{ readonly [key: string]: Json }>
  putSetting(key: string, value: Json): Promise<void>
  /** Rises with every change of the rows above, by whichever process; a cache is valid while it stays. */
  revision(): Promise<number>
}

export interface EventStore {
  append(append: Append): Promise<AppendResult>
  /** What a command did when it was done first; `stream` is the first it appended to. Null: never done. */
  command(id: string): Promise<DoneCommand | null>
  /** Called after a commit of this process (coalesced, at most once a turn of the event loop). Returns the way to stop. */
  onCommit(listener: () => void): () => void
  head(): Promise<number>
  snapshot(): Promise<Snapshot>
  /** Running clocks whose deadline lies before `now`, earliest first, that have no standing breach with that deadline. */
  dueTimers(now: number, limit: number): Promise<ClockTimer[]>
  nextDeadline(): Promise<number | null>
  /** Judges each fix by what the store holds at that moment, and keeps those that can be true. */
  recordPositions(batch: PositionBatch): Promise<PositionResult>
  erasePersonal(subject: string): Promise<number>
  readonly reference: Reference
  /** Empties the projections and replays the log into them. */
  rebuild(progress?: (done: number, total: number) => void): Promise<void>
  /** Each thing that is wrong, in words; empty: the log is whole and every projection equals its replay. */
  verify(progress?: (done: number, total: number) => void): Promise<string[]>
  close(): Promise<void>
}
