import type { Viewer } from '../access/viewer.ts'
import type { App, ReferenceData } from '../app.ts'
import { seesWorker } from '../incidents/sight.ts'
import type { PositionService } from '../positions/types.ts'
import type { PositionFix } from '../store/eventStore.ts'
import { bell } from './bell.ts'
import type { Scheduler } from './scheduler.ts'
import { type Batch, type Tail, workerOf } from './tail.ts'

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

export const TICK_MS = 1000
/** How many ticks a silent stream waits before its token is looked at again. */
const RECHECK_TICKS = 10

type Tick = {
  readonly number: number
  readonly moved: ReadonlyMap<string, PositionFix>
  readonly left: ReadonlySet<string>
}

/**
 * Where everybody on duty is, kept while somebody watches: filled from the store, moved by the fixes that come in,
 * emptied by the ends of duty in the log. What changed in a second is told together.
 */
export function createPositionBoard(
  app: App,
  tail: Tail,
  positions: PositionService,
  scheduler: Scheduler,
): PositionBoard {
  const ticked = bell(scheduler)
  const fixes = new Map<string, PositionFix>()
  let duty = new Map<string, number>()
  let moved = new Map<string, PositionFix>()
  let left = new Set<string>()
  let tick: Tick = { number: 0, moved: new Map(), left: new Set() }
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

  async function readDuty(batch: Batch | null): Promise<void> {
    if (batch !== null && !batch.events.some(event => workerOf(event) !== null)) return
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

  async function start(): Promise<void> {
    const leave = await tail.enter()
    const failed = (error: unknown) => app.log('position board failed', { error: String(error) })
    const stopBatches = tail.onBatch(batch => void readDuty(batch).catch(failed))
    const stopFixes = positions.onFixes(take)
    let cancel = scheduler.after(TICK_MS, beat)
    function beat(): void {
      cancel = scheduler.after(TICK_MS, beat)
      tick = { number: tick.number + 1, moved, left }
      moved = new Map()
      left = new Set()
      ticked.ring()
    }
    stop = () => {
      cancel()
      stopFixes()
      stopBatches()
      leave()
      fixes.clear()
      stop = null
    }
    await readDuty(null)
  }

  async function* watch({ viewer, area, recheck }: WatchRequest, signal: AbortSignal): AsyncGenerator<PositionBatch> {
    watchers++
    if (watchers === 1) ready = start()
    try {
      await ready
      const shown = new Set<string>()
      let seen = tick.number
      const first = visible(fixes.values(), await app.reference(), viewer, area, app.time.now())
      for (const { worker } of first) shown.add(worker)
      yield { snapshot: true, workers: first, left: [] }
      for (let quiet = 0; !signal.aborted; quiet++) {
        await ticked.wait(TICK_MS * RECHECK_TICKS, signal)
        if (signal.aborted) return
        if (quiet % RECHECK_TICKS === RECHECK_TICKS - 1) await recheck()
        const reference = await app.reference()
        // Whoever was too slow for a tick is told where all are now: one fix each, however much was missed.
        const isBehind = tick.number > seen + 1
        seen = tick.number
        const now = visible((isBehind ? fixes : tick.moved).values(), reference, viewer, area, app.time.now())
        const gone = [...shown].filter(
          worker => !fixes.has(worker) || !isSeen(worker, reference, viewer, area, app.time.now()),
        )
        for (const worker of gone) shown.delete(worker)
        for (const { worker } of now) shown.add(worker)
        if (now.length > 0 || gone.length > 0) yield { snapshot: false, workers: now, left: gone }
      }
    } finally {
      watchers--
      if (watchers === 0) stop?.()
    }
  }

  return { watch, close: () => stop?.() }
}

function visible(
  fixes: Iterable<PositionFix>,
  reference: ReferenceData,
  viewer: Viewer,
  area: string | null,
  now: number,
): PositionFix[] {
  return [...fixes].filter(fix => isSeen(fix.worker, reference, viewer, area, now))
}

function isSeen(id: string, reference: ReferenceData, viewer: Viewer, area: string | null, now: number): boolean {
  const worker = reference.workers.get(id)
  if (worker === undefined || !seesWorker(viewer, reference, worker, now)) return false
  const homes = [...(worker.area === null ? [] : [worker.area]), ...worker.leads]
  return area === null || homes.some(home => reference.areas.path(home, now).includes(area))
}
