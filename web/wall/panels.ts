/** What the side panels say, from figures and live state. */
import { localHour } from '#domain/time/localTime.ts'
import { areaName, shortName, within } from '../stores/areas.ts'
import type { AreaDay, FlowBin, Summary, WallArea, WallCategory, WallFigures, WallWorker } from '../stores/wallState.ts'

export type FlowFigures = {
  readonly reported: number
  readonly resolved: number
  readonly rated: number
  readonly satisfied: number
  readonly satisfaction: number | null // 满意率: rated 4 or 5 ÷ rated
}
export function flowFigures(flow: readonly FlowBin[]): FlowFigures {
  const sum = (of: (bin: FlowBin) => number) => flow.reduce((total, bin) => total + of(bin), 0)
  const rated = sum(bin => bin.rated)
  const satisfied = sum(bin => bin.satisfied)
  return {
    reported: sum(bin => bin.reported),
    resolved: sum(bin => bin.resolved),
    rated,
    satisfied,
    satisfaction: rated === 0 ? null : satisfied / rated,
  }
}

/** Reported and resolved of each hour of the day that has begun. */
export function flowHours(figures: WallFigures): readonly { reported: number; resolved: number }[] {
  const hours: { reported: number; resolved: number }[] = []
  for (const bin of figures.flow) {
    if (bin.from > figures.at) continue
    const index = Math.floor((bin.from - figures.from) / 3_600_000)
    const hour = hours[index] ?? { reported: 0, resolved: 0 }
    hours[index] = { reported: hour.reported + bin.reported, resolved: hour.resolved + bin.resolved }
  }
  return hours
}

export type CategoryRow = {
  readonly id: string
  readonly symbol: string
  readonly name: string
  readonly n: number
  readonly share: number
}
/** The categories of the cohort, most frequent first; those beyond `most` are added up as the rest. */
export function categoryRows(figures: WallFigures, categories: readonly WallCategory[], most: number) {
  const counts = cohortByKey(figures.byCategory)
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const rows = categories
    .map(({ id, symbol, name }) => ({ id, symbol, name, n: counts.get(id) ?? 0 }))
    .filter(row => row.n > 0)
    .toSorted((a, b) => b.n - a.n)
    .map(row => ({ ...row, share: total === 0 ? 0 : row.n / total }))
  const rest = rows.length > most ? rows.slice(most - 1) : []
  return {
    rows: rows.length > most ? rows.slice(0, most - 1) : rows,
    rest: { kinds: rest.length, n: rest.reduce((sum, row) => sum + row.n, 0) },
    total,
  }
}

/** A summary has a row per key and clock; the cohort is the same in each. */
function cohortByKey(rows: readonly Summary[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { key, cohort } of rows) if (key !== null) counts.set(key, Math.max(counts.get(key) ?? 0, cohort))
  return counts
}

const FEW = 10 // Below this, a rate below the whole's is noise and isn't marked.

export type CommunityRow = {
  readonly code: string
  readonly name: string
  readonly attainment: number | null
  readonly n: number
  readonly isLow: boolean // below the whole area's
  readonly hours: readonly (number | null)[] // attainment by local hour, up to the present one
}
/** The areas below, the least attaining first, after all others those of too few cases. `clock` is the one compared. */
export function communityRows(
  figures: WallFigures,
  areaDays: readonly AreaDay[],
  areas: readonly WallArea[],
  clock: string,
  zone: string,
): { readonly rows: readonly CommunityRow[]; readonly whole: number | null } {
  const whole = figures.overall.find(row => row.clock === clock)?.attainment ?? null
  const hours = localHour(figures.at, zone) + 1
  const rows = figures.byArea
    .filter(row => row.clock === clock && row.key !== null)
    .map(row => {
      const code = row.key ?? ''
      const n = row.met + row.breached
      const byHour = areaDays.find(day => day.code === code)?.byHour ?? []
      return {
        code,
        name: shortName(areaName(areas, code)),
        attainment: row.attainment,
        n,
        isLow: whole !== null && row.attainment !== null && row.attainment < whole && n >= FEW,
        hours: Array.from({ length: hours }, (_, hour) => attainmentAt(byHour, clock, hour)),
      }
    })
    .toSorted(
      (a, b) =>
        Number(a.n < FEW) - Number(b.n < FEW) ||
        (a.attainment ?? 2) - (b.attainment ?? 2) ||
        (a.code < b.code ? -1 : 1),
    )
  return { rows, whole }
}

const attainmentAt = (byHour: readonly Summary[], clock: string, hour: number): number | null =>
  byHour.find(row => row.clock === clock && Number(row.key) === hour)?.attainment ?? null

export type MatrixRow = {
  readonly code: string
  readonly name: string
  readonly cells: readonly number[]
  readonly sum: number // of every category, shown or not
}
/** The areas by the `most` frequent categories of all of them. */
export function matrix(
  areaDays: readonly AreaDay[],
  areas: readonly WallArea[],
  categories: readonly WallCategory[],
  most: number,
): { readonly categories: readonly WallCategory[]; readonly rows: readonly MatrixRow[] } {
  const inOrder = areaDays.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const counted = inOrder.map(({ code, byCategory }) => ({ code, counts: cohortByKey(byCategory) }))
  const totalOf = ({ id }: WallCategory) => counted.reduce((sum, { counts }) => sum + (counts.get(id) ?? 0), 0)
  const shown = categories.toSorted((a, b) => totalOf(b) - totalOf(a)).slice(0, most)
  const rows = counted.map(({ code, counts }) => ({
    code,
    name: shortName(areaName(areas, code)),
    cells: shown.map(({ id }) => counts.get(id) ?? 0),
    sum: [...counts.values()].reduce((sum, n) => sum + n, 0),
  }))
  return { categories: shown, rows }
}

export type DutyRow = { readonly role: string; readonly onDuty: number; readonly busy: number; readonly all: number }
/** Of each role, the largest first: how many there are, are on duty, and are out on an incident. */
export function dutyRows(workers: Iterable<WallWorker>): readonly DutyRow[] {
  const roles = new Map<string, { role: string; onDuty: number; busy: number; all: number }>()
  for (const { role, onDuty, incident } of workers) {
    const row = roles.get(role) ?? { role, onDuty: 0, busy: 0, all: 0 }
    roles.set(role, row)
    row.all += 1
    if (onDuty) row.onDuty += 1
    if (onDuty && incident !== null) row.busy += 1
  }
  return [...roles.values()].toSorted((a, b) => b.onDuty - a.onDuty || b.all - a.all || (a.role < b.role ? -1 : 1))
}

/** The level of the areas below, when they share one. */
export function levelBelow(areas: readonly WallArea[], scope: string | null): string | null {
  const levels = new Set(within(areas, scope).map(area => area.level))
  return levels.size === 1 ? ([...levels][0] ?? null) : null
}

/**
 * How many are open. A snapshot lists only so many; when it left some out, the day's figures know how many there are.
 */
export function openTotal(listed: number, unlisted: number, figures: WallFigures | null): number {
  if (unlisted === 0 || figures === null) return listed
  const bin = figures.flow.find(({ from, to }) => from <= figures.at && figures.at < to)
  return Math.max(listed, bin?.open ?? 0)
}
