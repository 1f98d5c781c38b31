/**
 * The facts of the log: what happened, in the past tense. Instants are integer epoch milliseconds (UTC), places degrees
 * WGS 84. Stored facts are append-only: add a type or an optional field, never change a meaning.
 *
 * What somebody wrote or what names a resident never stands here: `texts` holds a salted digest for each such field,
 * the value itself lies in the store's `personal` table under (incident id, `<eventId>.<field>`).
 */
export type LngLat = { readonly lng: number; readonly lat: number }
export type Tier = 'minor' | 'major' | 'hard'
/** 平时 or 战时. */
export type Mode = 'peacetime' | 'surge'
export type Texts = { readonly [field in TextField]?: string }
export type TextField = 'title' | 'description' | 'reason' | 'result' | 'comment'
export type PolicyRef = { readonly id: string; readonly version: number }

/** A place as it came in, when it came in another datum than WGS 84. */
export type OriginalPlace = LngLat & { readonly datum: string }

/** Where an incident was put: the point (if known) and the codes of the areas that held it then, from the root. */
export type Placement = {
  readonly place: LngLat | null
  readonly path: readonly string[]
  readonly originalPlace?: OriginalPlace
}

/** What opens an incident; `policy` is chosen once from those in force at the first fact's `at` and frozen. */
export type Opening = Placement & {
  readonly number: string
  readonly category: string
  readonly source: string
  readonly tier: Tier | null
  readonly policy: PolicyRef | null
  readonly mode?: Mode // that the policy was chosen by, and is again when it is classified; absent: peacetime
  readonly occurredAt?: number
  readonly texts?: Texts
}
/** A signal that is confirmed may bring corrections; what is absent stays as it was. */
export type Confirmation = Partial<Omit<Opening, 'number' | 'mode'>>

type Wrote = { readonly texts?: Texts }
type By = { readonly assignee: string }

export type FactData = {
  signalled: Opening
  reported: Opening | Confirmation
  registered: Wrote
  classified: Partial<Placement> & {
    readonly category?: string
    readonly tier?: Tier | null
    readonly policy?: PolicyRef | null
  }
  dispatched: By & Wrote
  redispatched: By & Wrote
  accepted: By & Wrote
  withdrawn: { readonly assignee?: string } & Wrote
  returned: { readonly assignee?: string } & Wrote
  arrived: By & Wrote
  paused: Wrote
  resumed: Wrote
  resolved: { readonly assignee?: string } & Wrote
  verified: Wrote
  rated: { readonly score: number } & Wrote
  reopened: Wrote
  closed: Wrote
  merged: { readonly into: string } & Wrote
  voided: Wrote
  restored: Wrote
  reminded: Wrote
  supervised: Wrote
  escalated: Wrote
  clockBreached: { readonly clock: string; readonly deadline: number; readonly policyVersion: number }
  clockBreachRetracted: { readonly clock: string; readonly deadline: number; readonly because: string }
}
export type FactType = keyof FactData

/** A fact that was decided but not yet recorded. `originalAt`: the client's own time, when the server moved it. */
export type NewFact = {
  [T in FactType]: {
    readonly type: T
    readonly at: number
    readonly originalAt?: number
    readonly data: FactData[T]
  }
}[FactType]

/** A fact as the log holds it. `recordedAt` never decreases with `position`. */
export type Fact = NewFact & {
  readonly eventId: string
  readonly position: number
  readonly recordedAt: number
  readonly actor: string | null
}

/** A worker's own stream (`worker:<id>`). */
export type DutyFactType = 'dutyStarted' | 'dutyEnded'

const LATE_AFTER_MS = 60_000

/** Was it told late (补录)? What a clock says of itself stands at its deadline whenever it is recorded: nobody told that. */
export const isToldLate = ({ type, at, recordedAt }: Pick<Fact, 'type' | 'at' | 'recordedAt'>): boolean =>
  recordedAt - at > LATE_AFTER_MS && type !== 'clockBreached' && type !== 'clockBreachRetracted'
