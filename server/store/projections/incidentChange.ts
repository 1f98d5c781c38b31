/** What has to be written so that the tables that hold `before` hold `after`. */
import type { AreaCount } from '../eventStore.ts'
import type { AreaOfIncidentRow, ClockRow, IncidentRow, IncidentRows } from './incidentRows.ts'

export type IncidentChanges = {
  readonly incidents: IncidentRow[]
  readonly areas: AreaOfIncidentRow[]
  readonly clocks: ClockRow[]
  readonly endedClocks: ClockRow[] // rows to take away
  readonly counts: Map<string, AreaCount> // what to add to each area and day
}

export function noChanges(): IncidentChanges {
  return { incidents: [], areas: [], clocks: [], endedClocks: [], counts: new Map() }
}

export function addChange(changes: IncidentChanges, before: IncidentRows | null, after: IncidentRows): void {
  changes.incidents.push(after.incident)
  const areasBefore = new Map(before?.areas.map(row => [row.area, row]))
  for (const row of after.areas) if (!isSame(areasBefore.get(row.area), row)) changes.areas.push(row)
  const clocksBefore = new Map(before?.clocks.map(row => [row.clock, row]))
  for (const row of after.clocks) {
    if (!isSame(clocksBefore.get(row.clock), row)) changes.clocks.push(row)
    clocksBefore.delete(row.clock)
  }
  changes.endedClocks.push(...clocksBefore.values())
  for (const count of before?.counts ?? []) addCount(changes.counts, count, -1)
  for (const count of after.counts) addCount(changes.counts, count, 1)
}

export function addCount(counts: Map<string, AreaCount>, { area, day, cohort, open }: AreaCount, sign: 1 | -1): void {
  const key = `${day} ${area}`
  const sum = counts.get(key) ?? { area, day, cohort: 0, open: 0 }
  counts.set(key, { area, day, cohort: sum.cohort + sign * cohort, open: sum.open + sign * open })
}

/** Rows of plain values, made by the same function, so that their properties come in one order. */
function isSame<T extends object>(a: T | undefined, b: T): boolean {
  if (a === undefined) return false
  for (const property in b) if (a[property] !== b[property]) return false
  return true
}
