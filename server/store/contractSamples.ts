/** Appends and rows for the contract suite and the store's benchmarks: nothing in them depends on time or chance. */
import type { FactData, FactType } from '#domain/incident/facts.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { personalDigest } from './eventHash.ts'
import type {
  Append,
  AppendResult,
  EventStore,
  ExpectedVersion,
  Json,
  NewEvent,
  PersonalValue,
  PositionBatch,
  PositionFix,
  Snapshot,
  StreamName,
} from './eventStore.ts'

/** A database of its own; `open` may be called several times, as several processes do. `sql` tampers. */
export type TestDatabase = { open(): Promise<EventStore>; sql(statement: string): Promise<void>; drop(): Promise<void> }

/** `another`: the same database as another process sees it. */
export type Opened = {
  readonly store: EventStore
  readonly another: () => Promise<EventStore>
  readonly sql: TestDatabase['sql']
}

export const T0 = Date.parse('2026-03-02T10:00:00+08:00')
export const MINUTE = 60_000

export const samplePolicy: Policy = {
  id: '1-5-15',
  version: 1,
  validFrom: 0,
  timezone: 'Asia/Shanghai',
  atRiskFraction: 0.8,
  choice: {},
  clocks: {
    discover: { from: 'occurred', to: 'reported', target: 'PT1M' },
    respond: { from: 'reported', to: 'responded', target: 'PT5M' },
    resolve: { from: 'reported', to: 'resolved', target: 'PT15M', pausable: true },
  },
}

export function event(stream: string, type: string, at: number, data: Json, no: number | string = at): NewEvent {
  return { eventId: `${stream}/${type}/${no}`, type, schemaVersion: 1, data, actor: 'worker:w1', at }
}

/** One fact of an incident, in an append of its own. */
export function tell<T extends FactType>(
  id: string,
  type: T,
  at: number,
  data: FactData[T],
  more: { expected?: ExpectedVersion; recordedAt?: number; command?: string; requestHash?: string } = {},
): Append {
  const { expected = 'any', recordedAt = at, command, requestHash = 'request' } = more
  return {
    command: command === undefined ? null : { id: command, requestHash },
    recordedAt,
    streams: [{ stream: `incident:${id}`, expected, events: [event(id, type, at, data as Json)] }],
    personal: [],
  }
}

/** A report with a title that lies in `personal`. */
export function report(
  no: number,
  more: { at?: number; command?: string; path?: readonly string[]; number?: string } = {},
): Append {
  const { at = T0 + no * 1000, command, path = ['310115', '310115005', `31011500500${no % 3}`] } = more
  const id = `i${String(no).padStart(6, '0')}`
  const eventId = `${id}/reported/${at}`
  const title: PersonalValue = { subject: id, field: `${eventId}.title`, value: `占道经营 ${no}`, salt: `salt${no}` }
  const told = tell(
    id,
    'reported',
    at,
    {
      number: more.number ?? `S-${no}`,
      category: no % 2 ? 'water' : 'street',
      source: 'hotline',
      tier: null,
      place: { lng: 121.5 + no / 1e5, lat: 31.2 },
      path,
      policy: { id: '1-5-15', version: 1 },
      texts: { title: personalDigest(title.salt, title.value) },
    },
    { expected: 'none', ...(command === undefined ? {} : { command }) },
  )
  return { ...told, personal: [title] }
}

export function duty(worker: string, type: 'dutyStarted' | 'dutyEnded', at: number, recordedAt = at): Append {
  const stream: StreamName = `worker:${worker}`
  return {
    command: null,
    recordedAt,
    streams: [{ stream, expected: 'any', events: [event(stream, type, at, {})] }],
    personal: [],
  }
}

export function fix(worker: string, at: number, lng = 121.5, lat = 31.2): PositionFix {
  const unknown = { accuracyM: null, speedMps: null, courseDeg: null, batteryPct: null, original: null }
  return { worker, at, lng, lat, ...unknown, source: 'app', datum: 'wgs84', recordedAt: at }
}

export async function tellAll(store: EventStore, appends: readonly Append[]): Promise<AppendResult[]> {
  const results: AppendResult[] = []
  for (const append of appends) results.push(await store.append(append))
  return results
}

export async function read<T>(store: EventStore, reading: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const snapshot = await store.snapshot()
  try {
    return await reading(snapshot)
  } finally {
    await snapshot.close()
  }
}

/** Fixes that no command names. */
export const batchOf = (fixes: readonly PositionFix[]): PositionBatch => ({ fixes, command: null })

/** A little of everything: incidents through their lives, duty, late facts, breaches, a correction of the place. */
export const sampleLife: readonly Append[] = [
  report(1, { command: 'c1' }),
  report(2, { command: 'c2' }),
  report(3),
  duty('w1', 'dutyStarted', T0),
  tell('i000001', 'dispatched', T0 + MINUTE, { assignee: 'w1' }, { expected: 1, command: 'c3' }),
  tell('i000001', 'accepted', T0 + 2 * MINUTE, { assignee: 'w1' }, { expected: 'exists' }),
  tell('i000001', 'paused', T0 + 3 * MINUTE, {}),
  tell('i000002', 'clockBreached', T0 + 2000 + 5 * MINUTE, {
    clock: 'respond',
    deadline: T0 + 2000 + 5 * MINUTE,
    policyVersion: 1,
  }),
  tell('i000002', 'arrived', T0 + 4 * MINUTE, { assignee: 'w1' }, { recordedAt: T0 + 9 * MINUTE }),
  tell(
    'i000002',
    'clockBreachRetracted',
    T0 + 2000 + 5 * MINUTE,
    { clock: 'respond', deadline: T0 + 2000 + 5 * MINUTE, because: 'i000002/arrived' },
    { recordedAt: T0 + 8 * MINUTE },
  ),
  tell(
    'i000003',
    'classified',
    T0 + 6 * MINUTE,
    { path: ['310115', '310115006'], place: { lng: 121.6, lat: 31.3 }, tier: 'major' },
    { recordedAt: T0 + 10 * MINUTE },
  ),
  tell('i000001', 'resumed', T0 + 11 * MINUTE, {}),
  tell('i000001', 'resolved', T0 + 12 * MINUTE, { assignee: 'w1' }),
  duty('w1', 'dutyEnded', T0 + 13 * MINUTE),
  tell('i000001', 'closed', T0 + 14 * MINUTE, {}),
]
