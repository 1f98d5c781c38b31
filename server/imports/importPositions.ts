/** Takes a file of position fixes into the positions store, and the duty spans that its mapping states into the log. */
import type { FixRefusal } from '#domain/worker/acceptFix.ts'
import { type DutySpan, dutyFactsOf, joinSpans, missingSpans, withFix } from '#domain/worker/duty.ts'
import { judgeFixes } from '#domain/worker/judgeFixes.ts'
import type { App } from '../app.ts'
import { knownAround } from '../positions/knownAround.ts'
import { beginImport } from './beginImport.ts'
import { declaredDatum } from './datum.ts'
import type { ImportOptions, ImportReport, RefusedRow } from './importReport.ts'
import type { PositionsMapping } from './mapping.ts'
import { type PositionRow, positionRowReader } from './positionRows.ts'
import { stableUuid } from './stableId.ts'

const CHUNK = 2_000
const EVER = { from: -8.64e15, to: 8.64e15 }
/** An end that meant nothing before may end what is added; more than a few in one span are not to be had. */
const ROUNDS = 5

export async function importPositions(
  app: App,
  file: string,
  mapping: PositionsMapping,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { csv, reference, timezone, told, nameStore, onBytes } = await beginImport(app, file, mapping, options, 2)
  const datum = declaredDatum(options.datum, mapping.datum)
  const now = app.time.now()
  const read = positionRowReader(csv.header, mapping, { timezone, datum, now, workers: reference.workers })
  const rowsOf = (pass: number) => csv.rows(onBytes(pass))

  const wanted = new Map<string, readonly DutySpan[]>()
  for await (const row of rowsOf(1)) {
    const fix = read(row)
    // A clock that runs ahead puts nobody on duty in the future.
    if (!('reason' in fix) && fix.fix.at <= now)
      wanted.set(fix.worker, spansStated(mapping, wanted.get(fix.worker) ?? [], fix, now))
  }
  await nameStore()
  const duty = new Map<string, readonly DutySpan[]>()
  for (const [worker, spans] of wanted) duty.set(worker, await goOnDuty(app, mapping, worker, spans, options.dryRun))

  const refused: RefusedRow[] = []
  const count = { taken: 0, replayed: 0 }
  let chunk: PositionRow[] = []
  const flush = async () => {
    const { kept, impossible } = await judge(app, chunk, duty, now)
    refused.push(...impossible.map(({ row, reason }) => refusedFix(row, reason)))
    const outcomes = options.dryRun
      ? kept.map(() => 'accepted' as const)
      : await app.store.recordPositions(kept.map(row => ({ ...row.fix, recordedAt: now })))
    kept.forEach((row, i) => {
      const outcome = outcomes[i]
      if (outcome === 'accepted') count.taken++
      else if (outcome === 'duplicate') count.replayed++
      else refused.push(refusedFix(row, 'conflictingFix'))
    })
    chunk = []
  }
  for await (const row of rowsOf(2)) {
    const fix = read(row)
    if ('reason' in fix) refused.push(fix)
    else if (chunk.push(fix) === CHUNK) await flush()
  }
  await flush()
  if (datum === 'gcj02' || datum === 'bd09')
    told.push(`Places were converted from ${datum} to wgs84; each fix keeps the place as it came.`)
  const { taken, replayed } = count
  const sorted = refused.toSorted((a, b) => a.line - b.line)
  const created = { areas: 0, categories: 0, workers: 0 }
  return { rows: taken + replayed + refused.length, taken, replayed, refused: sorted, incidents: 0, created, told }
}

function spansStated(
  mapping: PositionsMapping,
  spans: readonly DutySpan[],
  row: PositionRow,
  now: number,
): readonly DutySpan[] {
  const stated = mapping.onDuty
  if (!stated) return []
  if ('gapMinutes' in stated) return withFix(spans, row.fix.at, stated.gapMinutes * 60_000)
  const own = stated.spans.filter(span => span.worker === undefined || span.worker === row.worker)
  const begun = own
    .map(span => ({ from: Date.parse(span.from), to: Math.min(Date.parse(span.to), now) }))
    .filter(span => span.from < span.to)
  return joinSpans(begun)
}

/** Writes the duty that the mapping states and the log lacks; returns all the worker's spans, known and new. */
async function goOnDuty(
  app: App,
  mapping: PositionsMapping,
  worker: string,
  wanted: readonly DutySpan[],
  dryRun = false,
): Promise<readonly DutySpan[]> {
  for (let round = 0; ; round++) {
    const known = await knownDuty(app, worker)
    const missing = missingSpans(wanted, known)
    if (dryRun) return [...known, ...missing]
    if (missing.length === 0 || round === ROUNDS) return known
    for (const part of missing) await tellDuty(app, mapping, worker, part, known)
  }
}

async function knownDuty(app: App, worker: string): Promise<readonly DutySpan[]> {
  const snapshot = await app.store.snapshot()
  return snapshot.dutySpans({ worker, ...EVER }).finally(() => snapshot.close())
}

async function tellDuty(
  app: App,
  mapping: PositionsMapping,
  worker: string,
  part: DutySpan,
  known: readonly DutySpan[],
): Promise<void> {
  const id = stableUuid('duty', mapping.name, worker, String(part.from), String(part.to))
  const events = dutyFactsOf(part, known).map(({ type, at }) => ({
    eventId: stableUuid('fact', id, type),
    type,
    schemaVersion: 1,
    data: {},
    actor: `import:${mapping.name}`,
    at,
  }))
  await app.store.append({
    command: { id, requestHash: '' },
    recordedAt: app.time.now(),
    streams: [{ stream: `worker:${worker}`, expected: 'any', events }],
    personal: [],
  })
}

type Judged = {
  readonly kept: readonly PositionRow[]
  readonly impossible: readonly { readonly row: PositionRow; readonly reason: FixRefusal }[]
}

/** Judges each worker's fixes of a batch by the duty that holds after this import; in a dry run that is not in the store. */
async function judge(
  app: App,
  rows: readonly PositionRow[],
  duty: ReadonlyMap<string, readonly DutySpan[]>,
  now: number,
): Promise<Judged> {
  const kept: PositionRow[] = []
  const impossible: { row: PositionRow; reason: FixRefusal }[] = []
  for (const [worker, own] of Map.groupBy(rows, row => row.worker)) {
    const fixes = own.map(({ fix }) => fix)
    const around = await knownAround(app, worker, fixes)
    const verdicts = judgeFixes(around.kept, fixes, duty.get(worker) ?? [], now)
    own.forEach((row, i) => {
      const verdict = verdicts[i] ?? 'badInput'
      if (verdict === 'accepted') kept.push(row)
      else impossible.push({ row, reason: verdict })
    })
  }
  return { kept, impossible }
}

const WORDS: { readonly [reason in FixRefusal | 'conflictingFix']: string } = {
  badInput: 'the fix is not a possible one',
  nullIsland: 'the place is 0, 0, which receivers write when they know nothing',
  future: 'the time is more than 2 minutes ahead',
  offDuty: 'the worker was not on duty then',
  tooFast: 'more than 70 m/s from the neighbouring fix',
  conflictingFix: 'the worker has another fix at this instant',
}

function refusedFix(row: PositionRow, reason: FixRefusal | 'conflictingFix'): RefusedRow {
  return { line: row.line, field: row.placeField, value: row.placeWritten, reason: `${reason}: ${WORDS[reason]}` }
}
