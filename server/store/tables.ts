/** The tables as the statements see them. `sqlite/schema.ts` and `postgres/schema.ts` create them; a test compares. */
import type { Policy } from '#domain/sla/policy.ts'
import type { CommandRow } from './appendPlan.ts'
import type {
  AreaCount,
  AreaRow,
  CategoryRow,
  DeviceRow,
  ExportRecord,
  LookRow,
  PositionFix,
  StoredEvent,
  TokenRow,
  WorkerRow,
} from './eventStore.ts'
import type { DutySpanRow, WorkerStateRow } from './projections/dutyRows.ts'
import type { AreaOfIncidentRow, ClockRow, IncidentRow } from './projections/incidentRows.ts'
import type { Row, Value } from './steps.ts'

/** How a property lies in its column. `since`: an instant of a key, where null (always) becomes the earliest date there is. */
type Kind = 'plain' | 'json' | 'flag' | 'since'
/** The earliest date there is: a key column's "always", and where nothing has been yet. */
export const EARLIEST = -8.64e15

export type Table<T> = {
  readonly name: string
  readonly columns: readonly string[]
  /** The columns, for `select`; with a prefix for joins. */
  readonly list: string
  readonly under: (alias: string) => string
  readonly insertHead: string
  readonly upsertTail: string
  readonly encode: (row: T) => Row
  readonly decode: (row: Row) => T
}

export const events = table<StoredEvent>('events', ['position'], {
  position: 'plain',
  stream: 'plain',
  version: 'plain',
  eventId: 'plain',
  type: 'plain',
  schemaVersion: 'plain',
  data: 'json',
  actor: 'plain',
  commandId: 'plain',
  at: 'plain',
  recordedAt: 'plain',
  previousHash: 'plain',
  hash: 'plain',
})
export const commands = table<CommandRow>('commands', ['id'], {
  id: 'plain',
  requestHash: 'plain',
  position: 'plain',
  stream: 'plain',
  result: 'json',
})
/** An erased value keeps its row, without value and salt: what is missing without having been erased can be told. */
export const personal = table<{ subject: string; field: string; value: string | null; salt: string | null }>(
  'personal',
  ['subject', 'field'],
  { subject: 'plain', field: 'plain', value: 'plain', salt: 'plain' },
)
export const incidents = table<IncidentRow>('incidents', ['id'], {
  id: 'plain',
  number: 'plain',
  status: 'plain',
  isOpen: 'flag',
  category: 'plain',
  source: 'plain',
  tier: 'plain',
  firstAt: 'plain',
  lastAt: 'plain',
  lastRecordedAt: 'plain',
  version: 'plain',
  position: 'plain',
  title: 'plain',
  lng: 'plain',
  lat: 'plain',
  firstActor: 'plain',
  figures: 'json',
  doc: 'json',
})
export const incidentAreas = table<AreaOfIncidentRow>('incident_areas', ['incident', 'area'], {
  incident: 'plain',
  area: 'plain',
  firstAt: 'plain',
  isCurrent: 'flag',
})
export const clocks = table<ClockRow>('clocks', ['incident', 'clock'], {
  incident: 'plain',
  clock: 'plain',
  startedAt: 'plain',
  endedAt: 'plain',
  elapsedMs: 'plain',
  limitMs: 'plain',
  deadline: 'plain',
  breachDeadline: 'plain',
  dueAt: 'plain',
})
export const areaCounts = table<AreaCount>('area_counts', ['area', 'day'], {
  area: 'plain',
  day: 'plain',
  cohort: 'plain',
  open: 'plain',
})
export const workerStates = table<WorkerStateRow>('worker_states', ['id'], {
  id: 'plain',
  onDuty: 'flag',
  since: 'plain',
  position: 'plain',
})
export const dutySpans = table<DutySpanRow>('duty_spans', ['worker', 'fromAt'], {
  worker: 'plain',
  fromAt: 'plain',
  toAt: 'plain',
})
export const positions = table<PositionFix>('positions', ['worker', 'at'], {
  worker: 'plain',
  at: 'plain',
  lng: 'plain',
  lat: 'plain',
  accuracyM: 'plain',
  speedMps: 'plain',
  courseDeg: 'plain',
  batteryPct: 'plain',
  source: 'plain',
  datum: 'plain',
  original: 'json',
  recordedAt: 'plain',
})
export const areas = table<AreaRow>('areas', ['code', 'validFrom'], {
  code: 'plain',
  validFrom: 'since',
  validTo: 'plain',
  parent: 'plain',
  level: 'plain',
  name: 'plain',
  households: 'plain',
  geometry: 'json',
  properties: 'json',
})
export const categories = table<CategoryRow>('categories', ['id'], {
  id: 'plain',
  name: 'plain',
  symbol: 'plain',
  autoConfirm: 'flag',
})
export const policies = table<Policy>('policies', ['id', 'version'], {
  id: 'plain',
  version: 'plain',
  validFrom: 'plain',
  timezone: 'plain',
  atRiskFraction: 'plain',
  choice: 'json',
  clocks: 'json',
})
export const workers = table<WorkerRow>('workers', ['id'], {
  id: 'plain',
  name: 'plain',
  role: 'plain',
  area: 'plain',
  leads: 'json',
  telephone: 'plain',
})
export const devices = table<DeviceRow>('devices', ['key', 'validFrom'], {
  key: 'plain',
  worker: 'plain',
  validFrom: 'plain',
  validTo: 'plain',
})
export const tokens = table<TokenRow>('tokens', ['id'], {
  id: 'plain',
  hash: 'plain',
  role: 'plain',
  areas: 'json',
  worker: 'plain',
  device: 'plain',
  name: 'plain',
  createdAt: 'plain',
  expiresAt: 'plain',
  revokedAt: 'plain',
})
export const pairings = table<{ code: string; hash: string; expiresAt: number }>('pairings', ['code'], {
  code: 'plain',
  hash: 'plain',
  expiresAt: 'plain',
})

export const looks = table<LookRow>('looks', ['id'], {
  id: 'plain',
  worker: 'plain',
  token: 'plain',
  actor: 'plain',
  name: 'plain',
  role: 'plain',
  fromAt: 'plain',
  toAt: 'plain',
  reason: 'plain',
  at: 'plain',
})

export const exportRecords = table<ExportRecord>('export_records', ['id'], {
  id: 'plain',
  token: 'plain',
  actor: 'plain',
  name: 'plain',
  role: 'plain',
  areas: 'json',
  what: 'plain',
  format: 'plain',
  filter: 'plain',
  head: 'plain',
  n: 'plain',
  suppressionK: 'plain',
  sha256: 'plain',
  at: 'plain',
})

export const allTables = [
  ...[events, commands, personal, incidents, incidentAreas, clocks, areaCounts, workerStates, dutySpans, positions],
  ...[areas, categories, policies, workers, devices, tokens, pairings, looks, exportRecords],
]

function table<T extends object>(
  name: string,
  key: readonly (keyof T & string)[],
  kinds: { readonly [property in keyof T]-?: Kind },
): Table<T> {
  const properties = Object.keys(kinds) as (keyof T & string)[]
  const columns = properties.map(columnName)
  const rest = properties.filter(property => !key.includes(property)).map(columnName)
  const conflict = `on conflict (${key.map(columnName).join(', ')})`
  const list = columns.join(', ')
  const kindOf = properties.map(property => kinds[property])
  return {
    name,
    columns,
    list,
    under: alias => columns.map(column => `${alias}.${column}`).join(', '),
    insertHead: `insert into ${name} (${list}) values`,
    upsertTail: `${conflict} do update set ${rest.map(column => `${column} = excluded.${column}`).join(', ')}`,
    encode: row => properties.map((property, i) => encode(kindOf[i], row[property])),
    decode: row => {
      const decoded: { [property: string]: unknown } = {}
      for (const [i, property] of properties.entries()) decoded[property] = decode(kindOf[i], row[i] ?? null)
      return decoded as T
    },
  }
}

function columnName(property: string): string {
  return property.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}

function encode(kind: Kind | undefined, value: unknown): Value {
  if (kind === 'plain') return (value ?? null) as Value
  if (kind === 'flag') return value ? 1 : 0
  if (value === null || value === undefined) return kind === 'since' ? EARLIEST : null
  return kind === 'json' ? JSON.stringify(value) : (value as Value)
}

function decode(kind: Kind | undefined, value: Value): unknown {
  if (kind === 'plain') return value
  if (kind === 'flag') return value === 1
  if (kind === 'since') return value === EARLIEST ? null : value
  return kind === 'json' && typeof value === 'string' ? JSON.parse(value) : value
}
