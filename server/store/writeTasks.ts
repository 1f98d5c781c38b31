/** What commands write, as plain data: a transaction of it can be made in another thread. */
import { setTimeout } from 'node:timers/promises'
import { appendBatch } from './appendBatch.ts'
import type { Append, AppendResult, PositionBatch, PositionResult } from './eventStore.ts'
import { recordFixes } from './positions.ts'
import type { PolicyCache } from './projections/project.ts'
import type { Engine, Steps } from './steps.ts'

export type WriteTask =
  | { readonly kind: 'append'; readonly append: Append }
  | { readonly kind: 'positions'; readonly batch: PositionBatch }
export type WriteResult = AppendResult | PositionResult

/** Writes tasks in one transaction, whole or not at all: a result for each, in order. What is given next waits its turn. */
export type Writer = {
  write(tasks: readonly WriteTask[]): Promise<WriteResult[]>
  close(): Promise<void>
}

/** After so many at once other processes get their turn, or an import would keep a server waiting until its end. */
export const LARGE_ROWS = 500
const GAP_MS = 4

export function engineWriter(engine: Engine, policies: PolicyCache): Writer {
  let gap: Promise<void> | null = null
  return {
    async write(tasks) {
      await gap
      try {
        return await engine.transaction(() => writeTasks(tasks, policies))
      } finally {
        gap = tasks.reduce((sum, task) => sum + sizeOf(task), 0) < LARGE_ROWS ? null : setTimeout(GAP_MS)
      }
    },
    close: async () => {},
  }
}

function* writeTasks(tasks: readonly WriteTask[], policies: PolicyCache): Steps<WriteResult[]> {
  const appends = tasks.flatMap(task => (task.kind === 'append' ? [task.append] : []))
  const batches = tasks.flatMap(task => (task.kind === 'positions' ? [task.batch] : []))
  const appended = (appends.length > 0 ? yield* appendBatch(appends, policies) : []).values()
  const recorded = (batches.length > 0 ? yield* recordFixes(batches) : []).values()
  return tasks.map(({ kind }) => {
    const { value } = kind === 'append' ? appended.next() : recorded.next()
    if (value === undefined) throw new Error('A task was written without a result.')
    return value
  })
}

/** In rows, about. */
export function sizeOf(task: WriteTask): number {
  if (task.kind === 'positions') return task.batch.fixes.length
  return task.append.streams.reduce((sum, { events }) => sum + events.length, 1)
}
