/** The tables in PostgreSQL. Run `npm run generate` after a change; migrations go forward only. */
import { sql } from 'drizzle-orm'
import {
  bigint,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

const instant = (name: string) => bigint(name, { mode: 'number' })
const real = doublePrecision
/** Compared byte by byte, as SQLite does: the same order on both engines, whatever the locale of the cluster. */
const text = customType<{ data: string }>({ dataType: () => 'text collate "C"' })

export const events = pgTable(
  'events',
  {
    position: instant('position').primaryKey(),
    stream: text('stream').notNull(),
    version: integer('version').notNull(),
    eventId: text('event_id').notNull().unique('events_event_id'),
    type: text('type').notNull(),
    schemaVersion: integer('schema_version').notNull(),
    data: text('data').notNull(),
    actor: text('actor'),
    commandId: text('command_id'),
    at: instant('at').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  t => [unique('events_stream_version').on(t.stream, t.version)],
)
/** One row: the counter that positions come from, the end of the hash chain, and by which rules the projections were made. */
export const logHead = pgTable('log_head', {
  id: integer('id').primaryKey(),
  position: instant('position').notNull(),
  hash: text('hash').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  projectionVersion: integer('projection_version').notNull().default(0),
})
export const commands = pgTable('commands', {
  id: text('id').primaryKey(),
  requestHash: text('request_hash').notNull(),
  position: instant('position').notNull(),
  stream: text('stream'),
  result: text('result'),
})
export const personal = pgTable(
  'personal',
  {
    subject: text('subject').notNull(),
    field: text('field').notNull(),
    value: text('value'),
    salt: text('salt'),
  },
  t => [primaryKey({ columns: [t.subject, t.field] })],
)

export const incidents = pgTable(
  'incidents',
  {
    id: text('id').primaryKey(),
    number: text('number').notNull().unique('incidents_number'),
    status: text('status').notNull(),
    isOpen: integer('is_open').notNull(),
    category: text('category').notNull(),
    source: text('source').notNull(),
    tier: text('tier'),
    firstAt: instant('first_at').notNull(),
    lastAt: instant('last_at').notNull(),
    lastRecordedAt: instant('last_recorded_at').notNull(),
    version: integer('version').notNull(),
    position: instant('position').notNull(),
    title: text('title'),
    lng: real('lng'),
    lat: real('lat'),
    firstActor: text('first_actor'),
    figures: text('figures'),
    doc: text('doc').notNull(),
  },
  t => [
    index('incidents_first_at').on(sql`${t.firstAt} desc`, t.id),
    index('incidents_open').on(sql`${t.firstAt} desc`, t.id).where(sql`${t.isOpen} = 1`),
    index('incidents_last_recorded_at').on(t.lastRecordedAt),
    index('incidents_last_at').on(t.lastAt),
    index('incidents_source').on(t.source, t.lastRecordedAt),
    index('incidents_first_actor').on(t.firstActor, sql`${t.firstAt} desc`, t.id),
  ],
)
export const incidentAreas = pgTable(
  'incident_areas',
  {
    incident: text('incident').notNull(),
    area: text('area').notNull(),
    firstAt: instant('first_at').notNull(),
    isCurrent: integer('is_current').notNull(),
  },
  t => [
    primaryKey({ columns: [t.incident, t.area] }),
    index('incident_areas_area').on(t.area, sql`${t.firstAt} desc`, t.incident, t.isCurrent),
  ],
)
export const clocks = pgTable(
  'clocks',
  {
    incident: text('incident').notNull(),
    clock: text('clock').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    elapsedMs: instant('elapsed_ms'),
    limitMs: instant('limit_ms'),
    deadline: instant('deadline'),
    breachDeadline: instant('breach_deadline'),
    dueAt: instant('due_at'),
  },
  t => [
    primaryKey({ columns: [t.incident, t.clock] }),
    index('clocks_due_at').on(t.dueAt).where(sql`${t.dueAt} is not null`),
  ],
)
export const areaCounts = pgTable(
  'area_counts',
  {
    area: text('area').notNull(),
    day: text('day').notNull(),
    cohort: integer('cohort').notNull(),
    open: integer('open').notNull(),
  },
  t => [
    primaryKey({ columns: [t.area, t.day] }),
    index('area_counts_day').on(t.day),
    index('area_counts_open').on(t.area, t.day, t.open, t.cohort).where(sql`${t.open} > 0`),
  ],
)
export const workerStates = pgTable('worker_states', {
  id: text('id').primaryKey(),
  onDuty: integer('on_duty').notNull(),
  since: instant('since').notNull(),
  position: instant('position').notNull(),
})
export const dutySpans = pgTable(
  'duty_spans',
  {
    worker: text('worker').notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at'),
  },
  t => [primaryKey({ columns: [t.worker, t.fromAt] }), index('duty_spans_from_at').on(t.fromAt)],
)

export const positions = pgTable(
  'positions',
  {
    worker: text('worker').notNull(),
    at: instant('at').notNull(),
    lng: real('lng').notNull(),
    lat: real('lat').notNull(),
    accuracyM: real('accuracy_m'),
    speedMps: real('speed_mps'),
    courseDeg: real('course_deg'),
    batteryPct: real('battery_pct'),
    source: text('source').notNull(),
    datum: text('datum').notNull(),
    original: text('original'),
    recordedAt: instant('recorded_at').notNull(),
  },
  t => [primaryKey({ columns: [t.worker, t.at] }), index('positions_at').on(t.at)],
)
/** `revision`: rises with every change of the table, so that other processes see what moved. */
export const lastPositions = pgTable(
  'last_positions',
  {
    worker: text('worker').primaryKey(),
    at: instant('at').notNull(),
    revision: instant('revision').notNull().default(0),
  },
  t => [index('last_positions_revision').on(t.revision)],
)
/** When each source was last heard of. */
export const positionSources = pgTable('position_sources', {
  source: text('source').primaryKey(),
  recordedAt: instant('recorded_at').notNull(),
})

export const areas = pgTable(
  'areas',
  {
    code: text('code').notNull(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
    parent: text('parent'),
    level: text('level').notNull(),
    name: text('name').notNull(),
    households: integer('households'),
    geometry: text('geometry'),
    properties: text('properties').notNull(),
  },
  t => [primaryKey({ columns: [t.code, t.validFrom] })],
)
export const categories = pgTable('categories', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  symbol: text('symbol').notNull(),
  autoConfirm: integer('auto_confirm').notNull(),
})
export const policies = pgTable(
  'policies',
  {
    id: text('id').notNull(),
    version: integer('version').notNull(),
    validFrom: instant('valid_from').notNull(),
    timezone: text('timezone').notNull(),
    atRiskFraction: real('at_risk_fraction').notNull(),
    choice: text('choice').notNull(),
    clocks: text('clocks').notNull(),
  },
  t => [primaryKey({ columns: [t.id, t.version] })],
)
export const workers = pgTable('workers', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  role: text('role').notNull(),
  area: text('area'),
  leads: text('leads').notNull(),
  telephone: text('telephone'),
})
export const devices = pgTable(
  'devices',
  {
    key: text('key').notNull(),
    worker: text('worker').notNull(),
    validFrom: instant('valid_from').notNull(),
    validTo: instant('valid_to'),
  },
  t => [primaryKey({ columns: [t.key, t.validFrom] })],
)
export const tokens = pgTable(
  'tokens',
  {
    id: text('id').primaryKey(),
    hash: text('hash').notNull(),
    role: text('role').notNull(),
    areas: text('areas').notNull(),
    worker: text('worker'),
    device: text('device'),
    name: text('name'),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
  },
  t => [uniqueIndex('tokens_hash').on(t.hash)],
)
export const pairings = pgTable('pairings', {
  code: text('code').primaryKey(),
  hash: text('hash').notNull(),
  expiresAt: instant('expires_at').notNull(),
})
/** Only ever added to. `token`: null of those noted before tokens were. */
export const looks = pgTable(
  'looks',
  {
    id: text('id').primaryKey(),
    worker: text('worker').notNull(),
    token: text('token'),
    actor: text('actor').notNull(),
    name: text('name'),
    role: text('role').notNull(),
    fromAt: instant('from_at').notNull(),
    toAt: instant('to_at').notNull(),
    reason: text('reason').notNull(),
    at: instant('at').notNull(),
  },
  t => [index('looks_worker').on(t.worker, sql`${t.at} desc`)],
)
/** Only ever added to: which file left, for whom. */
export const exportRecords = pgTable(
  'export_records',
  {
    id: text('id').primaryKey(),
    token: text('token'),
    actor: text('actor').notNull(),
    name: text('name'),
    role: text('role'),
    areas: text('areas'),
    what: text('what').notNull(),
    format: text('format').notNull(),
    filter: text('filter').notNull(),
    head: instant('head').notNull(),
    n: instant('n'),
    suppressionK: instant('suppression_k'),
    sha256: text('sha256').notNull(),
    at: instant('at').notNull(),
  },
  t => [index('export_records_at').on(sql`${t.at} desc`)],
)
export const settings = pgTable('settings', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
})
/** One row; rises with every change of the reference rows. */
export const referenceRevision = pgTable('reference_revision', {
  id: integer('id').primaryKey(),
  revision: instant('revision').notNull(),
})
