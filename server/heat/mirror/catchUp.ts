import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { localDayNumber, startOfLocalDay } from '#domain/time/localTime.ts'
import type { ReferenceData } from '../../app.ts'
import { scan as scanIncidents } from '../../incidents/selectIncidents.ts'
import type { Snapshot } from '../../store/eventStore.ts'
import { type DayRow, dayOf, rowsOf } from './day.ts'
import { hashAt, type Mirror } from './mirror.ts'
import { mirrorRow } from './mirrorRow.ts'

/** Facts read at once. */
const PAGE = 2_000
/** Incidents read at once. */
const INCIDENTS = 500

/** The same mirror at the snapshot's head, by what the facts since then changed. Null: this log is not the one it mirrors. */
export async function caughtUp(
  mirror: Mirror,
  snapshot: Snapshot,
  reference: ReferenceData,
  now: number,
): Promise<Mirror | null> {
  const head = await snapshot.head()
  if (head < mirror.head || mirror.timezone !== reference.timezone) return null
  if ((await hashAt(snapshot, mirror.head)) !== mirror.headHash) return null
  if (head === mirror.head) return mirror
  const changes = new Map<number, Change>()
  const changeOf = (at: number) => {
    const day = localDayNumber(at, mirror.timezone)
    const change = changes.get(day) ?? { at, gone: [], come: [] }
    changes.set(day, change)
    return change
  }
  const rowOf = (incident: Incident) => mirrorRow(incident, mirror.dictionaries, { ...reference, now })
  const ids = await changedIncidents(snapshot, mirror.head)
  for (let first = 0; first < ids.length; first += INCIDENTS) {
    for (const { incident } of await snapshot.incidents({ ids: ids.slice(first, first + INCIDENTS) })) {
      const before = asOfPosition(incident, mirror.head)
      const was = before && rowOf(before)
      const is = rowOf(incident)
      if (was) changeOf(was.at).gone.push(was)
      if (is) changeOf(is.at).come.push(is)
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  const unchanged = unchangedAt(snapshot, new Set(ids), rowOf)
  const days = new Map(mirror.days)
  for (const [number, { at, gone, come }] of changes) {
    const day = days.get(number)
    const kept = await without(day === undefined ? [] : rowsOf(day), gone, unchanged)
    if (kept === null) return null
    days.set(number, dayOf(number, startOfLocalDay(at, mirror.timezone), [...kept, ...come]))
  }
  return { ...mirror, days, head, headHash: await hashAt(snapshot, head) }
}

type Change = { readonly at: number; readonly gone: DayRow[]; readonly come: DayRow[] }

async function changedIncidents(snapshot: Snapshot, after: number): Promise<string[]> {
  const ids = new Set<string>()
  for (let from = after; ; ) {
    const page = await snapshot.events({ after: from, limit: PAGE })
    for (const { stream } of page) if (stream.startsWith('incident:')) ids.add(stream.slice('incident:'.length))
    const last = page.at(-1)
    if (last === undefined) return [...ids]
    from = last.position
    await new Promise(resolve => setImmediate(resolve))
  }
}

function asOfPosition({ id, facts }: Incident, position: number): Incident | null {
  return fold(
    id,
    facts.filter(fact => fact.position <= position),
  )
}

/** The rows of what began at an instant and has not changed: read once for each instant, as many may have begun at the same. */
function unchangedAt(snapshot: Snapshot, changed: ReadonlySet<string>, rowOf: (incident: Incident) => DayRow | null) {
  const known = new Map<number, DayRow[]>()
  return async (at: number): Promise<readonly DayRow[]> => {
    const rows = known.get(at) ?? []
    if (known.has(at)) return rows
    known.set(at, rows)
    for await (const { incident } of scanIncidents(snapshot, { from: at, to: at + 1 })) {
      const row = changed.has(incident.id) ? null : rowOf(incident)
      if (row !== null) rows.push(row)
    }
    return rows
  }
}

/**
 * The rows less those that are gone. The outcome is not compared: clocks run on between facts. Rows that are alike but for it
 * can't be told apart: where only some of them are gone and their outcomes differ, the store says what the others are. Null
 * where there are other rows than there should be.
 */
async function without(
  rows: readonly DayRow[],
  gone: readonly DayRow[],
  unchanged: (at: number) => Promise<readonly DayRow[]>,
): Promise<DayRow[] | null> {
  const goneAlike = Map.groupBy(gone, keyOf)
  const metAlike = new Map<string, DayRow[]>([...goneAlike.keys()].map(key => [key, []]))
  const kept = rows.filter(row => {
    const met = metAlike.get(keyOf(row))
    met?.push(row)
    return met === undefined
  })
  for (const [key, [first, ...others]] of metAlike) {
    const stay = others.length + 1 - (goneAlike.get(key)?.length ?? 0)
    if (first === undefined || stay < 0) return null
    const isOne = stay === 0 || others.every(({ outcome }) => outcome === first.outcome)
    const rest = isOne
      ? [first, ...others].slice(0, stay)
      : (await unchanged(first.at)).filter(row => keyOf(row) === key)
    if (rest.length !== stay) return null
    kept.push(...rest)
  }
  return kept
}

function keyOf({ at, x, y, path, group }: DayRow): string {
  return `${at} ${x} ${y} ${path} ${group}`
}
