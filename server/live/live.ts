import type { App } from '../app.ts'
import type { PositionService } from '../positions/types.ts'
import type { Change } from './changes.ts'
import { type FollowRequest, follow } from './follow.ts'
import { createPositionBoard, type PositionBatch, type WatchRequest } from './positionBoard.ts'
import { type Scheduler, timers } from './scheduler.ts'
import { createTail } from './tail.ts'

/** Subscriptions: each pulls from the log, or from the board of live positions, what its viewer may see. */
export type Live = {
  changes(request: FollowRequest): AsyncIterableIterator<readonly Change[]>
  positions(request: WatchRequest): AsyncIterableIterator<PositionBatch>
  close(): void
}

/** `monotonic`: milliseconds that never go back, on the same clock as the scheduler. */
export function createLive(
  app: App,
  positions: PositionService,
  monotonic: () => number,
  scheduler: Scheduler = timers,
): Live {
  const tail = createTail(app, scheduler, monotonic)
  const board = createPositionBoard(app, tail, positions, scheduler)
  const stopping = new AbortController()
  return {
    changes: request => stoppable(stopping.signal, signal => follow(app, tail, monotonic, request, signal)),
    positions: request => stoppable(stopping.signal, signal => board.watch(request, signal)),
    close() {
      stopping.abort()
      board.close()
      tail.close()
    },
  }
}

/** `return` wakes a generator that waits, so that nothing is held for a subscriber that has gone. */
function stoppable<T>(
  stopping: AbortSignal,
  make: (signal: AbortSignal) => AsyncGenerator<T>,
): AsyncIterableIterator<T> {
  const gone = new AbortController()
  const abort = () => gone.abort()
  if (stopping.aborted) abort()
  stopping.addEventListener('abort', abort)
  const items = make(gone.signal)
  const end = () => stopping.removeEventListener('abort', abort)
  return {
    async next() {
      const item = await items.next()
      if (item.done) end()
      return item
    },
    async return() {
      abort()
      end()
      return items.return(undefined)
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}
