/** Proves that the log is whole and that every projection equals its replay. Reads only, all of one instant. */

import { canonicalJson, eventHash, FIRST_PREVIOUS_HASH, isObject, personalDigest } from './eventHash.ts'
import type { AreaCount, Json, StoredEvent } from './eventStore.ts'
import { readHead } from './logReads.ts'
import { NEWEST_OF_SOURCES } from './positions.ts'
import { addCount } from './projections/incidentChange.ts'
import { idIn, type PolicyCache } from './projections/project.ts'
import { isOrphan, nextStreams, ORPHANS, replay } from './rebuild.ts'
import { readEvents } from './snapshotReads.ts'
import { query, type Reader, type Steps } from './steps.ts'
import {
  areaCounts,
  clocks,
  dutySpans,
  incidentAreas,
  incidents,
  personal,
  type Table,
  workerStates,
} from './tables.ts'

const EVENTS_AT_ONCE = 2_000
/** More of them say no more. */
const MAX_FINDINGS = 100

export async function verifyStore(reader: Reader, progress: (done: number, total: number) => void): Promise<string[]> {
  const found: string[] = []
  const head = await reader.run(readHead())
  const log = logCheck(found)
  for (let after = 0; ; ) {
    const page = await reader.run(readEvents(after, EVENTS_AT_ONCE))
    const last = page.at(-1)
    if (!last) break
    for (const event of page) log.take(event)
    after = last.position
    progress(after, head.position * 2)
    await turn()
  }
  if (log.last().position !== head.position || log.last().hash !== head.hash)
    found.push(`log head: says position ${head.position}, the log ends at ${log.last().position}`)
  await checkCommands(reader, log.commands, found)
  await checkPersonal(reader, log.digests, found)
  await checkProjections(reader, found, done => progress(head.position + done, head.position * 2))
  if (found.length <= MAX_FINDINGS) return found
  return [...found.slice(0, MAX_FINDINGS), `and ${found.length - MAX_FINDINGS} more`]
}

function logCheck(found: string[]) {
  let last = { position: 0, hash: FIRST_PREVIOUS_HASH, recordedAt: Number.NEGATIVE_INFINITY }
  const versions = new Map<string, number>()
  const digests = new Map<string, string>() // by subject and field
  const commands: CommandsOfLog = new Map()
  function take(event: StoredEvent): void {
    const { position, stream, version, recordedAt } = event
    if (position !== last.position + 1) found.push(`position ${last.position + 1}: missing before ${position}`)
    if (event.previousHash !== last.hash) found.push(`position ${position}: does not follow from the hash before it`)
    if (eventHash(event, canonicalJson(event.data)) !== event.hash)
      found.push(`position ${position}: its hash does not fit what it says`)
    if (recordedAt < last.recordedAt) found.push(`position ${position}: recorded before the one in front of it`)
    const expected = (versions.get(stream) ?? 0) + 1
    if (version !== expected)
      found.push(`position ${position}: version ${version} of ${stream} where ${expected} was due`)
    versions.set(stream, version)
    if (event.commandId !== null) {
      const first = commands.get(event.commandId)?.stream ?? stream
      commands.set(event.commandId, { stream: first, position })
    }
    last = { position, hash: event.hash, recordedAt }
    const texts = isObject(event.data) ? event.data['texts'] : undefined
    const subject = stream.slice(stream.indexOf(':') + 1)
    if (isObject(texts))
      for (const [field, digest] of Object.entries(texts)) addDigest(`${subject} ${event.eventId}.${field}`, digest)
  }
  function addDigest(key: string, digest: Json | undefined): void {
    if (typeof digest === 'string') digests.set(key, digest)
  }
  return { take, last: () => last, digests, commands }
}

/** Of each command whose facts are in the log: the stream of its first and the position of its last. */
type CommandsOfLog = Map<string, { readonly stream: string; readonly position: number }>

/** A command without a row would be done again when it is sent again. Those that wrote no fact have no stream. */
async function checkCommands(reader: Reader, told: CommandsOfLog, found: string[]): Promise<void> {
  const unseen = new Set(told.keys())
  for (let last = ''; ; ) {
    const rows = await reader.run(
      query('select id, stream, position from commands where id > ? order by id limit ?', last, EVENTS_AT_ONCE),
    )
    for (const [id, stream, position] of rows) {
      const facts = told.get(id as string)
      unseen.delete(id as string)
      if (!facts && stream !== null) found.push(`command ${id}: the log has no fact of it`)
      else if (facts && (facts.stream !== stream || facts.position !== position))
        found.push(`command ${id}: points to another place in the log than its facts`)
    }
    const end = rows.at(-1)
    if (!end) break
    last = end[0] as string
    await turn()
  }
  for (const id of unseen) found.push(`command ${id}: missing, its facts are in the log`)
}

async function checkPersonal(reader: Reader, digests: Map<string, string>, found: string[]): Promise<void> {
  const unseen = new Set(digests.keys())
  let after = { subject: '', field: '' }
  for (;;) {
    const rows = await reader.run(personalAfter(after))
    for (const { subject, field, value, salt } of rows) {
      const digest = digests.get(`${subject} ${field}`)
      unseen.delete(`${subject} ${field}`)
      if (digest === undefined) found.push(`personal ${subject} ${field}: the log has no digest of it`)
      else if (value !== null && personalDigest(salt ?? '', value) !== digest)
        found.push(`personal ${subject} ${field}: differs from its digest in the log`)
    }
    const last = rows.at(-1)
    if (!last) break
    after = last
    await turn()
  }
  for (const key of unseen) found.push(`personal ${key}: missing, and was not erased`)
}

function* personalAfter({ subject, field }: { readonly subject: string; readonly field: string }) {
  const sql = `select ${personal.list} from personal where (subject, field) > (?, ?) order by subject, field limit ?`
  return (yield* query(sql, subject, field, EVENTS_AT_ONCE)).map(personal.decode)
}

async function checkProjections(reader: Reader, found: string[], progress: (done: number) => void): Promise<void> {
  const policies: PolicyCache = new Map()
  const counts = new Map<string, AreaCount>()
  let done = 0
  for (let last = ''; ; ) {
    const streams = await reader.run(nextStreams(last))
    const end = streams.at(-1)
    if (end === undefined) break
    done += await reader.run(compareStreams(streams, policies, counts, found))
    last = end
    progress(done)
    await turn()
  }
  const expected = [...counts.values()]
  await reader.run(compare(areaCounts, row => `${row.area} ${row.day}`, expected, '', [], found))
  for (const orphans of ORPHANS) {
    const [table, column] = orphans
    for (const [key] of await reader.run(query(`select ${column} from ${table} where ${isOrphan(orphans)}`)))
      found.push(`${table} ${key}: the log knows nothing of it`)
  }
  const lastPositions = 'select worker, at from last_positions'
  const newest = 'select worker, max(at) from positions group by worker'
  for (const [worker] of await reader.run(query(`${newest} except ${lastPositions}`)))
    found.push(`last_positions ${worker}: is not the newest of its positions`)
  // It may have been heard later: what turned out to be off duty is stored no more.
  const heard = 'select 1 from position_sources h where h.source = n.source and h.recorded_at >= n.recorded_at'
  const unheard = `select source from (${NEWEST_OF_SOURCES}) n where not exists (${heard})`
  for (const [source] of await reader.run(query(unheard)))
    found.push(`position_sources ${source}: was heard at another time`)
}

function* compareStreams(
  streams: readonly string[],
  policies: PolicyCache,
  counts: Map<string, AreaCount>,
  found: string[],
): Steps<number> {
  const replayed = yield* replay(streams, policies)
  for (const rows of replayed.incidents) for (const count of rows.counts) addCount(counts, count, 1)
  const ids = streams.flatMap(stream => idIn(stream, 'incident:') ?? [])
  const workers = streams.flatMap(stream => idIn(stream, 'worker:') ?? [])
  const all = replayed.incidents
  yield* compare(
    incidents,
    row => row.id,
    all.map(rows => rows.incident),
    'where id = any(?)',
    ids,
    found,
  )
  const areas = all.flatMap(rows => rows.areas)
  yield* compare(incidentAreas, row => `${row.incident} ${row.area}`, areas, 'where incident = any(?)', ids, found)
  const readings = all.flatMap(rows => rows.clocks)
  yield* compare(clocks, row => `${row.incident} ${row.clock}`, readings, 'where incident = any(?)', ids, found)
  const states = replayed.duty.flatMap(({ rows }) => rows.state ?? [])
  yield* compare(workerStates, row => row.id, states, 'where id = any(?)', workers, found)
  const spans = replayed.duty.flatMap(({ rows }) => rows.spans)
  yield* compare(dutySpans, row => `${row.worker} ${row.fromAt}`, spans, 'where worker = any(?)', workers, found)
  return replayed.events
}

/** Row by row in key order, each as canonical JSON. */
function* compare<T>(
  table: Table<T>,
  keyOf: (row: T) => string,
  expected: readonly T[],
  where: string,
  list: readonly string[],
  found: string[],
): Steps<void> {
  const rows = yield* query(`select ${table.list} from ${table.name} ${where}`, ...(where ? [list] : []))
  const actual = new Map(rows.map(table.decode).map(row => [keyOf(row), row]))
  for (const row of expected.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    const key = keyOf(row)
    const stored = actual.get(key)
    actual.delete(key)
    if (!stored) found.push(`${table.name} ${key}: missing`)
    else if (!isEqual(stored, row)) found.push(`${table.name} ${key}: differs from its replay`)
  }
  for (const key of actual.keys()) found.push(`${table.name} ${key}: the log knows nothing of it`)
}

/** Most rows are equal to the letter, which is cheaper to see. */
function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b)
}

/** A server that verifies its own store goes on answering. */
function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
