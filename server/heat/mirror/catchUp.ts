import { fold } from '#domain/incident/fold.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { localDayNumber, startOfLocalDay } from '#domain/time/localTime.ts'
import type { ReferenceData } from '../../app.ts'
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
  const ids = await changedIncidents(snapshot, mirror.head)
  for (let first = 0; first < ids.length; first += INCIDENTS) {
    for (const { incident } of await snapshot.incidents({ ids: ids.slice(first, first + INCIDENTS) })) {
      const before = asOfPosition(incident, mirror.head)
      const was = before && mirrorRow(before, mirror.dictionaries, { ...reference, now })
      const is = mirrorRow(incident, mirror.dictionaries, { ...reference, now })
      if (was) changeOf(was.at).gone.push(was)
      if (is) changeOf(is.at).come.push(is)
    }
    await new Promise(resolve => setImmediate(resolve))
  }
  const days = new Map(mirror.days)
  for (const [number, { at, gone, come }] of changes) {
    const day = days.get(number)
    const kept = without(day === undefined ? [] : rowsOf(day), gone)
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

/**
 * The rows less those that are gone. The outcome is not compared: clocks run on between facts. Null where one can't be told
 * from another, or is not there: the mirror is not what it should be.
 */
function without(rows: readonly DayRow[], gone: readonly DayRow[]): DayRow[] | null {
  const keys = new Map(gone.map(row => [keyOf(row), 0]))
  if (keys.size < gone.length) return null
  const kept = rows.filter(row => {
    const met = keys.get(keyOf(row))
    if (met !== undefined) keys.set(keyOf(row), met + 1)
    return met === undefined
  })
  return [...keys.values()].every(met => met === 1) ? kept : null
}

function keyOf({ at, idHash, x, y, path, group }: DayRow): string {
  return `${at} ${idHash} ${x} ${y} ${path} ${group}`
}
