/** The thread that `threadWriter.ts` begins: one transaction for each message, answered once the disk has it. */
import { parentPort, workerData } from 'node:worker_threads'
import { CommitFailed, type Engine, Unavailable } from '../steps.ts'
import { engineWriter, type Writer, type WriteTask } from '../writeTasks.ts'
import { openSqliteEngine } from './sqliteEngine.ts'
import type { FromThread, ThreadData, ToThread } from './threadWriter.ts'

const { file, busyTimeoutMs } = workerData as ThreadData
/** One after the other, in the order in which they came. */
let latest = Promise.resolve()
let opened: { readonly engine: Engine; readonly writer: Writer } | null = null

parentPort?.on('message', (message: ToThread) => {
  latest = latest.then(() => (message === 'close' ? close() : write(message.tasks)))
})

async function write(tasks: readonly WriteTask[]): Promise<void> {
  parentPort?.postMessage(await written(tasks))
}

async function close(): Promise<void> {
  await opened?.engine.close()
  parentPort?.close()
}

async function written(tasks: readonly WriteTask[]): Promise<FromThread> {
  try {
    return { results: await openOnce().write(tasks) }
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const failed = error instanceof Unavailable ? 'unavailable' : error instanceof CommitFailed ? 'commit' : 'task'
    return { failed, error }
  }
}

/** With the first write: a file that cannot be opened now may be there for the next. */
function openOnce(): Writer {
  if (opened !== null) return opened.writer
  try {
    const engine = openSqliteEngine(file, { busyTimeoutMs, isUpToDate: true })
    opened = { engine, writer: engineWriter(engine, new Map()) }
    return opened.writer
  } catch (cause) {
    throw new Unavailable('The database file cannot be opened.', { cause })
  }
}
