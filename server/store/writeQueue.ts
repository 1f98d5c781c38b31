/** Group commit: what waits is written in one transaction, with one wait for the disk. */
import { setTimeout } from 'node:timers/promises'
import { appendBatch } from './appendBatch.ts'
import type { Append, AppendResult, PositionFix, PositionOutcome } from './eventStore.ts'
import { recordFixes } from './positions.ts'
import type { PolicyCache } from './projections/project.ts'
import { CommitFailed, type Engine, type Steps, Unavailable } from './steps.ts'

// A flush holds the event loop (SQLite) and the other writers (both): it stays short.
export const MAX_ROWS_PER_FLUSH = 2_000
/** After a large flush other processes get their turn, or an import would keep a server waiting until its end. */
const LARGE_FLUSH_ROWS = 500
const GAP_MS = 4

type Work =
  | { readonly kind: 'append'; readonly append: Append }
  | { readonly kind: 'positions'; readonly fixes: readonly PositionFix[] }
  | { readonly kind: 'other'; readonly steps: () => Steps<unknown> }
type Task = {
  readonly work: Work
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

export type WriteQueue = {
  append(append: Append): Promise<AppendResult>
  recordPositions(fixes: readonly PositionFix[]): Promise<PositionOutcome[]>
  write<T>(steps: () => Steps<T>): Promise<T>
  /** When everything that waits is written. */
  idle(): Promise<void>
}

export function writeQueue(
  engine: Engine,
  policies: PolicyCache,
  afterCommit: () => void,
  rowsPerFlush: number,
): WriteQueue {
  let waiting: Task[] = []
  let flushing: Promise<void> | null = null

  function submit<T>(work: Work): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      flushing ??= flushAll()
    })
  }

  async function flushAll(): Promise<void> {
    while (waiting.length > 0) {
      // Everything that this turn of the event loop brings goes into one transaction.
      await new Promise(resolve => setImmediate(resolve))
      const batch = takeBatch()
      await flush(batch)
      afterCommit()
      const rows = batch.reduce((sum, { work }) => sum + size(work), 0)
      if (rows >= LARGE_FLUSH_ROWS) await setTimeout(GAP_MS)
    }
    flushing = null
  }

  function takeBatch(): Task[] {
    let rows = 0
    const end = waiting.findIndex(({ work }, i) => {
      rows += size(work)
      return i > 0 && rows > rowsPerFlush
    })
    const batch = end < 0 ? waiting : waiting.slice(0, end)
    waiting = end < 0 ? [] : waiting.slice(end)
    return batch
  }

  async function flush(batch: readonly Task[]): Promise<void> {
    try {
      const results = await engine.transaction(() => writeBatch(batch, policies))
      for (const [i, task] of batch.entries()) task.resolve(results[i] as never)
    } catch (error) {
      // One bad task must not take the others with it. But a store that is not there is there for none of them, and
      // would be waited for once for each; and after a commit that failed nobody knows what is written.
      if (batch.length === 1 || isOfAll(error)) for (const task of batch) task.reject(error)
      else await flushEach(batch)
    }
  }

  async function flushEach(batch: readonly Task[]): Promise<void> {
    let gone: Unavailable | null = null
    for (const task of batch) {
      if (gone !== null) task.reject(gone)
      else
        await engine
          .transaction(() => writeBatch([task], policies))
          .then(
            ([result]) => task.resolve(result as never),
            error => {
              task.reject(error)
              if (error instanceof Unavailable) gone = error
            },
          )
    }
  }

  return {
    append: append => submit({ kind: 'append', append }),
    recordPositions: fixes => submit({ kind: 'positions', fixes }),
    write: steps => submit({ kind: 'other', steps }),
    idle: async () => {
      while (flushing) await flushing
    },
  }
}

function isOfAll(error: unknown): boolean {
  return error instanceof CommitFailed || error instanceof Unavailable
}

function* writeBatch(batch: readonly Task[], policies: PolicyCache): Steps<unknown[]> {
  const appends = batch.flatMap(({ work }) => (work.kind === 'append' ? [work.append] : []))
  const fixes = batch.flatMap(({ work }) => (work.kind === 'positions' ? work.fixes : []))
  const appended = appends.length > 0 ? (yield* appendBatch(appends, policies)).values() : [].values()
  const outcomes = fixes.length > 0 ? yield* recordFixes(fixes) : []
  const results: unknown[] = []
  let given = 0
  for (const { work } of batch) {
    if (work.kind === 'append') results.push(appended.next().value)
    else if (work.kind === 'other') results.push(yield* work.steps())
    else {
      results.push(outcomes.slice(given, given + work.fixes.length))
      given += work.fixes.length
    }
  }
  return results
}

function size(work: Work): number {
  if (work.kind === 'positions') return work.fixes.length
  return work.kind === 'append' ? work.append.streams.reduce((sum, { events }) => sum + events.length, 1) : 1
}
