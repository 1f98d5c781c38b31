/** Writes in a thread of its own, so that neither the projections nor the wait for the disk hold up who reads and answers. */
import { Worker } from 'node:worker_threads'
import { CommitFailed, Unavailable } from '../steps.ts'
import type { WriteResult, Writer, WriteTask } from '../writeTasks.ts'
import { BUSY_TIMEOUT_MS } from './sqliteEngine.ts'

export type ToThread = { readonly tasks: readonly WriteTask[] } | 'close'
export type FromThread =
  | { readonly results: WriteResult[] }
  | { readonly failed: 'unavailable' | 'commit' | 'task'; readonly error: Error }
export type ThreadData = { readonly file: string; readonly busyTimeoutMs: number }

type Answer = { readonly resolve: (results: WriteResult[]) => void; readonly reject: (error: Error) => void }

/** The file's tables must be up to date. The thread begins with the first write, and keeps no process from ending. */
export function threadWriter(
  file: string,
  busyTimeoutMs = BUSY_TIMEOUT_MS,
  program = new URL('./writerThread.ts', import.meta.url),
): Writer {
  let thread: Worker | null = null
  const underWay: Answer[] = []

  function begin(): Worker {
    const workerData: ThreadData = { file, busyTimeoutMs }
    const begun = new Worker(program, { workerData, execArgv: [] })
    begun.unref()
    begun.on('message', (message: FromThread) => {
      const answer = underWay.shift()
      if (underWay.length === 0) begun.unref()
      if ('results' in message) answer?.resolve(message.results)
      else answer?.reject(errorOf(message))
    })
    // What it had written when it ended nobody knows; the next write begins another.
    let cause: Error | undefined
    begun.on('error', error => {
      cause = error
    })
    begun.on('exit', () => {
      thread = null
      for (const answer of underWay.splice(0)) answer.reject(new CommitFailed('The writing thread ended.', { cause }))
    })
    return begun
  }
  const send = (message: ToThread) => thread?.postMessage(message)

  return {
    write(tasks) {
      thread ??= begin()
      thread.ref()
      return new Promise((resolve, reject) => {
        send({ tasks })
        underWay.push({ resolve, reject })
      })
    },
    async close() {
      if (thread === null) return
      const ended = new Promise(resolve => thread?.once('exit', resolve))
      thread.ref()
      send('close')
      await ended
    },
  }
}

/** An error comes over without its class, by which the queue goes. */
function errorOf({ failed, error }: Extract<FromThread, { error: Error }>): Error {
  if (failed === 'task') return error
  const Kind = failed === 'unavailable' ? Unavailable : CommitFailed
  return new Kind(error.message, { cause: error.cause })
}
