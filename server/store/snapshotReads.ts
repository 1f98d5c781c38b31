/** The reads of a snapshot. */

import type {
  DutySpan,
  IncidentFigures,
  IncidentQuery,
  IncidentRecord,
  PersonalValue,
  Snapshot,
  StreamName,
} from './eventStore.ts'
import { incidentSearch } from './incidentSearch.ts'
import { readHead } from './logReads.ts'
import { knownAround } from './positions.ts'
import type { Figures } from './projections/incidentRows.ts'
import { recordOf } from './projections/project.ts'
import { type Parameter, query, type Reader, type Row, type Steps } from './steps.ts'
import { areaCounts, dutySpans, events, personal, positions, workerStates } from './tables.ts'

const NO_LIMIT = Number.MAX_SAFE_INTEGER

export function snapshotOver(reader: Reader): Snapshot {
  const rows = async <T>(decode: (row: Row) => T, sql: string, ...parameters: Parameter[]): Promise<T[]> =>
    (await reader.run(query(sql, ...parameters))).map(decode)
  return {
    head: async () => (await reader.run(readHead())).position,
    events: ({ after, limit, stream }) => reader.run(readEvents(after, limit, stream)),
    incidents: search => reader.run(readIncidents(search)),
    figures: search => reader.run(readFigures(search)),
    countIncidents: search => reader.run(countIncidents(search)),
    highestNumber: async prefix => {
      // ':' comes after the digits; what an import brought may go on with letters, and counts nothing. A longer number is
      // a higher one: the count has leading zeros.
      const isCount = "ltrim(substr(number, ?), '0123456789') = ''"
      const sql = `select number from incidents where number >= ? and number < ? and ${isCount} order by length(number) desc, number desc limit 1`
      const range = [`${prefix}0`, `${prefix}:`, prefix.length + 1]
      return (await rows(([number]) => number as string, sql, ...range))[0] ?? null
    },
    personal: subjects =>
      rows(
        row => personal.decode(row) as PersonalValue,
        `select ${personal.list} from personal where subject = any(?) and value is not null order by subject, field`,
        subjects,
      ),
    areaCounts: ({ areas, days, open }) => {
      const given = [
        ...(areas ? ['area = any(?)'] : []),
        ...(days ? ['day = any(?)'] : []),
        ...(open ? ['open > 0'] : []),
      ]
      const where = given.length > 0 ? `where ${given.join(' and ')}` : ''
      const lists = [areas, days].filter(list => list !== undefined)
      return rows(areaCounts.decode, `select ${areaCounts.list} from area_counts ${where} order by area, day`, ...lists)
    },
    workerStates: () => rows(workerStates.decode, `select ${workerStates.list} from worker_states order by id`),
    dutySpans: ({ worker, from, to }) => {
      const overlap = 'from_at < ? and (to_at is null or to_at > ?)'
      const sql = `select ${dutySpans.list} from duty_spans where ${overlap}${worker === undefined ? '' : ' and worker = ?'} order by from_at, worker`
      return rows(spanOf, sql, to, from, ...(worker === undefined ? [] : [worker]))
    },
    positions: ({ workers, from, to, limit }) => {
      const who = workers ? ' and worker = any(?)' : ''
      const sql = `select ${positions.list} from positions where at >= ? and at <= ?${who} order by at, worker limit ?`
      return rows(positions.decode, sql, from, to, ...(workers ? [workers] : []), limit ?? NO_LIMIT)
    },
    fixesAround: async fixes =>
      new Map([...(await reader.run(knownAround(fixes)))].map(([worker, { kept }]) => [worker, kept])),
    lastPositions: ({ workers, at, notBefore, movedAfter }) => {
      const newest =
        at === undefined ? 'l.at' : '(select max(q.at) from positions q where q.worker = l.worker and q.at <= ?)'
      const conditions = ['p.worker = l.worker', `p.at = ${newest}`]
      if (workers) conditions.push('l.worker = any(?)')
      if (movedAfter !== undefined) conditions.push('l.revision > ?')
      if (notBefore !== undefined) conditions.push('p.at >= ?')
      const sql = `select ${positions.under('p')} from last_positions l cross join positions p where ${conditions.join(' and ')} order by p.worker`
      const parameters = [at, workers, movedAfter, notBefore].filter(value => value !== undefined)
      return rows(positions.decode, sql, ...parameters)
    },
    positionRevision: async () =>
      (await rows(([revision]) => revision as number, 'select coalesce(max(revision), 0) from last_positions'))[0] ?? 0,
    lastHeard: async source => {
      const told = 'select max(last_recorded_at) as at from incidents where source = ?'
      const sent = 'select recorded_at as at from position_sources where source = ?'
      const sql = `select max(at) from (${told} union all ${sent}) as heard`
      return (await rows(([at]) => at as number | null, sql, source, source))[0] ?? null
    },
    close: () => reader.close(),
  }
}

export function* readEvents(
  after: number,
  limit: number,
  stream?: StreamName,
): Steps<ReturnType<typeof events.decode>[]> {
  const own = stream === undefined ? '' : ' and stream = ?'
  const parameters = stream === undefined ? [after, limit] : [after, stream, limit]
  const sql = `select ${events.list} from events where position > ?${own} order by position limit ?`
  return (yield* query(sql, ...parameters)).map(events.decode)
}

function* readIncidents(search: IncidentQuery): Steps<IncidentRecord[]> {
  const { from, order, parameters } = incidentSearch(search)
  const sql = `select i.doc, i.title, i.version, i.position ${from} ${order} limit ?`
  return (yield* query(sql, ...parameters, search.limit ?? NO_LIMIT)).map(recordOf)
}

function* readFigures(search: IncidentQuery): Steps<IncidentFigures[]> {
  const { from, order, parameters } = incidentSearch(search)
  const sql = `select i.id, i.first_at, i.last_at, i.category, i.source, i.tier, i.figures ${from} ${order} limit ?`
  const found = yield* query(sql, ...parameters, search.limit ?? NO_LIMIT)
  return found.map(([id, firstAt, lastAt, category, source, tier, figures]) => {
    const columns = { id, firstAt, lastAt, category, source, tier } as Omit<IncidentFigures, keyof Figures>
    return { ...columns, ...(JSON.parse(figures as string) as Figures) }
  })
}

function* countIncidents(search: IncidentQuery): Steps<number> {
  const { from, parameters } = incidentSearch(search)
  const [row] = yield* query(`select count(*) ${from}`, ...parameters)
  return (row?.[0] ?? 0) as number
}

function spanOf(row: Row): DutySpan {
  const { worker, fromAt, toAt } = dutySpans.decode(row)
  return { worker, from: fromAt, to: toAt }
}
