import { hasMeasure, MEASURES } from '#domain/figures/measures.ts'
import { type GroupBy, groupKeys } from '#domain/incident/groupKeys.ts'
import { inForce } from '#domain/sla/choosePolicy.ts'
import { clockFigures } from '#domain/sla/clockFigures.ts'
import type { Policy } from '#domain/sla/policy.ts'
import { type ClockSummary, type SummaryRow, summarize } from '#domain/sla/summary.ts'
import type { Bin } from '#domain/time/bins.ts'
import type { Viewer } from '../access/viewer.ts'
import type { ReferenceData } from '../app.ts'
import type { Snapshot } from '../store/eventStore.ts'
import { type AsOf, instantOf } from './asOf.ts'
import { dutyTime, homeKeys } from './dutyTime.ts'
import { groupingPlace } from './groupingPlace.ts'
import type { IncidentFilter } from './incidentFilter.ts'
import { type OverLimit, overLimits } from './overLimits.ts'
import { positionKnown } from './positionKnown.ts'
import { type Counts, count, noCounts, type Rates, ratesOf } from './rates.ts'
import { selectIncidents } from './selectIncidents.ts'
import { areaSight, seesWorker } from './sight.ts'

export type CohortRequest = {
  readonly filter: IncidentFilter & { readonly from: number; readonly to: number }
  readonly groupBy: readonly GroupBy[]
  readonly bins: readonly Bin[]
  readonly worst: number
  readonly asOf: AsOf
  readonly now: number
}
export type CohortFigures = Counts &
  Rates & {
    readonly key: string | null
    readonly by: GroupBy | null
    readonly areaAt: number // of which time the areas of the keys are
    readonly clocks: readonly ClockSummary[]
    readonly trend: readonly number[]
    readonly dutyMs: number | null
  }
export type Cohort = {
  readonly position: number
  readonly at: number
  readonly generatedAt: number
  readonly bins: readonly Bin[]
  readonly whole: CohortFigures
  readonly groups: readonly { readonly by: GroupBy; readonly rows: readonly CohortFigures[] }[]
  readonly worst: readonly OverLimit[]
}

/** All figures of a page, counted in one pass: so they agree with each other, and each with the list that it opens to. */
export async function cohort(
  snapshot: Snapshot,
  reference: ReferenceData,
  viewer: Viewer,
  request: CohortRequest,
): Promise<Cohort> {
  const { filter, groupBy, bins, asOf, now } = request
  const instant = instantOf(asOf, now)
  const areaAt = Math.max(filter.from, Math.min(filter.to - 1, instant))
  const whole = tally(bins)
  const groups = groupBy.map(by => ({
    by,
    rows: new Map<string | null, Tally>(seeds(by).map(key => [key, tally(bins)])),
  }))
  const place = groupingPlace(reference)
  const used = new Set<Policy>()
  const over: OverLimit[] = []
  for await (const { record, clocks } of selectIncidents(snapshot, reference, viewer, { filter, asOf, now })) {
    const { incident } = record
    const { policy, readings } = clocks()
    if (policy !== null) used.add(policy)
    const figures = clockFigures(readings, incident.facts)
    const measured = { incident, clocks: () => readings }
    const add = (into: Tally, key: string | null) => {
      count(into.counts, measured, MEASURES)
      into.rows.push({ key, clocks: figures })
      if (into.trend.length > 0 && hasMeasure('reported', measured)) addToBin(into.trend, bins, incident.firstAt)
    }
    add(whole, null)
    for (const { by, rows } of groups) {
      for (const key of groupKeys(by, incident, place, filter.area ?? null)) {
        const row = rows.get(key) ?? tally(bins)
        rows.set(key, row)
        add(row, key)
      }
    }
    if (request.worst > 0) over.push(...overLimits(record, readings, filter.clock ?? null))
  }

  const policies =
    used.size > 0 ? reference.policies.filter(policy => used.has(policy)) : inForce(reference.policies, areaAt)
  const names =
    filter.clock == null ? [...new Set(policies.flatMap(({ clocks }) => Object.keys(clocks)))] : [filter.clock]
  const duty = await dutyByKey()
  const figures = (by: GroupBy | null, key: string | null, { counts, rows, trend }: Tally): CohortFigures => ({
    ...counts,
    ...ratesOf(counts),
    key,
    by,
    areaAt,
    clocks: summarize(rows, names, [key]),
    trend,
    dutyMs: by === null ? duty.whole : by === 'AREA' ? (duty.byKey.get(key ?? '') ?? 0) : null,
  })
  const position = await positionKnown(snapshot, asOf.knownAt)
  const [last] = await snapshot.events({ after: (await snapshot.head()) - 1, limit: 1 })
  return {
    position,
    at: instant,
    // What was written while this was asked is counted too: the instant by which all of it is known.
    generatedAt: Math.max(now, last?.recordedAt ?? now),
    bins,
    whole: figures(null, null, whole),
    groups: groups.map(({ by, rows }) => ({
      by,
      rows: [...rows].sort(([a], [b]) => order(a, b)).map(([key, row]) => figures(by, key, row)),
    })),
    worst: over
      .sort((a, b) => b.overMs - a.overMs || order(a.record.incident.id, b.record.incident.id))
      .slice(0, request.worst),
  }

  /** Keys that stand in the table even when nothing happened there. */
  function seeds(by: GroupBy): string[] {
    if (by === 'HOUR') return Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))
    if (by !== 'AREA') return []
    const { areas } = reference
    const below = filter.area == null ? areas.roots(areaAt) : areas.children(filter.area, areaAt)
    return below.map(({ code }) => code).filter(code => areaSight(viewer, reference, code, areaAt) !== 'none')
  }

  async function dutyByKey() {
    const seen = [...reference.workers.values()].filter(worker => seesWorker(viewer, reference, worker, now))
    const keys = homeKeys(seen, reference, filter.area ?? null, areaAt)
    const workers = seen.filter(({ id }) => keys.has(id))
    const byKey = new Map<string, number>()
    let sum = 0
    for (const [worker, ms] of await dutyTime(snapshot, { from: filter.from, to: filter.to, asOf, now, workers })) {
      const key = keys.get(worker) ?? ''
      byKey.set(key, (byKey.get(key) ?? 0) + ms)
      sum += ms
    }
    return { byKey, whole: sum }
  }
}

type Tally = { readonly counts: Counts; readonly rows: SummaryRow[]; readonly trend: number[] }

function tally(bins: readonly Bin[]): Tally {
  return { counts: noCounts(), rows: [], trend: bins.map(() => 0) }
}

function addToBin(trend: number[], bins: readonly Bin[], at: number): void {
  const index = bins.findIndex(bin => bin.from <= at && at < bin.to)
  if (index >= 0) trend[index] = (trend[index] ?? 0) + 1
}

function order(a: string | null, b: string | null): number {
  return a === b ? 0 : a === null || (b !== null && a > b) ? 1 : -1
}
