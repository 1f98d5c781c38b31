import type { CommandFailure, IncidentRequest, IncidentVerb } from '../../commands/types.ts'
import { PRESENT } from '../../incidents/asOf.ts'
import { findIncident } from '../../incidents/listIncidents.ts'
import type { DutyRequest, IncomingFix } from '../../positions/types.ts'
import type { Context } from '../context.ts'
import { Refusal, refusalOf } from '../refusal.ts'
import { incidentSource } from './incident.ts'

type Input<T> = { readonly input: Nullable<T> & { readonly commandId: string } }
type Nullable<T> = { readonly [K in keyof T]: T[K] | null }
type ResultSource = {
  readonly position: number
  readonly replayed: boolean
  readonly incident?: string
  readonly worker?: string
}
type RecordInput = {
  readonly commandId: string
  readonly sentAt?: number | null
  readonly worker: string
  readonly fixes: readonly IncomingFix[]
}

const MOST_FIXES = 5000

/** One resolver for every verb: the contract's inputs name their fields as IncidentRequest does. */
const command =
  (verb: IncidentVerb) =>
  async (_: unknown, { input }: Input<Omit<IncidentRequest, 'verb'>>, context: Context) => {
    const { deps, reading } = context
    mustBeSource(input.source)
    const outcome = await deps.commands.execute(reading.viewer, {
      ...present(input),
      commandId: uuid(input.commandId),
      verb,
    })
    await reading.renew()
    return done(outcome)
  }

const duty =
  (onDuty: boolean) =>
  async (_: unknown, { input }: Input<DutyRequest & { worker: string }>, context: Context) => {
    const { deps, reading } = context
    const { worker, ...request } = present(input)
    if (worker === undefined) throw new Error('the schema lets no duty pass without a worker')
    const outcome = await deps.positions.setDuty(reading.viewer, worker, onDuty, {
      ...request,
      commandId: uuid(input.commandId),
    })
    await reading.renew()
    return done(outcome)
  }

export const mutationResolvers = {
  Mutation: {
    signalIncident: command('signal'),
    reportIncident: command('report'),
    classifyIncident: command('classify'),
    dispatchIncident: command('dispatch'),
    acceptIncident: command('accept'),
    withdrawIncident: command('withdraw'),
    arriveIncident: command('arrive'),
    pauseIncident: command('pause'),
    resumeIncident: command('resume'),
    resolveIncident: command('resolve'),
    verifyIncident: command('verify'),
    rateIncident: command('rate'),
    reopenIncident: command('reopen'),
    closeIncident: command('close'),
    mergeIncident: command('merge'),
    voidIncident: command('void'),
    restoreIncident: command('restore'),
    startDuty: duty(true),
    endDuty: duty(false),
    recordPositions: async (_: unknown, { input }: { input: RecordInput }, { deps, reading }: Context) => {
      if (input.fixes.length > MOST_FIXES) {
        throw new Refusal('BAD_INPUT', {
          en: `At most ${MOST_FIXES} fixes at once`,
          zh: `一次最多 ${MOST_FIXES} 个定位点`,
        })
      }
      const request = { commandId: uuid(input.commandId), sentAt: input.sentAt ?? undefined }
      return done(await deps.positions.record(reading.viewer, input.worker, input.fixes, request))
    },
  },
  CommandResult: {
    incident: async ({ incident }: ResultSource, _: Record<string, never>, { reading }: Context) => {
      if (incident === undefined) return null
      const record = await findIncident(await reading.snapshot(), reading.viewer, incident, PRESENT)
      return record === null ? null : incidentSource(reading, record, PRESENT)
    },
  },
}

function done<T extends { readonly ok: true }>(outcome: T | CommandFailure): T {
  if (!outcome.ok) throw refusalOf(outcome)
  return outcome
}

/** GraphQL's null and absence mean the same here. */
function present<T extends object>(input: Nullable<T>): Partial<T> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null)) as Partial<T>
}

/** It stands in the log in clear, so it is a name and never words. */
function mustBeSource(source: string | null | undefined): void {
  if (source == null || /^[\w.-]{1,40}$/.test(source)) return
  throw new Refusal('BAD_INPUT', {
    en: 'source has 1 to 40 letters, digits, "_", "." or "-"',
    zh: 'source 由 1 至 40 个字母、数字、“_”、“.” 或 “-” 组成',
  })
}

function uuid(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase()
  throw new Refusal('BAD_INPUT', { en: 'commandId is a UUID', zh: 'commandId 必须是 UUID' })
}
