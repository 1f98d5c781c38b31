/** Writes many waiting appends with their projections in one transaction: load, decide, write; no statement per append. */
import { type AppendPlan, claimedNumbers, type LogHead, type LogState, planAppends } from './appendPlan.ts'
import type { Append, AppendResult, StreamName } from './eventStore.ts'
import { doneCommands, readHead } from './logReads.ts'
import { type PolicyCache, project } from './projections/project.ts'
import { insert, query, type Steps } from './steps.ts'
import { commands, events, personal } from './tables.ts'

export function* appendBatch(appends: readonly Append[], policies: PolicyCache): Steps<AppendResult[]> {
  const state = yield* load(appends)
  const before = state.head.position
  const plan = planAppends(state, appends)
  yield* write(plan)
  if (state.head.position !== before) yield* moveHead(state.head)
  yield* project(
    plan.events.map(({ event }) => event),
    plan.taken.flatMap(append => append.personal),
    policies,
  )
  return plan.results
}

function* load(appends: readonly Append[]): Steps<LogState> {
  const head = yield* readHead()
  const commandIds = appends.flatMap(({ command }) => (command ? [command.id] : []))
  const streams = [...new Set(appends.flatMap(append => append.streams.map(({ stream }) => stream)))]
  const claims = appends.flatMap(claimedNumbers).map(({ number }) => number)
  const done = yield* doneCommands(commandIds)
  const versions = streams.length
    ? yield* query('select stream, max(version) from events where stream = any(?) group by stream', streams)
    : []
  const taken = claims.length ? yield* query('select number, id from incidents where number = any(?)', claims) : []
  return {
    head,
    versions: new Map(versions.map(([stream, version]) => [stream as StreamName, version as number])),
    commands: new Map(done.map(row => [row.id, row])),
    numbers: new Map(taken.map(([number, id]) => [number as string, id as string])),
  }
}

function* write(plan: AppendPlan): Steps<void> {
  const rows = plan.events.map(({ event, dataJson }) => [
    ...[event.position, event.stream, event.version, event.eventId, event.type, event.schemaVersion, dataJson],
    ...[event.actor, event.commandId, event.at, event.recordedAt, event.previousHash, event.hash],
  ])
  yield* insert(events.insertHead, '', rows)
  yield* insert(commands.insertHead, '', plan.commands.map(commands.encode))
  const values = plan.taken.flatMap(append => append.personal).map(personal.encode)
  yield* insert(personal.insertHead, 'on conflict do nothing', values)
}

function* moveHead({ position, hash, recordedAt }: LogHead): Steps<void> {
  yield* query('update log_head set position = ?, hash = ?, recorded_at = ? where id = 1', position, hash, recordedAt)
}
