/** Workers' positions: `(worker, at)` is the key, the first to come stays. */
import type { Fix } from '#domain/worker/acceptFix.ts'
import type { DutySpan } from '#domain/worker/duty.ts'
import { type FixVerdict, judgeEach, judgeFixes } from '#domain/worker/judgeFixes.ts'
import type { CommandRow } from './appendPlan.ts'
import type { PositionBatch, PositionFix, PositionResult } from './eventStore.ts'
import { doneCommands, readHead } from './logReads.ts'
import { insert, query, queryOfEach, type Row, type Steps } from './steps.ts'
import { commands, dutySpans, EARLIEST, positions } from './tables.ts'

/** What is known of a worker around a batch: fixes from the one before it to the one after it, in order of time; duty. */
type Known = { readonly kept: Fix[]; readonly spans: DutySpan[] }

/** Writers take turns, so nothing changes between the judgement and the commit. */
export function* recordFixes(batches: readonly PositionBatch[]): Steps<PositionResult[]> {
  const asked = batches.flatMap(({ command }) => (command ? [command.id] : []))
  const done = new Map((yield* doneCommands(asked)).map(row => [row.id, row]))
  const known = yield* knownAround(batches.flatMap(({ fixes }) => fixes))
  const head = asked.length > 0 ? yield* readHead() : null
  const added: PositionFix[] = []
  const told: CommandRow[] = []
  const results = batches.map(({ fixes, command }): PositionResult => {
    const before = command && done.get(command.id)
    if (before)
      return before.requestHash === command.requestHash && Array.isArray(before.result)
        ? { kind: 'replayed', verdicts: before.result as FixVerdict[] }
        : { kind: 'commandConflict' }
    const verdicts = judgeBatch(known, fixes)
    added.push(...fixes.filter((_, i) => verdicts[i] === 'accepted'))
    if (command && head) {
      const row = { ...command, position: head.position, stream: null, result: verdicts }
      done.set(row.id, row)
      told.push(row)
    }
    return { kind: 'recorded', verdicts }
  })
  yield* insert(positions.insertHead, '', added.map(positions.encode))
  yield* insert(commands.insertHead, '', told.map(commands.encode))
  if (added.length > 0) {
    yield* moveLast(added)
    yield* noteSources(added)
  }
  return results
}

/** Judges by what is known, and adds to it what is kept: the next batch may be of the same workers. */
function judgeBatch(known: ReadonlyMap<string, Known>, fixes: readonly PositionFix[]): FixVerdict[] {
  return judgeEach(fixes, (worker, own) => {
    const { kept, spans } = known.get(worker) ?? { kept: [], spans: [] }
    const verdicts = judgeFixes(kept, own, spans)
    kept.push(...own.filter((_, i) => verdicts[i] === 'accepted'))
    kept.sort((a, b) => a.at - b.at)
    return verdicts
  })
}

const AROUND = `
  select p.worker, p.at, p.lng, p.lat, p.accuracy_m
  from (select worker, cast(from_at as bigint) as from_at, cast(to_at as bigint) as to_at from given) asked
  join positions p on p.worker = asked.worker
    and p.at >= coalesce((select max(b.at) from positions b where b.worker = asked.worker and b.at < asked.from_at), asked.from_at)
    and p.at <= coalesce((select min(a.at) from positions a where a.worker = asked.worker and a.at > asked.to_at), asked.to_at)
  order by p.worker, p.at`

export function* knownAround(
  fixes: readonly { readonly worker: string; readonly at: number }[],
): Steps<Map<string, Known>> {
  const known = new Map<string, Known>()
  const rows: Row[] = []
  let [first, last] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]
  for (const [worker, own] of Map.groupBy(fixes, fix => fix.worker)) {
    known.set(worker, { kept: [], spans: [] })
    const instants = own.map(({ at }) => at).filter(Number.isSafeInteger)
    if (instants.length === 0) continue
    const [from, to] = [instants.reduce((a, b) => Math.min(a, b)), instants.reduce((a, b) => Math.max(a, b))]
    rows.push([worker, from, to])
    first = Math.min(first, from)
    last = Math.max(last, to)
  }
  if (rows.length === 0) return known
  for (const [worker, at, lng, lat, accuracyM] of yield* queryOfEach('worker, from_at, to_at', AROUND, rows))
    known.get(worker as string)?.kept.push({ at, lng, lat, accuracyM } as Fix)
  const sql = 'worker = any(?) and from_at <= ? and (to_at is null or to_at > ?) order by worker, from_at'
  const workers = rows.map(([worker]) => worker as string)
  for (const row of yield* query(`select ${dutySpans.list} from duty_spans where ${sql}`, workers, last, first)) {
    const { worker, fromAt, toAt } = dutySpans.decode(row)
    known.get(worker)?.spans.push({ from: fromAt, to: toAt })
  }
  return known
}

/** The live dot never moves backwards. Writers take turns, so that the revision rises in the order of the commits. */
function* moveLast(fixes: readonly PositionFix[]): Steps<void> {
  const last = new Map<string, number>()
  for (const { worker, at } of fixes) last.set(worker, Math.max(at, last.get(worker) ?? at))
  const revision = yield* nextRevision()
  const tail =
    'on conflict (worker) do update set at = excluded.at, revision = excluded.revision where excluded.at > last_positions.at'
  const rows = [...last].map(([worker, at]) => [worker, at, revision])
  yield* insert('insert into last_positions (worker, at, revision) values', tail, rows)
}

function* noteSources(fixes: readonly PositionFix[]): Steps<void> {
  const heard = new Map<string, number>()
  for (const { source, recordedAt } of fixes) heard.set(source, Math.max(recordedAt, heard.get(source) ?? recordedAt))
  const tail =
    'on conflict (source) do update set recorded_at = excluded.recorded_at where excluded.recorded_at > position_sources.recorded_at'
  yield* insert('insert into position_sources (source, recorded_at) values', tail, [...heard])
}

/**
 * What was measured in these spans goes: it has turned out to be off duty. The last position's row stays, so that its
 * revision tells the followers; with nothing left it lies before all times and shows nothing.
 */
export function* forgetFixes(worker: string, spans: readonly DutySpan[]): Steps<void> {
  for (const { from, to } of spans) {
    const end = to ?? Number.MAX_SAFE_INTEGER
    yield* query('delete from positions where worker = ? and at >= ? and at < ?', worker, from, end)
  }
  const revision = yield* nextRevision()
  const newest = `coalesce((select max(at) from positions where worker = ?), ${EARLIEST})`
  yield* query(`update last_positions set at = ${newest}, revision = ? where worker = ?`, worker, revision, worker)
}

export function* rebuildPositions(): Steps<void> {
  const revision = yield* nextRevision()
  yield* query('delete from last_positions')
  const last = `select worker, max(at), ${revision} from positions group by worker`
  yield* query(`insert into last_positions (worker, at, revision) ${last}`)
  yield* query('delete from position_sources')
  yield* query(`insert into position_sources (source, recorded_at) ${NEWEST_OF_SOURCES}`)
}

export const NEWEST_OF_SOURCES = 'select source, max(recorded_at) as recorded_at from positions group by source'

function* nextRevision(): Steps<number> {
  const [row] = yield* query('select coalesce(max(revision), 0) + 1 from last_positions')
  return row?.[0] as number
}
