/** Takes a file of position fixes into the positions store, and the duty spans that its mapping states into the log. */
import { acceptFix, type Fix, type FixRefusal } from '#domain/worker/acceptFix.ts'
import type { App } from '../app.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { beginImport } from './beginImport.ts'
import { declaredDatum } from './datum.ts'
import { addToSpans, isInside, joinedSpans, missingSpans, type Span } from './dutySpans.ts'
import type { ImportOptions, ImportReport, RefusedRow } from './importReport.ts'
import type { PositionsMapping } from './mapping.ts'
import { type PositionRow, positionRowReader } from './positionRows.ts'
import { stableUuid } from './stableId.ts'

const CHUNK = 2_000
const EVER: Span = { from: -8.64e15, to: 8.64e15 }

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

  const wanted = new Map<string, readonly Span[]>()
  for await (const row of rowsOf(1)) {
    const fix = read(row)
    // A clock that runs ahead puts nobody on duty in the future.
    if (!('reason' in fix) && fix.fix.at <= now)
      wanted.set(fix.worker, spansStated(mapping, wanted.get(fix.worker) ?? [], fix, now))
  }
  await nameStore()
  const duty = new Map<string, readonly Span[]>()
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
  spans: readonly Span[],
  row: PositionRow,
  now: number,
): readonly Span[] {
  const stated = mapping.onDuty
  if (!stated) return []
  if ('gapMinutes' in stated) return addToSpans(spans, row.fix.at, stated.gapMinutes * 60_000)
  const own = stated.spans.filter(span => span.worker === undefined || span.worker === row.worker)
  const begun = own
    .map(span => ({ from: Date.parse(span.from), to: Math.min(Date.parse(span.to), now - 1) }))
    .filter(span => span.from <= span.to)
  return joinedSpans(begun)
}

/** Writes the duty that the mapping states and the log lacks; returns all the worker's spans, known and new. */
async function goOnDuty(
  app: App,
  mapping: PositionsMapping,
  worker: string,
  wanted: readonly Span[],
  dryRun = false,
): Promise<readonly Span[]> {
  const snapshot = await app.store.snapshot()
  const stored = await snapshot.dutySpans({ worker, ...EVER }).finally(() => snapshot.close())
  const known = stored.map(span => ({ from: span.from, to: span.to ?? EVER.to }))
  const missing = missingSpans(wanted, known)
  if (dryRun) return [...known, ...missing]
  const actor = `import:${mapping.name}`
  const event = (type: 'dutyStarted' | 'dutyEnded', at: number) => {
    const eventId = stableUuid('fact', mapping.name, worker, type, String(at))
    return { eventId, type, schemaVersion: 1, data: {}, actor, at }
  }
  for (const { from, to } of missing)
    await app.store.append({
      command: { id: stableUuid('duty', mapping.name, worker, String(from), String(to)), requestHash: '' },
      recordedAt: app.time.now(),
      // A span is [from, to) in the log, so its last fix must lie before its end.
      streams: [
        {
          stream: `worker:${worker}`,
          expected: 'any',
          events: [event('dutyStarted', from), event('dutyEnded', to + 1)],
        },
      ],
      personal: [],
    })
  return [...known, ...missing]
}

type Judged = {
  readonly kept: readonly PositionRow[]
  readonly impossible: readonly { readonly row: PositionRow; readonly reason: FixRefusal }[]
}

/** Judges a batch in order of time, each fix between the nearest kept ones: of this batch, or of the store. */
async function judge(
  app: App,
  rows: readonly PositionRow[],
  duty: ReadonlyMap<string, readonly Span[]>,
  now: number,
): Promise<Judged> {
  const kept: PositionRow[] = []
  const impossible: { row: PositionRow; reason: FixRefusal }[] = []
  for (const [worker, own] of Map.groupBy(rows, row => row.worker)) {
    const inOrder = own.toSorted((a, b) => a.fix.at - b.fix.at)
    const first = inOrder[0]?.fix.at ?? 0
    const last = inOrder.at(-1)?.fix.at ?? 0
    const around = await stored(app, worker, first, last)
    let before: Fix | null = null
    let next = 0
    for (const row of inOrder) {
      while ((around[next]?.at ?? Number.POSITIVE_INFINITY) < row.fix.at) {
        const passed = around[next++] as PositionFix
        if (before === null || passed.at > before.at) before = passed
      }
      const same = around[next]?.at === row.fix.at
      const after = around[same ? next + 1 : next] ?? null
      const isOnDuty = isInside(duty.get(worker) ?? [], row.fix.at)
      // A fix that the store has at this instant is for the store to call a duplicate or a conflict.
      const isTwin = same || before?.at === row.fix.at
      const verdict = acceptFix(isTwin ? { before: null, after: null } : { before, after }, row.fix, now, isOnDuty)
      if (verdict === 'accepted') {
        kept.push(row)
        if (!isTwin) before = row.fix
      } else impossible.push({ row, reason: verdict })
    }
  }
  return { kept, impossible }
}

/** The worker's fixes from the one before `from` to the first after `to`, at most an hour later. */
async function stored(app: App, worker: string, from: number, to: number): Promise<PositionFix[]> {
  const snapshot = await app.store.snapshot()
  try {
    const before = await snapshot.lastPositions({ workers: [worker], at: from - 1 })
    const during = await snapshot.positions({ workers: [worker], from, to: to + 3_600_000 })
    return [...before, ...during]
  } finally {
    await snapshot.close()
  }
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
