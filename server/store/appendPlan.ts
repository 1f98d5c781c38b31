/** Decides what a batch of appends writes, from what was loaded for it. Pure; each append is taken whole or not at all. */

import { canonicalJson, eventHash, isObject } from './eventHash.ts'
import type { Append, AppendResult, DoneCommand, Json, NewEvent, StoredEvent, StreamName } from './eventStore.ts'

export type LogHead = { readonly position: number; readonly hash: string; readonly recordedAt: number }
/** `position`: of the last fact that the command wrote; `stream`: the first that it wrote to. */
export type CommandRow = DoneCommand & { readonly id: string }
/** What the log says of the streams, commands and numbers that a batch touches; the plan brings it up to date. */
export type LogState = {
  head: LogHead
  readonly versions: Map<StreamName, number>
  readonly commands: Map<string, CommandRow>
  readonly numbers: Map<string, string> // to incident id
}
export type PlannedEvent = { readonly event: StoredEvent; readonly dataJson: string }
export type AppendPlan = {
  readonly results: AppendResult[]
  readonly events: PlannedEvent[]
  readonly commands: CommandRow[]
  readonly taken: Append[] // those that are written
}

export function planAppends(state: LogState, appends: readonly Append[]): AppendPlan {
  const plan: AppendPlan = { results: [], events: [], commands: [], taken: [] }
  for (const append of appends)
    plan.results.push(done(state, append) ?? refusal(state, append) ?? take(state, plan, append))
  return plan
}

/** The numbers that an append claims, with the incident of each. */
export function claimedNumbers(append: Append): { readonly number: string; readonly incident: string }[] {
  return append.streams.flatMap(({ stream, events }) =>
    stream.startsWith('incident:')
      ? events.flatMap(({ type, data }) => {
          const isOpening = (type === 'signalled' || type === 'reported') && isObject(data)
          const number = isOpening ? data['number'] : undefined
          return typeof number === 'string' ? [{ number, incident: stream.slice('incident:'.length) }] : []
        })
      : [],
  )
}

function done(state: LogState, { command }: Append): AppendResult | null {
  const before = command && state.commands.get(command.id)
  if (!command || !before) return null
  if (before.requestHash !== command.requestHash) return { kind: 'commandConflict' }
  return { kind: 'replayed', position: before.position }
}

function refusal(state: LogState, append: Append): AppendResult | null {
  const grown = new Map<StreamName, number>()
  for (const { stream, expected, events } of append.streams) {
    const actual = grown.get(stream) ?? state.versions.get(stream) ?? 0
    const holds =
      expected === 'any' ||
      (expected === 'none' ? actual === 0 : expected === 'exists' ? actual > 0 : actual === expected)
    if (!holds) return { kind: 'versionConflict', stream, actual }
    grown.set(stream, actual + events.length)
  }
  const claims = new Map<string, string>()
  for (const { number, incident } of claimedNumbers(append)) {
    const owner = claims.get(number) ?? state.numbers.get(number)
    if (owner !== undefined && owner !== incident) return { kind: 'numberTaken', number }
    claims.set(number, incident)
  }
  return null
}

function take(state: LogState, plan: AppendPlan, append: Append): AppendResult {
  const commandId = append.command?.id ?? null
  for (const { stream, events } of append.streams)
    for (const event of events) plan.events.push(record(state, stream, event, commandId, append.recordedAt))
  for (const { number, incident } of claimedNumbers(append)) state.numbers.set(number, incident)
  const { position } = state.head
  if (append.command) {
    const { id, requestHash, result = null } = append.command
    const row = { id, requestHash, position, stream: append.streams[0]?.stream ?? null, result }
    state.commands.set(row.id, row)
    plan.commands.push(row)
  }
  plan.taken.push(append)
  return { kind: 'appended', position }
}

/** An absent property and an undefined one are the same in the log, but not to a spread. */
function hasUndefined(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null) return value === undefined
  for (const member of Object.values(value)) if (hasUndefined(member)) return true
  return false
}

function record(
  state: LogState,
  stream: StreamName,
  event: NewEvent,
  commandId: string | null,
  recordedAt: number,
): PlannedEvent {
  const dataJson = canonicalJson(event.data)
  const version = (state.versions.get(stream) ?? 0) + 1
  const row = {
    position: state.head.position + 1,
    stream,
    version,
    eventId: event.eventId,
    type: event.type,
    schemaVersion: event.schemaVersion,
    data: hasUndefined(event.data) ? (JSON.parse(dataJson) as Json) : event.data, // as a replay will read it
    actor: event.actor,
    commandId,
    at: event.at,
    recordedAt: Math.max(recordedAt, state.head.recordedAt),
    previousHash: state.head.hash,
  }
  const stored = { ...row, hash: eventHash(row, dataJson) }
  state.head = { position: stored.position, hash: stored.hash, recordedAt: stored.recordedAt }
  state.versions.set(stream, version)
  return { event: stored, dataJson }
}
