import { type Fact, isToldLate } from '#domain/incident/facts.ts'
import type { ClockReading } from '#domain/sla/clocks.ts'
import { type IncidentClocks, incidentClocks } from '#domain/sla/incidentClocks.ts'
import { mayReadPersonal } from '../../access/may.ts'
import { type AsOf, instantOf } from '../../incidents/asOf.ts'
import { readsOnlyOwn } from '../../incidents/scope.ts'
import type { IncidentRecord } from '../../store/eventStore.ts'
import type { Context } from '../context.ts'
import type { Reading } from '../reading.ts'
import type { WorkerSource } from '../workersThen.ts'
import { areaSource } from './area.ts'

export type IncidentSource = {
  readonly record: IncidentRecord
  readonly asOf: AsOf
  readonly clocks: () => IncidentClocks
}
type ClockSource = { readonly name: string; readonly reading: ClockReading; readonly atRiskFraction: number }
type FactSource = { readonly fact: Fact; readonly incident: string }
type Args = Record<string, never>

export function incidentSource(reading: Reading, record: IncidentRecord, asOf: AsOf): IncidentSource {
  let held: IncidentClocks | null = null
  return {
    record,
    asOf,
    clocks: () => {
      held ??= incidentClocks(record.incident, reading.reference.policies, instantOf(asOf, reading.now))
      return held
    },
  }
}

const fields = ['id', 'number', 'status', 'category', 'tier', 'source', 'place', 'path'] as const
const plain = Object.fromEntries(fields.map(field => [field, ({ record }: IncidentSource) => record.incident[field]]))

export const incidentResolvers = {
  Incident: {
    ...plain,
    /** A title may name a resident: who may not read that, and after an erasure, gets the category's name. */
    title: ({ record }: IncidentSource, _: Args, { reading }: Context) => {
      const { viewer, reference } = reading
      const { category } = record.incident
      const title = mayReadPersonal(viewer) || readsOnlyOwn(viewer) ? record.title : null
      return title ?? reference.categories.get(category)?.name ?? category
    },
    area: ({ record }: IncidentSource, _: Args, { reading }: Context) => {
      const { path, firstAt } = record.incident
      const deepest = path.at(-1)
      // As it was called when the incident was placed; today's version where that one was imported later.
      return areaSource(reading, deepest, firstAt) ?? areaSource(reading, deepest, reading.now)
    },
    assignees: ({ record, asOf }: IncidentSource, _: Args, { reading }: Context): WorkerSource[] =>
      record.incident.assignees.flatMap(id => {
        const row = reading.reference.workers.get(id)
        return row === undefined ? [] : [{ row, when: reading.workers(asOf) }]
      }),
    clocks: (source: IncidentSource): ClockSource[] => {
      const { policy, readings } = source.clocks()
      if (policy === null) return []
      return Object.entries(readings).map(([name, reading]) => ({
        name,
        reading,
        atRiskFraction: policy.atRiskFraction,
      }))
    },
    leadingClock: (source: IncidentSource): ClockSource | null => {
      const { policy, readings, leading } = source.clocks()
      const reading = leading === null ? undefined : readings[leading]
      return policy === null || leading === null || reading === undefined
        ? null
        : { name: leading, reading, atRiskFraction: policy.atRiskFraction }
    },
    facts: ({ record }: IncidentSource): FactSource[] =>
      record.incident.facts.map(fact => ({ fact, incident: record.incident.id })),
    version: ({ record }: IncidentSource) => record.version,
  },
  Clock: {
    name: ({ name }: ClockSource) => name,
    atRiskFraction: ({ atRiskFraction }: ClockSource) => atRiskFraction,
    state: ({ reading }: ClockSource) => reading.state,
    elapsedMs: ({ reading }: ClockSource) => reading.elapsedMs,
    limitMs: ({ reading }: ClockSource) => reading.limitMs,
    startedAt: ({ reading }: ClockSource) => reading.startedAt,
    endedAt: ({ reading }: ClockSource) => reading.endedAt,
    deadline: ({ reading }: ClockSource) => reading.deadline,
    breachedAt: ({ reading }: ClockSource) => reading.breachedAt,
    atRisk: ({ reading }: ClockSource) => reading.atRisk,
  },
  Fact: {
    position: ({ fact }: FactSource) => fact.position,
    type: ({ fact }: FactSource) => fact.type,
    at: ({ fact }: FactSource) => fact.at,
    recordedAt: ({ fact }: FactSource) => fact.recordedAt,
    actor: ({ fact }: FactSource, _: Args, { reading }: Context) => (readsOnlyOwn(reading.viewer) ? null : fact.actor),
    late: ({ fact }: FactSource) => isToldLate(fact),
    assignee: ({ fact }: FactSource) => ('assignee' in fact.data ? (fact.data.assignee ?? null) : null),
    clock: ({ fact }: FactSource) => ('clock' in fact.data ? fact.data.clock : null),
    deadline: ({ fact }: FactSource) => ('deadline' in fact.data ? fact.data.deadline : null),
    reason: async ({ fact, incident }: FactSource, _: Args, { reading }: Context) => {
      const wrote = 'texts' in fact.data && fact.data.texts?.reason !== undefined
      if (!wrote || !mayReadPersonal(reading.viewer)) return null
      return (await reading.texts(incident)).get(`${fact.eventId}.reason`) ?? null
    },
  },
}
