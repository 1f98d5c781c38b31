import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { seesWorker } from '../incidents/sight.ts'
import type { PositionService } from '../positions/types.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { bell } from './bell.ts'
import { sightKey } from './changes.ts'
import { every, type Scheduler } from './scheduler.ts'
import { type Tail, workerOf } from './tail.ts'

export type PositionBatch = {
  readonly snapshot: boolean
  readonly workers: readonly PositionFix[]
  readonly left: readonly string[]
}
export type WatchRequest = {
  readonly viewer: Viewer
  readonly area: string | null
  readonly recheck: () => Promise<void>
}
export type PositionBoard = {
  watch(request: WatchRequest, signal: AbortSignal): AsyncGenerator<PositionBatch>
  close(): void
}

/** From a phone to a wall's layers no more than a second: a quarter of it is spent waiting here at most. */
export const TICK_MS = 250
/** Fixes that another process recorded are looked for: with the tick after it a dot moves within two seconds. */
const LOOK_EVERY_MS = 500
/** After how many ticks a stream's token is looked at again. */
const RECHECK_TICKS = 40

type Tick = {
  readonly moved: ReadonlyMap<string, PositionFix>
  readonly left: ReadonlySet<string>
  readonly told: Map<string, PositionBatch>
}

/**
 * Where everybody on duty is, kept while somebody watches: filled from the store, moved by the fixes that come in here
 * or that the store has from elsewhere, emptied by the ends of duty in the log. What changed within a tick is told together.
 */
export function createPositionBoard(
  app: App,
  tail: Tail,
  positions: PositionService,
  scheduler: Scheduler,
): PositionBoard {
  const ticked = bell()
  const fixes = new Map<string, PositionFix>()
  let duty = new Map<string, number>()
  let moved = new Map<string, PositionFix>()
  let left = new Set<string>()
  let tick: Tick = { moved: new Map(), left: new Set(), told: new Map() }
  let seenRevision = 0
  let dutyTold = 0 // how often the log told of duty, and which of these is read
  let dutyRead = 0
  let readingDuty: Promise<void> | null = null
  let watchers = 0
  let ready: Promise<void> | null = null
  let stop: (() => void) | null = null

  function take(found: readonly PositionFix[]): void {
    for (const fix of found) {
      const since = duty.get(fix.worker)
      // Nobody is shown off duty, and a late batch never moves a dot backwards.
      if (since === undefined || fix.at < since || fix.at <= (fixes.get(fix.worker)?.at ?? -Infinity)) continue
      fixes.set(fix.worker, fix)
      moved.set(fix.worker, fix)
      left.delete(fix.worker)
    }
  }

  /** Reads who is on duty until all that was asked for is read, one read after the other; `look` goes on after a failure. */
  function keepDuty(): Promise<void> {
    readingDuty ??= readAllDuty().finally(() => {
      readingDuty = null
    })
    return readingDuty
  }

  async function readAllDuty(): Promise<void> {
    while (dutyRead < dutyTold) {
      const told = dutyTold
      await readDuty()
      dutyRead = told
    }
  }

  async function readDuty(): Promise<void> {
    const snapshot = await app.store.snapshot()
    try {
      const states = await snapshot.workerStates()
      duty = new Map(states.filter(({ onDuty }) => onDuty).map(({ id, since }) => [id, since]))
      for (const [worker, fix] of fixes) {
        if (fix.at >= (duty.get(worker) ?? Infinity)) continue
        fixes.delete(worker)
        moved.delete(worker)
        left.add(worker)
      }
      const workers = [...duty.keys()].filter(worker => !fixes.has(worker))
      if (workers.length > 0) take(await snapshot.lastPositions({ workers, notBefore: Math.min(...duty.values()) }))
    } finally {
      await snapshot.close()
    }
  }

  async function look(): Promise<void> {
    await keepDuty()
    const snapshot = await app.store.snapshot()
    try {
      const revision = await snapshot.positionRevision()
      if (revision > seenRevision) take(await snapshot.lastPositions({ movedAfter: seenRevision }))
      seenRevision = revision
    } finally {
      await snapshot.close()
    }
  }

  async function start(): Promise<void> {
    const leave = await tail.enter()
    const failed = (error: unknown) => app.log('position board failed', { error: String(error) })
    const stopBatches = tail.onBatch(batch => {
      if (!batch.events.some(event => workerOf(event) !== null)) return
      dutyTold++
      void keepDuty().catch(failed)
    })
    const stopFixes = positions.onFixes(take)
    const stopLooking = every(scheduler, LOOK_EVERY_MS, () => look().catch(failed))
    let cancel = scheduler.after(TICK_MS, beat)
    function beat(): void {
      cancel = scheduler.after(TICK_MS, beat)
      tick = { moved, left, told: new Map() }
      moved = new Map()
      left = new Set()
      ticked.ring()
    }
    stop = () => {
      cancel()
      stopFixes()
      stopLooking()
      stopBatches()
      leave()
      fixes.clear()
      stop = null
    }
    dutyTold++
    await look()
    moved = new Map() // whoever watches begins with all of it
    left = new Set()
  }

  /** What a tick brought, made once for all who see the same. */
  function told(viewer: Viewer, area: string | null, reference: ReferenceData): PositionBatch {
    const key = sightKey(viewer, area)
    const sees = (worker: string) => isSeen(worker, reference, viewer, area, app.time.now())
    const batch = tick.told.get(key) ?? {
      snapshot: false,
      workers: [...tick.moved.values()].filter(fix => sees(fix.worker)),
      left: [...tick.left].filter(sees),
    }
    tick.told.set(key, batch)
    return batch
  }

  async function* watch({ viewer, area, recheck }: WatchRequest, signal: AbortSignal): AsyncGenerator<PositionBatch> {
    watchers++
    if (watchers === 1) ready = start()
    signal.addEventListener('abort', () => ticked.wake(signal))
    try {
      await ready
      let heard = ticked.rings()
      let reference = await app.reference()
      const everybody = () =>
        [...fixes.values()].filter(fix => isSeen(fix.worker, reference, viewer, area, app.time.now()))
      const first = everybody()
      const shown = new Set(first.map(fix => fix.worker))
      yield { snapshot: true, workers: first, left: [] }
      for (let turn = 1; !signal.aborted; turn++) {
        if (!signal.aborted) await ticked.wait(signal, heard, Number.POSITIVE_INFINITY)
        if (signal.aborted) return
        const known = reference
        reference = await app.reference()
        if (turn % RECHECK_TICKS === 0 || known.revision !== reference.revision) await recheck()
        // Whoever missed a tick is told where all are now: one fix each, however much was missed.
        const isBehind = ticked.rings() > heard + 1 || known.revision !== reference.revision
        heard = ticked.rings()
        const batch = isBehind ? afresh(everybody(), shown) : told(viewer, area, reference)
        for (const worker of batch.left) shown.delete(worker)
        for (const { worker } of batch.workers) shown.add(worker)
        if (batch.workers.length > 0 || batch.left.length > 0) yield batch
      }
    } finally {
      watchers--
      if (watchers === 0) stop?.()
    }
  }

  return { watch, close: () => stop?.() }
}

function afresh(workers: readonly PositionFix[], shown: ReadonlySet<string>): PositionBatch {
  const seen = new Set(workers.map(fix => fix.worker))
  return { snapshot: false, workers, left: [...shown].filter(worker => !seen.has(worker)) }
}

function isSeen(id: string, reference: ReferenceData, viewer: Viewer, area: string | null, now: number): boolean {
  const worker = reference.workers.get(id)
  if (worker === undefined || !seesWorker(viewer, reference, worker, now)) return false
  const homes = [...(worker.area === null ? [] : [worker.area]), ...worker.leads]
  return area === null || homes.some(home => reference.areas.path(home, now).includes(area))
}
