/** What the parts of the server are given. Built once, in `main.ts` and in tests; nothing here reads the environment. */
import type { AreaTree } from '#domain/area/areaTree.ts'
import type { Policy } from '#domain/sla/policy.ts'
import type { CategoryRow, DeviceRow, EventStore, WorkerRow } from './store/eventStore.ts'

/** The one clock of the process. `now` is epoch ms: the wall clock at start plus a monotonic clock (scaled on a simulated store). */
export interface Time {
  now(): number
  /** How fast it runs: 1, or the simulator's speed. */
  readonly speed: number
  /** The last step of the machine's clock over 5 s, if any. */
  lastStep(): { readonly at: number; readonly byMs: number } | null
}

/** The reference rows as one immutable value; `revision` changes when any of them does. */
export type ReferenceData = {
  readonly revision: number
  readonly areas: AreaTree
  readonly categories: ReadonlyMap<string, CategoryRow>
  readonly policies: readonly Policy[]
  readonly workers: ReadonlyMap<string, WorkerRow>
  readonly devices: readonly DeviceRow[]
  readonly timezone: string
  readonly name: string
  readonly demo: boolean
  readonly settings: { readonly [key: string]: unknown }
}

export type App = {
  readonly store: EventStore
  readonly time: Time
  /** The current reference data; re-read when another process changed it (checked at most every 500 ms). */
  readonly reference: () => Promise<ReferenceData>
  /** Random ids, salts and secrets come from here, so that tests can seed them. */
  readonly random: { uuid(): string; hex(bytes: number): string }
  readonly log: (line: string, detail?: object) => void
}
