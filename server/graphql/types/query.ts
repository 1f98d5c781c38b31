import type { LngLat } from '#domain/incident/facts.ts'
import type { GroupBy } from '#domain/incident/groupKeys.ts'
import { inForce } from '#domain/sla/choosePolicy.ts'
import { type Bin, bins, MOST_BINS, MOST_YEARS } from '#domain/time/bins.ts'
import { mayRead } from '../../access/may.ts'
import { type AsOf, PRESENT } from '../../incidents/asOf.ts'
import { cohort } from '../../incidents/cohort.ts'
import { flow } from '../../incidents/flow.ts'
import type { IncidentFilter } from '../../incidents/incidentFilter.ts'
import { findIncident, listIncidents, MOST_PER_PAGE } from '../../incidents/listIncidents.ts'
import { rates } from '../../incidents/rates.ts'
import { seesWorker } from '../../incidents/sight.ts'
import { slaSummary } from '../../incidents/slaSummary.ts'
import type { Context } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import type { Reading } from '../reading.ts'
import { Refusal } from '../refusal.ts'
import { mustBeSound } from '../soundFilter.ts'
import type { WorkerSource } from '../workersThen.ts'
import { type AreaSource, areaSource } from './area.ts'
import { incidentSource } from './incident.ts'

type AsOfInput = { at?: number | null; knownAt?: number | null } | null
type Period = { from: number; to: number; filter?: IncidentFilter | null; asOf?: AsOfInput }
type Args = Record<string, never>

export const queryResolvers = {
  Query: {
    areas: (
      _: unknown,
      { parent, level, validAt }: { parent?: string | null; level?: string | null; validAt?: number | null },
      { reading }: Context,
    ): AreaSource[] => {
      const at = validAt ?? reading.now
      const { areas } = reading.reference
      // With a level: whatever of that level lies below the parent, however deep.
      const below = (code: string) => areas.subtree(code, at).slice(1)
      const codes =
        parent == null
          ? areas.roots(at).flatMap(root => areas.subtree(root.code, at))
          : level == null
            ? areas.children(parent, at).map(child => child.code)
            : below(parent)
      const wanted = codes.filter(code => level == null || areas.area(code, at)?.level === level)
      return wanted.map(code => areaSource(reading, code, at)).filter(source => source !== null)
    },
    area: (_: unknown, { code, validAt }: { code: string; validAt?: number | null }, { reading }: Context) =>
      areaSource(reading, code, validAt ?? reading.now),
    areaAt: (
      _: unknown,
      { place, level, validAt }: { place: LngLat; level?: string | null; validAt?: number | null },
      { reading }: Context,
    ) => {
      const at = validAt ?? reading.now
      return areaSource(reading, reading.reference.areas.locate(place, at, level ?? undefined).at(-1), at)
    },
    categories: (_: unknown, __: Args, { reading }: Context) => [...reading.reference.categories.values()],
    incidents: async (
      _: unknown,
      args: { filter?: IncidentFilter | null; first?: number | null; after?: string | null; asOf?: AsOfInput },
      { reading }: Context,
    ) => {
      const first = args.first ?? 50
      if (first < 0 || first > MOST_PER_PAGE) {
        throw new Refusal('BAD_INPUT', {
          en: `first is 0 to ${MOST_PER_PAGE}`,
          zh: `first 的取值是 0 到 ${MOST_PER_PAGE}`,
        })
      }
      const asOf = asOfOf(args.asOf)
      mustBeSound(args.filter)
      const after = args.after == null ? null : placeOf(args.after)
      const request = { filter: args.filter ?? {}, first, after, asOf, now: reading.now }
      const page = await listIncidents(await reading.snapshot(), reading.reference, reading.viewer, request)
      const last = page.records.at(-1)
      return {
        nodes: page.records.map(record => incidentSource(reading, record, asOf)),
        pageInfo: { hasNextPage: page.hasNextPage, endCursor: last === undefined ? null : cursorOf(last.incident) },
        totalCount: page.totalCount,
      }
    },
    incident: async (_: unknown, args: { id: string; asOf?: AsOfInput }, { reading }: Context) => {
      const asOf = asOfOf(args.asOf)
      const record = await findIncident(await reading.snapshot(), reading.viewer, args.id, asOf)
      return record === null ? null : incidentSource(reading, record, asOf)
    },
    workers: async (
      _: unknown,
      args: { area?: string | null; onDuty?: boolean | null; asOf?: AsOfInput },
      { reading }: Context,
    ): Promise<WorkerSource[]> => {
      const { reference, viewer, now } = reading
      const when = reading.workers(asOfOf(args.asOf))
      const duty = args.onDuty == null ? null : await when.duty()
      return [...reference.workers.values()]
        .filter(row => seesWorker(viewer, reference, row, now))
        .filter(
          row =>
            args.area == null ||
            isBelow(reading, row.area, args.area) ||
            row.leads.some(code => isBelow(reading, code, args.area)),
        )
        .filter(row => duty === null || duty.has(row.id) === args.onDuty)
        .map(row => ({ row, when }))
    },
    slaSummary: async (_: unknown, args: Period & { groupBy?: GroupBy | null }, { reading }: Context) => {
      const { filter, asOf, now } = within(reading, args)
      const request = { filter, groupBy: args.groupBy ?? null, asOf, now }
      return slaSummary(await reading.snapshot(), reading.reference, reading.viewer, request)
    },
    flow: async (_: unknown, args: Period & { step: string }, { reading }: Context) => {
      mustRead(reading)
      mustBeSound(args.filter)
      const made = binsOf(reading, args)
      const request = { bins: made, filter: args.filter ?? {}, asOf: asOfOf(args.asOf), now: reading.now }
      return flow(await reading.snapshot(), reading.reference, reading.viewer, request)
    },
    cohort: async (
      _: unknown,
      args: Period & { groupBy?: readonly GroupBy[] | null; step?: string | null; worst?: number | null },
      { reading }: Context,
    ) => {
      const { step } = args
      const request = {
        ...within(reading, args),
        groupBy: [...new Set(args.groupBy ?? [])],
        bins: step == null ? [] : binsOf(reading, { ...args, step }),
        worst: Math.max(0, Math.min(MOST_PER_PAGE, args.worst ?? 0)),
      }
      const counted = await cohort(await reading.snapshot(), reading.reference, reading.viewer, request)
      return { ...counted, asOf: request.asOf }
    },
    rates: async (_: unknown, args: Period, { reading }: Context) =>
      rates(await reading.snapshot(), reading.reference, reading.viewer, within(reading, args)),
    head: async (_: unknown, __: Args, { reading }: Context) => (await reading.snapshot()).head(),
    me: (_: unknown, __: Args, { reading }: Context) => reading.viewer,
    policies: (_: unknown, { at }: { at?: number | null }, { reading }: Context) =>
      inForce(reading.reference.policies, at ?? reading.now),
  },
  Viewer: {
    worker: (viewer: Reading['viewer'], _: Args, { reading }: Context): WorkerSource | null => {
      const row = viewer.worker === null ? undefined : reading.reference.workers.get(viewer.worker)
      return row === undefined ? null : { row, when: reading.workers(PRESENT) }
    },
  },
}

function within(
  reading: Reading,
  { from, to, filter, asOf }: Period,
): { filter: IncidentFilter & Bin; asOf: AsOf; now: number } {
  mustRead(reading)
  mustBeSound(filter)
  const narrowed = {
    ...filter,
    from: Math.max(from, filter?.from ?? from),
    to: Math.min(to, filter?.to ?? to),
  }
  return { filter: narrowed, asOf: asOfOf(asOf), now: reading.now }
}

function binsOf({ reference }: Reading, { from, to, step }: Bin & { readonly step: string }): Bin[] {
  const made = bins(from, to, step, reference.timezone)
  if (made !== null) return made
  throw new Refusal('BAD_INPUT', {
    en: `step is a duration like PT5M, PT1H or P1D, up to a year, that makes at most ${MOST_BINS} bins of at most ${MOST_YEARS} years`,
    zh: `step 是 PT5M、PT1H、P1D 这样的时长，不超过一年，最多分成 ${MOST_BINS} 段，总跨度不超过 ${MOST_YEARS} 年`,
  })
}

function asOfOf(input: AsOfInput | undefined): AsOf {
  return input == null ? PRESENT : { at: input.at ?? null, knownAt: input.knownAt ?? null }
}

function mustRead({ viewer }: Reading): void {
  if (mayRead(viewer)) return
  throw new Refusal('FORBIDDEN', { en: 'You see only what you reported yourself', zh: '您只能查看自己上报的事件' })
}

function isBelow({ reference, now }: Reading, code: string | null, area: string | null | undefined): boolean {
  return code !== null && area != null && reference.areas.path(code, now).includes(area)
}
