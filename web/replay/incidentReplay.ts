/** An incident's own quarter of an hour: from its first fact until it was dealt with, and who moved for it. */
import { distanceM } from '#domain/geo/distance.ts'
import type { FixOf } from '#domain/replay/fixCodec.ts'
import type { ReplayIncident } from '#domain/replay/replayDay.ts'

const QUARTER_MS = 15 * 60_000
/** What took longer is looked at in its first quarter of an hour. */
const LONGEST_MS = 2 * 60 * 60_000
const NEAR_M = 300

export type Focus = {
  readonly incident: string
  readonly from: number
  readonly to: number
  readonly place: { readonly lng: number; readonly lat: number } | null
  readonly assignees: ReadonlySet<string> // whoever was on it
}

/** Null without a fact. */
export function focusOf({ id, facts }: ReplayIncident): Focus | null {
  const instants = facts.map(fact => fact.at)
  if (instants.length === 0) return null
  const from = Math.min(...instants)
  const resolved = facts.findLast(({ type }) => type === 'resolved' || type === 'closed')?.at
  const to = resolved !== undefined && resolved > from && resolved - from <= LONGEST_MS ? resolved : from + QUARTER_MS
  const place = facts.flatMap(({ data }) => ('place' in data && data.place ? [data.place] : [])).at(-1) ?? null
  const assignees = new Set(
    facts.flatMap(({ data }) => ('assignee' in data && data.assignee !== undefined ? [data.assignee] : [])),
  )
  return { incident: id, from, to, place, assignees }
}

/** Who was on it, or came within 300 m of it meanwhile. */
export function movers(
  { from, to, place, assignees }: Focus,
  workers: readonly string[],
  fixesOf: (worker: string) => readonly FixOf[],
): ReadonlySet<string> {
  const wasNear = (worker: string) =>
    place !== null && fixesOf(worker).some(fix => fix.at >= from && fix.at <= to && distanceM(place, fix) <= NEAR_M)
  return new Set(workers.filter(worker => assignees.has(worker) || wasNear(worker)))
}
