/** Takes a file of position fixes into the positions store, and the duty spans that its mapping states into the log. */
import { type DutySpan, dutyFactsOf, joinSpans, missingSpans, withFix } from '#domain/worker/duty.ts'
import { type FixVerdict, judgeEach, judgeFixes } from '#domain/worker/judgeFixes.ts'
import type { App } from '../app.ts'
import type { PositionFix } from '../store/eventStore.ts'
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
    const fixes = chunk.map(({ fix }) => ({ ...fix, recordedAt: now }))
    const verdicts = options.dryRun ? await foreseen(app, fixes, duty) : await stored(app, fixes)
    for (const [i, row] of chunk.entries()) {
      const verdict = verdicts[i] ?? 'badInput'
      if (verdict === 'accepted') count.taken++
      else if (verdict === 'duplicate') count.replayed++
      else refused.push(refusedFix(row, verdict))
    }
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

async function stored(app: App, fixes: readonly PositionFix[]): Promise<readonly FixVerdict[]> {
  const result = await app.store.recordPositions({ fixes, command: null })
  if (result.kind === 'commandConflict') throw new Error('A conflict of commands, where there is no command.')
  return result.verdicts
}

/** What would come of them, by the duty that would hold after this import. */
async function foreseen(
  app: App,
  fixes: readonly PositionFix[],
  duty: ReadonlyMap<string, readonly DutySpan[]>,
): Promise<readonly FixVerdict[]> {
  const snapshot = await app.store.snapshot()
  try {
    const around = await snapshot.fixesAround(fixes)
    return judgeEach(fixes, (worker, own) => judgeFixes(around.get(worker) ?? [], own, duty.get(worker) ?? []))
  } finally {
    await snapshot.close()
  }
}

const WORDS: { readonly [reason in Exclude<FixVerdict, 'accepted' | 'duplicate'>]: string } = {
  badInput: 'the fix is not a possible one',
  nullIsland: 'the place is 0, 0, which receivers write when they know nothing',
  future: 'the time is more than 2 minutes ahead',
  offDuty: 'the worker was not on duty then',
  tooFast: 'more than 70 m/s from the neighbouring fix',
  conflictingFix: 'the worker has another fix at this instant',
}

function refusedFix(row: PositionRow, reason: keyof typeof WORDS): RefusedRow {
  return { line: row.line, field: row.placeField, value: row.placeWritten, reason: `${reason}: ${WORDS[reason]}` }
}
