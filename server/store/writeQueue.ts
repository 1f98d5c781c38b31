/** Group commit: what waits is written in one transaction, with one wait for the disk. */
import type { Append, AppendResult, PositionBatch, PositionResult } from './eventStore.ts'
import { CommitFailed, type Engine, type Steps, Unavailable } from './steps.ts'
import { LARGE_ROWS, sizeOf, type Writer, type WriteTask } from './writeTasks.ts'

// A flush holds up the other writers: it stays short.
export const MAX_ROWS_PER_FLUSH = 2_000

type OwnSteps = { readonly kind: 'steps'; readonly steps: () => Steps<unknown> }
type Work = WriteTask | OwnSteps
type Waiting = {
  readonly work: Work
  readonly resolve: (result: never) => void
  readonly reject: (error: unknown) => void
}

export type WriteQueue = {
  append(append: Append): Promise<AppendResult>
  recordPositions(batch: PositionBatch): Promise<PositionResult>
  /** What is no plain data is written in this thread. */
  write<T>(steps: () => Steps<T>): Promise<T>
  /** When everything that waits is written. */
  idle(): Promise<void>
}

export function writeQueue(engine: Engine, writer: Writer, afterCommit: () => void, rowsPerFlush: number): WriteQueue {
  let waiting: Waiting[] = []
  let flushing: Promise<void> | null = null

  function submit<T>(work: Work): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ work, resolve, reject })
      flushing ??= flushAll()
    })
  }

  async function flushAll(): Promise<void> {
    let before = Promise.resolve()
    while (waiting.length > 0) {
      // Everything that this turn of the event loop brings goes into one transaction.
      await new Promise(resolve => setImmediate(resolve))
      const batch = takeBatch()
      const isOwn = isSteps(batch[0]?.work)
      // This thread's connection and the writer's take turns.
      if (isOwn) await before
      const flushed = flush(batch).then(afterCommit)
      await before
      // Behind a large one more waits already, as in an import: it is handed on while this is being written.
      const rows = batch.reduce((sum, { work }) => sum + sizeOfWork(work), 0)
      if (waiting.length > 0 && rows >= LARGE_ROWS && !isOwn) before = flushed
      else await flushed
    }
    flushing = null
  }

  /** Those that wait, up to the first of the other kind. */
  function takeBatch(): Waiting[] {
    let rows = 0
    const end = waiting.findIndex(({ work }, i) => {
      rows += sizeOfWork(work)
      return i > 0 && (rows > rowsPerFlush || isSteps(work) !== isSteps(waiting[0]?.work))
    })
    const batch = end < 0 ? waiting : waiting.slice(0, end)
    waiting = end < 0 ? [] : waiting.slice(end)
    return batch
  }

  async function flush(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await write(batch.map(({ work }) => work))
      for (const [i, task] of batch.entries()) task.resolve(results[i] as never)
    } catch (error) {
      // One bad task must not take the others with it. But a store that is not there is there for none of them, and
      // would be waited for once for each; and after a commit that failed nobody knows what is written.
      if (batch.length === 1 || isOfAll(error)) for (const task of batch) task.reject(error)
      else await flushEach(batch)
    }
  }

  async function flushEach(batch: readonly Waiting[]): Promise<void> {
    let gone: Unavailable | null = null
    for (const task of batch) {
      if (gone !== null) task.reject(gone)
      else
        await write([task.work]).then(
          ([result]) => task.resolve(result as never),
          error => {
            task.reject(error)
            if (error instanceof Unavailable) gone = error
          },
        )
    }
  }

  async function write(works: readonly Work[]): Promise<unknown[]> {
    const tasks = works.filter(work => !isSteps(work))
    return tasks.length > 0 ? writer.write(tasks) : engine.transaction(() => inTurn(works.filter(isSteps)))
  }

  return {
    append: append => submit({ kind: 'append', append }),
    recordPositions: batch => submit({ kind: 'positions', batch }),
    write: steps => submit({ kind: 'steps', steps }),
    idle: async () => {
      while (flushing) await flushing
    },
  }
}

function isOfAll(error: unknown): boolean {
  return error instanceof CommitFailed || error instanceof Unavailable
}

function* inTurn(works: readonly OwnSteps[]): Steps<unknown[]> {
  const results: unknown[] = []
  for (const { steps } of works) results.push(yield* steps())
  return results
}

function isSteps(work: Work | undefined): work is OwnSteps {
  return work?.kind === 'steps'
}

function sizeOfWork(work: Work): number {
  return isSteps(work) ? 1 : sizeOf(work)
}
