/** The mirror itself: local days of columns, kept equal to what the store's incidents say at `head`. */
import { localDayNumber, startOfLocalDay } from '#domain/time/localTime.ts'
import type { ReferenceData } from '../../app.ts'
import { scan as scanIncidents } from '../../incidents/selectIncidents.ts'
import type { Snapshot } from '../../store/eventStore.ts'
import { type Day, type DayRow, dayOf } from './day.ts'
import { type Dictionaries, dictionaries } from './dictionaries.ts'
import { mirrorRow } from './mirrorRow.ts'

export type Mirror = {
  readonly head: number // the log's position that it stands for
  readonly headHash: string | null // of the fact there; null where there is none yet
  readonly timezone: string
  readonly days: ReadonlyMap<number, Day> // never changed in place
  readonly dictionaries: Dictionaries
}

export function emptyMirror(timezone: string): Mirror {
  return { head: 0, headHash: null, timezone, days: new Map(), dictionaries: dictionaries() }
}

/** The whole store, day by day. */
export async function mirrorOf(snapshot: Snapshot, reference: ReferenceData, now: number): Promise<Mirror> {
  const { timezone } = reference
  const made = emptyMirror(timezone)
  const days = new Map<number, Day>()
  let rows: DayRow[] = []
  let of = Number.NaN
  const finish = () => {
    const [first] = rows
    if (first !== undefined) days.set(of, dayOf(of, startOfLocalDay(first.at, timezone), rows))
    rows = []
  }
  // Newest first, so a day's incidents come one after the other.
  for await (const { incident } of scanIncidents(snapshot, {})) {
    const row = mirrorRow(incident, made.dictionaries, { ...reference, now })
    if (row === null) continue
    const day = localDayNumber(row.at, timezone)
    if (day !== of) {
      finish()
      of = day
    }
    rows.push(row)
  }
  finish()
  const head = await snapshot.head()
  return { ...made, days, head, headHash: await hashAt(snapshot, head) }
}

/** Names the log as it is at a position. */
export async function hashAt(snapshot: Snapshot, position: number): Promise<string | null> {
  const [event] = await snapshot.events({ after: position - 1, limit: 1 })
  return event?.hash ?? null
}
