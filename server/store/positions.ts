/** Workers' positions: `(worker, at)` is the key, the first to come stays. */
import type { DutySpan } from '#domain/worker/duty.ts'
import type { PositionFix, PositionOutcome } from './eventStore.ts'
import { insert, query, type Steps } from './steps.ts'
import { positions } from './tables.ts'

/** Two fixes of one instant are one when they lie this close (degrees, about 1 cm). */
const SAME_PLACE_DEG = 1e-7
const EARLIEST = -8_640_000_000_000_000

type Place = { readonly lng: number; readonly lat: number }

export function* recordFixes(fixes: readonly PositionFix[]): Steps<PositionOutcome[]> {
  const first = new Map<string, PositionFix>()
  const isFirst = fixes.map(fix => {
    const isNew = !first.has(keyOf(fix))
    if (isNew) first.set(keyOf(fix), fix)
    return isNew
  })
  const written = yield* insert(
    positions.insertHead,
    'on conflict (worker, at) do nothing returning worker, at',
    [...first.values()].map(positions.encode),
  )
  const isNew = new Set(written.map(([worker, at]) => `${worker} ${at}`))
  const added = fixes.filter(fix => isNew.has(keyOf(fix)))
  if (added.length > 0) {
    yield* moveLast(added)
    yield* noteSources(added)
  }
  const stored = yield* storedPlaces([...first.values()].filter(fix => !isNew.has(keyOf(fix))))
  return fixes.map((fix, i) => {
    const key = keyOf(fix)
    if (isFirst[i] && isNew.has(key)) return 'accepted'
    return isSamePlace(stored.get(key) ?? first.get(key) ?? fix, fix) ? 'duplicate' : 'conflictingFix'
  })
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

function* storedPlaces(fixes: readonly PositionFix[]): Steps<Map<string, Place>> {
  const places = new Map<string, Place>()
  for (const [worker, own] of Map.groupBy(fixes, fix => fix.worker)) {
    const instants = own.map(({ at }) => at)
    const rows = yield* query('select at, lng, lat from positions where worker = ? and at = any(?)', worker, instants)
    for (const [at, lng, lat] of rows) places.set(`${worker} ${at}`, { lng: lng as number, lat: lat as number })
  }
  return places
}

function keyOf({ worker, at }: PositionFix): string {
  return `${worker} ${at}`
}

function isSamePlace(a: Place, b: Place): boolean {
  return Math.abs(a.lng - b.lng) <= SAME_PLACE_DEG && Math.abs(a.lat - b.lat) <= SAME_PLACE_DEG
}
